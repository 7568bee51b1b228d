import { join } from 'node:path'
import type { BotState } from '../shared/model/bot-state'
import { createTelegram, type Telegram } from './bot/telegram'
import type { Database } from './db/database'
import { measuredTransact, measuredUseCases } from './measured'
import { type GuardedDatabase, openGuarded } from './startup/guarded-database'
import type { Log } from './telemetry/log'
import { createMeasures, type Measures } from './telemetry/measures'
import { createQueryTimes } from './telemetry/slow-queries'
import { createRandom, createIds } from './random'
import { logChanges } from './log-changes'
import { createAlerting } from './usecases/alerting'
import { createAttention } from './usecases/attention'
import { createCommenting } from './usecases/commenting'
import { createConfirming } from './usecases/confirming'
import type { Deps } from './usecases/deps'
import { createDispatching } from './usecases/dispatching'
import { createDrafting } from './usecases/drafting'
import { createFetching } from './usecases/fetching'
import { createFieldwork } from './usecases/fieldwork'
import { createLinking } from './usecases/linking'
import { createPeople } from './usecases/people'
import { createPlaces } from './usecases/places'

/** Telegram's own Bot API server. */
export const TELEGRAM_API = 'https://api.telegram.org'
/** How often requests that nobody confirmed are looked for, in ms. */
const SWEEP_MS = 10 * 60_000

/** What an office is opened with. */
export type OfficeOptions = {
  /** Data folder; prepared. */
  readonly folder: string
  readonly appVersion: string
  readonly migrationsFolder: string
  /** How long messages about an action that can be undone are held back, in ms. */
  readonly undoMs: number
  readonly apiRoot: string
  readonly log: Log
  readonly now: () => number
  readonly onBotState: (state: BotState) => void
  /** What the program measures of itself; begun anew when left out. */
  readonly measures?: Measures | undefined
  /** Called with the id of this desk once the database is open. */
  readonly onDevice?: ((id: string) => void) | undefined
  /** Whether there is room for attachments; always when left out. */
  readonly mayStoreFiles?: () => boolean
}

/** All that one data folder is about, without windows: its database, its use cases and its bot. */
export type Office = {
  readonly folder: string
  readonly filesFolder: string
  readonly database: GuardedDatabase
  readonly useCases: UseCases
  readonly telegram: Telegram
  readonly measures: Measures
  readonly undoMs: number
  readonly now: () => number
  /** Stops the bot and closes the file. */
  readonly close: () => Promise<void>
}

/** Every use case, over one database. */
export type UseCases = ReturnType<typeof createUseCases>

/** Creates every use case. */
export function createUseCases(deps: Deps) {
  return {
    people: createPeople(deps),
    places: createPlaces(deps),
    drafting: createDrafting(deps),
    commenting: createCommenting(deps),
    confirming: createConfirming(deps),
    fieldwork: createFieldwork(deps),
    dispatching: createDispatching(deps),
    attention: createAttention(deps),
    fetching: createFetching(deps),
    alerting: createAlerting(deps),
    linking: createLinking(deps),
  }
}

/** The dependencies of the use cases over a database. */
export function createDeps(database: Database, now: () => number, undoMs: number): Deps {
  const random = createRandom()
  return {
    read: database.read,
    transact: measuredTransact(database.transact),
    now,
    newId: createIds(now, random),
    newCode: () => Buffer.from(random(16)).toString('base64url'),
    undoMs,
    desk: '',
  }
}

/** Opens the database of a data folder, checked and brought to the present schema. Throws a Trouble. */
export function openOfficeDatabase(
  options: Pick<OfficeOptions, 'folder' | 'appVersion' | 'migrationsFolder' | 'now' | 'measures'> &
    Partial<Pick<OfficeOptions, 'log'>>,
): GuardedDatabase {
  const { measures, log, ...given } = options
  return openGuarded({
    ...given,
    onCommitted: measures && ((ms) => measures.time('commit', '', ms)),
    watch: measures && log && createQueryTimes({ measures, log, now: options.now }),
  })
}

/** Opens an office; its bot stands still until `telegram.engine.start`. */
export function openOffice(options: OfficeOptions): Office {
  const { now, log, folder } = options
  const measures = options.measures ?? createMeasures()
  const database = openOfficeDatabase({ ...options, measures })
  options.onDevice?.(database.deviceId)
  logChanges(database, log)
  log.info({ scope: 'start' }, 'The data are open')
  const deps = createDeps(database, now, options.undoMs)
  const useCases = measuredUseCases(measures, createUseCases(deps))
  useCases.people.ensureManager()
  const filesFolder = join(folder, 'files')
  const telegram = createTelegram({
    ...useCases,
    database,
    apiRoot: options.apiRoot,
    filesFolder,
    now,
    newCode: deps.newCode,
    log,
    onState: options.onBotState,
    measures,
    mayStoreFiles: options.mayStoreFiles ?? (() => true),
  })
  const stopSweeping = sweep(useCases, log)
  return {
    folder,
    filesFolder,
    database,
    useCases,
    telegram,
    measures,
    undoMs: options.undoMs,
    now,
    close: async () => {
      stopSweeping()
      await telegram.close()
      database.close()
    },
  }
}

/** Closes, now and then, what nobody has confirmed. */
function sweep({ confirming }: UseCases, log: Log): () => void {
  const timer = setInterval(() => {
    try {
      confirming.closeUnanswered()
    } catch (error) {
      log.error({ error, scope: 'sweep' }, 'Unconfirmed requests could not be closed')
    }
  }, SWEEP_MS)
  return () => {
    clearInterval(timer)
  }
}
