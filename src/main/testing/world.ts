import type { RequestId, UnitId } from '../../shared/model/ids'
import { must } from '../../shared/model/refusal'
import type { WritableDb } from '../db/database'
import type { UpdateKey } from '../db/inbox'
import { findByTelegramId, findManager, type Person } from '../db/people'
import { listBuildings, listUnits } from '../db/places'
import { findRequest } from '../db/requests'
import type { Request } from '../domain/request'
import { depsOf, openTestDatabase, useCasesOf } from './test-database'
import { at } from './sample-request'

/** One message in the outbox, as tests compare it. */
export type Told = {
  readonly kind: string
  readonly chatId: number
  readonly state: string
  readonly notBefore: number
}

/** The use cases over a database in memory, with people who use them and a clock that is set by hand. */
export type World = ReturnType<typeof openWorld>

/** Opens a world on a Monday morning. */
export function openWorld({ undoMs = 6_000 }: { readonly undoMs?: number } = {}) {
  const clock = { now: at('2026-03-02 09:00') }
  const database = openTestDatabase(() => clock.now)
  const deps = depsOf(database, () => clock.now, undoMs)
  const office = useCasesOf(deps)
  let counter = 0
  const next = () => (counter += 1)

  const update = (): UpdateKey => ({ botId: 7, epoch: 0, updateId: next() })
  const meet = (telegramId: number, name: string): Person =>
    office.people.meet({ telegramId, name, username: null, language: 'en' }, update())
  const person = (telegramId: number) =>
    must(findByTelegramId(database.read, telegramId), `person ${String(telegramId)}`)
  const spoken = (by: Person) => ({
    update: update(),
    person: by,
    chatId: by.telegramId ?? 0,
    messageId: next(),
    writtenAt: clock.now,
  })
  const pressed = (by: Person, requestId: RequestId) => ({
    person: by,
    chatId: by.telegramId ?? 0,
    requestId,
    cause: { name: `press-${String(next())}`, at: clock.now },
  })
  const draftOf = (by: Person): { requestId: RequestId } => {
    const state = database.sqlite
      .prepare("select json_extract(state, '$.draft') from dialogues where chat_id = ?")
      .pluck()
      .get(by.telegramId)
    return JSON.parse(String(state)) as { requestId: RequestId }
  }

  return {
    ...office,
    clock,
    database,
    deps,
    read: database.read,
    sqlite: database.sqlite,
    update,
    meet,
    person,
    spoken,
    pressed,
    draftOf,
    manager: must(findManager(database.read), 'the manager'),
    pass: (ms: number) => {
      clock.now += ms
    },
    technician: (telegramId: number, name: string): Person =>
      office.people.join(meet(telegramId, name), office.people.invite(name).code),
    /** A unit of a building, both made when they are not there yet. */
    unit: (buildingName: string, name: string): UnitId => {
      const named = ({ name: known }: { readonly name: string }) => known === buildingName
      const building =
        listBuildings(database.read).find(named)?.id ??
        office.places.addBuilding({ name: buildingName, address: '' })
      office.places.addUnits(building, [name], 'unit')
      return must(
        listUnits(database.read).find((unit) => unit.buildingId === building && unit.name === name),
        'the unit',
      ).id
    },
    /** Somebody reports something and writes where. */
    report: (by: Person, text = 'Leak under the sink'): Request => {
      office.drafting.text(spoken(by), text)
      const { requestId } = draftOf(by)
      office.drafting.otherPlace(pressed(by, requestId))
      office.drafting.text(spoken(by), 'Flat 34')
      return office.drafting.send(pressed(by, requestId))
    },
    now: (requestId: RequestId): Request => must(findRequest(database.read, requestId), 'the request'),
    /** What lies in the outbox for a chat, in the order in which it was put there. */
    told: (chatId?: number): Told[] =>
      database.sqlite
        .prepare<[number | null], Told>(
          `select kind, chat_id as chatId, state, not_before as notBefore from outbox
           where chat_id = coalesce(?, chat_id) order by id`,
        )
        .all(chatId ?? null),
    /** As if everything that waits had been sent. */
    sendAll: () => {
      database.sqlite.exec("update outbox set state = 'sent' where state = 'pending'")
    },
    write: <T>(work: (db: WritableDb) => T extends PromiseLike<unknown> ? never : T): T =>
      database.transact<T>(work),
    close: () => {
      database.close()
    },
  }
}
