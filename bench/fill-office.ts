import type { Sqlite } from '../src/main/db/connection'
import { deviceIdOf } from '../src/main/db/device'
import { boardOrder } from '../src/main/domain/board-order'
import type { Request } from '../src/main/domain/request'
import type { BuildingId, PersonId, RequestId, UnitId } from '../src/shared/model/ids'
import { BoardStatus, type Priority, type Status } from '../src/shared/model/vocabulary'
import type { DataSet } from './data-set'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const TECHNICIANS = 20
const BUILDINGS = 12
/** Telegram ids of the made residents begin here. */
export const FIRST_RESIDENT = 100_000_000

const WORDS =
  'water leak kitchen sink under the heating cold radiator lift stuck third floor door lock broken light corridor flickers smell gas basement window pane cracked noise pump night toilet runs tap drips wall damp mould bathroom socket sparks intercom silent garage gate jammed'.split(
    ' ',
  )
const PRIORITIES: readonly Priority[] = ['LOW', 'MEDIUM', 'MEDIUM', 'MEDIUM', 'HIGH', 'HIGH', 'URGENT']
const ENDS: readonly Status[] = ['CLOSED', 'CLOSED', 'CLOSED', 'CLOSED', 'CANCELLED', 'DECLINED']

type Random = (below: number) => number

/** Fills an empty migrated database with the history of an office: fast, the same for the same set. */
export function fillOffice(sqlite: Sqlite, set: DataSet, now: number): void {
  const random = createRandom(set.requests)
  const uuid = () => uuidOf(random)
  const residents = Math.max(60, Math.min(20_000, Math.round(set.requests / 25)))
  const places = fillPlaces(sqlite, uuid, now)
  const people = fillPeople(sqlite, uuid, { residents, units: places.units, now })
  const write = writers(sqlite)
  const device = deviceIdOf(sqlite, uuid)
  let seq = 0
  const journal = (table: string, rowId: string, patch: unknown, actor: string, at: number) => {
    seq += 1
    const hlc = `${String(at).padStart(15, '0')}-0000-${device}`
    write.change.run(device, seq, hlc, table, rowId, JSON.stringify(patch), actor, at)
  }
  for (let index = 0; index < set.requests; index += 1) {
    const isOnBoard = index >= set.requests - set.onBoard
    const unit = pick(places.units, random)
    const request = makeRequest(
      {
        id: uuid() as RequestId,
        sequence: index + 1,
        userId: pick(people.residents, random),
        technician: pick(people.technicians, random),
        unit,
        status: isOnBoard ? boardStatus(index) : pick(ENDS, random),
        createdAt: isOnBoard ? now - random(2 * DAY) : now - 3 * DAY - random(1000) * DAY,
        now,
      },
      random,
    )
    write.request.run(...Object.values(request))
    const opened = { ...request, status: 'OPEN', assignedTo: null, endedAt: null, version: 1 }
    journal('requests', request.id, opened, request.userId, request.createdAt)
    journal('requests', request.id, lastPatch(request), people.manager, request.updatedAt)
    fillThread({ write, random, uuid, journal }, request, people.manager)
  }
  sqlite.prepare("insert into counters (name, value) values ('sequence', ?)").run(set.requests)
  const setting = sqlite.prepare(
    'insert into settings (key, value) values (?, ?) on conflict do update set value = excluded.value',
  )
  setting.run('setUp', 'true')
  setting.run('language', '"en"')
}

type Made = {
  readonly id: RequestId
  readonly sequence: number
  readonly userId: PersonId
  readonly technician: PersonId
  readonly unit: Unit
  readonly status: Status
  readonly createdAt: number
  readonly now: number
}

