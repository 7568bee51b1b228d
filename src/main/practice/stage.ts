import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { UnitId } from '../../shared/model/ids'
import { must } from '../../shared/model/refusal'
import type { Language } from '../../shared/model/vocabulary'
import type { WritableDb } from '../db/database'
import type { UpdateKey } from '../db/inbox'
import { findByTelegramId, type Person } from '../db/people'
import { createCommenting } from '../usecases/commenting'
import { createConfirming } from '../usecases/confirming'
import type { Deps } from '../usecases/deps'
import { createDispatching } from '../usecases/dispatching'
import { createDrafting } from '../usecases/drafting'
import { createFieldwork } from '../usecases/fieldwork'
import { createPeople } from '../usecases/people'
import { createPlaces } from '../usecases/places'
import type { IncomingFile } from '../usecases/registering'
import type { UnitKey } from './sample-places'
import type { PictureName } from './sample-pictures'
import { inLanguage, type Words } from './sample-words'

/** Where the past of the practice building is played: the real use cases with a clock that is set by hand. */
export type Stage = ReturnType<typeof createStage>

/** Sets the stage inside a transaction. `now` is UTC ms; nothing is played after it. */
export function createStage(
  db: WritableDb,
  given: {
    readonly now: number
    readonly botId: number
    readonly language: Language
    readonly hashes: ReadonlyMap<PictureName, string>
  },
) {
  const { now, language } = given
  let clock = now
  const count = { updates: 0, messages: 0 }
  const units = new Map<UnitKey, UnitId>()
  const deps: Deps = {
    read: db,
    transact: (work) => work(db),
    now: () => clock,
    newId: () => uuidv7({ msecs: clock }),
    newCode: () => randomBytes(16).toString('base64url'),
    undoMs: 0,
    desk: '',
  }

  return {
    db,
    now,
    language,
    ...useCasesOf(deps),
    newId: deps.newId,
    clock: () => clock,
    setClock: (at: number) => {
      clock = Math.min(now, at)
    },
    /** An update that Telegram might have sent: the simulator's own numbers are far above. */
    nextUpdate: (): UpdateKey => ({ botId: given.botId, epoch: 0, updateId: (count.updates += 1) }),
    nextMessage: (): number => (count.messages += 1),
    words: (words: Words): string => inLanguage(words, language),
    units,
    unit: (key: UnitKey): UnitId => must(units.get(key), 'a sample unit'),
    person: (telegramId: number): Person => must(findByTelegramId(db, telegramId), 'a sample person'),
    /** A picture as if Telegram had named it; without a handle it is uploaded when it is sent on. */
    file: (name: PictureName): IncomingFile => ({
      kind: 'photo',
      fileId: '',
      uniqueId: uniqueIdOf(must(given.hashes.get(name), 'a picture of the practice building')),
      name: 'photo.png',
      at: clock,
    }),
  }
}

function useCasesOf(deps: Deps) {
  return {
    people: createPeople(deps),
    places: createPlaces(deps),
    drafting: createDrafting(deps),
    commenting: createCommenting(deps),
    confirming: createConfirming(deps),
    fieldwork: createFieldwork(deps),
    dispatching: createDispatching(deps),
  }
}

/** The name that Telegram would have given to this content. */
export function uniqueIdOf(sha256: string): string {
  return `sample-${sha256.slice(0, 24)}`
}