function makeRequest(made: Made, random: Random): Request {
  const { status, createdAt, now } = made
  const isEnded = !BoardStatus.options.some((known) => known === status)
  const title = sentence(5 + random(4), random)
  const ended = isEnded ? createdAt + HOUR + random(2 * DAY) : null
  // Nothing is late: the promises of what is on the board end in the next weeks.
  const due = isEnded ? createdAt + DAY : now + 5 * DAY + random(50 * DAY)
  const request: Request = {
    id: made.id,
    userId: made.userId,
    title,
    description: `${title}. ${sentence(8 + random(20), random)}`,
    location: made.unit.label,
    status,
    priority: pick(PRIORITIES, random),
    assignedTo: null,
    createdAt,
    updatedAt: ended ?? createdAt,
    completedAt: null,
    desk: '',
    sequence: made.sequence,
    source: 'telegram',
    urgency: null,
    buildingId: made.unit.buildingId,
    unitId: made.unit.id,
    categoryId: null,
    responseDueAt: due,
    resolutionDueAt: due,
    firstRespondedAt: null,
    takenAt: null,
    startedAt: null,
    holdReason: null,
    holdUntil: null,
    holdRemainingMs: null,
    endedReason: null,
    endedAt: ended,
    duplicateOf: null,
    reopenedCount: 0,
    photoCount: random(10) < 4 ? 1 + random(2) : 0,
    commentCount: random(3) === 0 ? 1 + random(2) : 0,
    unreadCount: isEnded ? 0 : random(2),
    thumbnail: null,
    boardOrder: 0,
    version: 3,
  }
  const worked = { ...request, ...workOn(request, made, ended ?? now - random(DAY)) }
  return { ...worked, boardOrder: boardOrder(worked) }
}

/** What the staff have done about it so far. */
function workOn(
  { status, createdAt, resolutionDueAt }: Request,
  { technician }: Made,
  done: number,
): Partial<Request> {
  const taken = { assignedTo: technician, firstRespondedAt: createdAt + HOUR, takenAt: createdAt + HOUR }
  const started = { ...taken, startedAt: createdAt + 2 * HOUR }
  switch (status) {
    case 'ASSIGNED':
      return taken
    case 'IN_PROGRESS':
      return started
    case 'ON_HOLD':
      return {
        ...started,
        resolutionDueAt: null,
        holdReason: 'Waiting for a part',
        holdUntil: resolutionDueAt,
        holdRemainingMs: 3 * DAY,
      }
    case 'RESOLVED':
    case 'CLOSED':
      return { ...started, completedAt: done }
    default:
      return {}
  }
}

function lastPatch({ status, assignedTo, endedAt, updatedAt, version, boardOrder: order }: Request) {
  return { status, assignedTo, endedAt, updatedAt, version, boardOrder: order }
}

type Thread = {
  readonly write: ReturnType<typeof writers>
  readonly random: Random
  readonly uuid: () => string
  readonly journal: (table: string, rowId: string, patch: unknown, actor: string, at: number) => void
}

function fillThread({ write, random, uuid, journal }: Thread, request: Request, manager: string): void {
  const { id, userId, createdAt } = request
  for (let index = 0; index < request.commentCount; index += 1) {
    const author = index % 2 === 0 ? userId : manager
    const comment = {
      id: uuid(),
      requestId: id,
      userId: author,
      comment: sentence(8 + random(12), random),
      createdAt: createdAt + index * HOUR,
      visibility: 'public',
      editedAt: null,
    }
    write.comment.run(...Object.values(comment))
    journal('comments', comment.id, comment, author, comment.createdAt)
  }
  for (let index = 0; index < request.photoCount; index += 1) {
    const unique = `AQAD${uuid().slice(0, 12)}`
    write.file.run(
      uuid(),
      id,
      'photo',
      `AgAC${uuid()}`,
      'photo.jpg',
      userId,
      createdAt,
      unique,
      'failed',
      null,
    )
  }
}

type Unit = { readonly id: UnitId; readonly buildingId: BuildingId; readonly label: string }

function fillPlaces(sqlite: Sqlite, uuid: () => string, now: number): { readonly units: readonly Unit[] } {
  const building = sqlite.prepare('insert into buildings values (?, ?, ?, ?, 1, ?)')
  const unit = sqlite.prepare("insert into units values (?, ?, ?, 'unit', ?, ?, 1, ?)")
  const units: Unit[] = []
  for (let number = 1; number <= BUILDINGS; number += 1) {
    const buildingId = uuid() as BuildingId
    const name = `Harbour Street ${String(number)}`
    building.run(buildingId, name, name, uuid(), now)
    for (let flat = 1; flat <= 60; flat += 1) {
      const id = uuid() as UnitId
      unit.run(id, buildingId, `Flat ${String(flat)}`, uuid(), flat, now)
      units.push({ id, buildingId, label: `${name}, Flat ${String(flat)}` })
    }
  }
  return { units }
}

type PeopleWish = { readonly residents: number; readonly units: readonly Unit[]; readonly now: number }

function fillPeople(sqlite: Sqlite, uuid: () => string, { residents, units, now }: PeopleWish) {
  const insert = sqlite.prepare(
    `insert into users (id, telegram_id, role, created_at, name, unit_id) values (?, ?, ?, ?, ?, ?)`,
  )
  const add = (telegramId: number | null, role: string, name: string, unitId: string | null): PersonId => {
    const id = uuid() as PersonId
    insert.run(id, telegramId, role, now, name, unitId)
    return id
  }
  return {
    manager: add(null, 'manager', '', null),
    technicians: Array.from({ length: TECHNICIANS }, (_, index) =>
      add(10_000_000 + index, 'technician', `Technician ${String(index + 1)}`, null),
    ),
    residents: Array.from({ length: residents }, (_, index) =>
      add(
        FIRST_RESIDENT + index,
        'user',
        `Resident ${String(index + 1)}`,
        units[index % units.length]?.id ?? null,
      ),
    ),
  }
}

/** Adds residents who live somewhere, with rising Telegram ids. */
export function addResidents(sqlite: Sqlite, firstTelegramId: number, count: number): void {
  sqlite
    .prepare(
      `with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < @count),
         homes as materialized (select id, row_number() over (order by id) - 1 as place from units)
       insert into users (id, telegram_id, role, created_at, name, unit_id)
       select printf('%08x-0000-7000-8000-%012x', @first, i), cast(@first as integer) + i, 'user', 0,
         'Writer ' || (cast(@first as integer) + i), homes.id
       from n join homes on homes.place = i % (select count(*) from units)`,
    )
    .run({ count, first: firstTelegramId })
}

function writers(sqlite: Sqlite) {
  const slots = (count: number) => Array.from({ length: count }, () => '?').join(', ')
  const request = sqlite.prepare('select * from requests limit 0').columns().length
  return {
    request: sqlite.prepare(`insert into requests values (${slots(request)})`),
    change: sqlite.prepare(`insert into changes values (${slots(8)})`),
    comment: sqlite.prepare(`insert into comments values (${slots(7)})`),
    file: sqlite.prepare(`insert into files values (${slots(10)})`),
  }
}

function boardStatus(index: number): Status {
  return BoardStatus.options[index % BoardStatus.options.length] ?? 'OPEN'
}

function pick<T>(values: readonly T[], random: Random): T {
  const value = values[random(values.length)]
  if (value === undefined) throw new Error('Nothing to choose from')
  return value
}

function sentence(words: number, random: Random): string {
  const text = Array.from({ length: words }, () => pick(WORDS, random)).join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Mulberry32: small, fast and the same everywhere. */
function createRandom(seed: number): Random {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

function uuidOf(random: Random): string {
  const part = () => random(4_294_967_296).toString(16).padStart(8, '0')
  const [a, b, c, d] = [part(), part(), part(), part()]
  return `${a}-${b.slice(0, 4)}-5${b.slice(5)}-8${c.slice(1, 4)}-${c.slice(4)}${d}`
}
