import type { DeskHandlers, Handlers } from '../shared/ipc/contract'
import type { BotState } from '../shared/model/bot-state'
import { must, Refusal } from '../shared/model/refusal'
import type { AlertSignals } from './health/alert-signals'
import { healthEndpoint } from './health/endpoint'
import { type Monitoring, openMonitoring } from './health/monitoring'
import { type Health, watchHealth } from './health/watch-health'
import { finishRestore } from './backups/finish-restore'
import type { Backups } from './backups/service'
import { createBotControl } from './bot-control'
import type { Language } from '../shared/model/vocabulary'
import type { Database } from './db/database'
import { readSetting } from './db/settings'
import { createHandlers, type HandlerDeps } from './ipc/handlers'
import { changedCards } from './ipc/views/cards'
import { createPush, type Push } from './ipc/push'
import { type Office, openOffice, type OfficeOptions, TELEGRAM_API } from './office'
import { openBackups } from './open-backups'
import { type Environment, prepareDataFolder } from './settings/environment'
import { createSecrets, type SafeStorage } from './settings/secrets'
import type { Log } from './telemetry/log'
import type { Measures } from './telemetry/measures'
import type { Redactor } from './telemetry/redact'
import { checkFiles } from './startup/check-files'
import { startWatch, type Watch } from './startup/watch'
import { upgradeFirst } from './upgrade-first'
import { APP_VERSION, MIGRATIONS_FOLDER } from './version'

/** What every session is opened with. */
export type SessionDeps = {
  readonly environment: Environment
  readonly safeStorage: SafeStorage
  readonly redactor: Redactor
  readonly log: Log
  readonly measures: Measures
  /** Memory of all processes of the program, in bytes. */
  readonly memoryBytes: () => number
  /** Called with the id of the desk whenever data have been opened. */
  readonly onDevice?: (id: string) => void
  readonly systemLanguage: HandlerDeps['systemLanguage']
  readonly openLink: HandlerDeps['openLink']
  /** The ways in which an alert reaches somebody who does not look at the window. */
  readonly signals: AlertSignals
  readonly chooseFolder: HandlerDeps['chooseFolder']
  /** Closes this session, does the work, and opens the same data again. */
  readonly whileClosed: HandlerDeps['whileClosed']
  /** Leads the program into the practice building, out of it, or into a fresh one. */
  readonly move: (to: 'practice' | 'real' | 'fresh-practice') => void
}

/** The program at work on one data folder, real or practice. */
export type Session = {
  readonly folder: string
  readonly inPractice: boolean
  /** Language of the desk, chosen or the system's. */
  readonly language: () => Language
  readonly handlers: DeskHandlers
  readonly push: Push
  /** Starts the bot; after the first paint, so that the board comes first. */
  readonly startBot: () => Promise<void>
  /** After sleep the connections are dead. */
  readonly resumed: () => void
  readonly practiceFile: (fileId: string) => Uint8Array | undefined
  /** Has the window show how the program does. */
  readonly showHealth: () => void
  readonly close: () => Promise<void>
}

/** How an office is opened within a session. */
export function officeOptions(
  deps: SessionDeps,
  given: Pick<OfficeOptions, 'folder' | 'apiRoot' | 'onBotState'>,
): OfficeOptions {
  const { environment, log, measures, onDevice } = deps
  return {
    ...given,
    measures,
    onDevice,
    appVersion: APP_VERSION,
    migrationsFolder: MIGRATIONS_FOLDER,
    undoMs: environment.undoMs,
    log,
    now: Date.now,
  }
}

/** The way from an office that is about to be opened to the windows. */
export function connectWindows(log: Log): {
  readonly push: Push
  readonly onBotState: (state: BotState) => void
  readonly onBackups: () => void
  /** Tells the windows what each commit changed; returns its end. */
  readonly listen: (database: Database) => () => void
} {
  let opened: Database | null = null
  const push = createPush({
    readCards: (ids) => changedCards(must(opened, 'the opened database').read, ids),
    log,
  })
  return {
    push,
    onBotState: (state) => {
      push.send({ type: 'bot', state })
    },
    onBackups: () => {
      push.announce({ topics: new Set(['app', 'backups', 'attention']), requestIds: new Set() })
    },
    listen: (database) => {
      opened = database
      return database.onCommit(push.announce)
    },
  }
}

/** Opens the real office, after a long upgrade if there is one. Rejects with what opening the database throws. */
export async function openRealSession(deps: SessionDeps): Promise<Session> {
  const { environment } = deps
  const folder = environment.dataFolder
  prepareDataFolder(folder)
  const windows = connectWindows(deps.log)
  const { push } = windows
  const onBotState = (state: BotState) => {
    if (state.kind === 'offline' && state.reason === 'disk-full') around.watch.noteFull()
    windows.onBotState(state)
  }
  await prepareData(folder, deps.systemLanguage, push.send)
  const office = openOffice({
    ...officeOptions(deps, { folder, apiRoot: environment.apiRoot ?? TELEGRAM_API, onBotState }),
    mayStoreFiles: () => around.watch.mayStoreFiles(),
  })
  const unlisten = windows.listen(office.database)
  const around = openAround(deps, office, { windows, onBotState })
  const { bot, backups, watch, health, monitoring } = around
  const endpoint = endpointOf(deps, folder, around)
  return {
    folder,
    inPractice: false,
    language: () => readSetting(office.database.read, 'language') ?? deps.systemLanguage,
    handlers: realHandlers(deps, office, around),
    push,
    startBot: async () => {
      backups.start()
      endpoint.start()
      await bot.startStored()
      await monitoring.start()
    },
    resumed: bot.retryNow,
    practiceFile: () => undefined,
    showHealth: () => {
      push.send({ type: 'show-health' })
    },
    close: async () => {
      monitoring.stop()
      await endpoint.stop()
      health.stop()
      watch.stop()
      unlisten()
      push.stop()
      await backups.stop()
      await office.close()
    },
  }
}

/** The address at which others may ask how the office does. */
function endpointOf(deps: SessionDeps, folder: string, { bot, health }: Pick<Around, 'bot' | 'health'>) {
  const botState = () => bot.state().kind
  return healthEndpoint({ ...deps, ...health, folder, version: APP_VERSION, botState })
}

type Around = {
  readonly bot: ReturnType<typeof createBotControl>
  readonly backups: Backups
  readonly watch: Watch
  readonly health: Health
  readonly monitoring: Monitoring
}

/** What works beside an open office: its bot, its backups, and the watch over its disk. */
function openAround(
  deps: SessionDeps,
  office: Office,
  told: {
    readonly windows: ReturnType<typeof connectWindows>
    readonly onBotState: (state: BotState) => void
  },
): Around {
  const { environment, redactor, log, safeStorage } = deps
  const { folder, database } = office
  const bot = createBotControl({
    office,
    secrets: createSecrets({ folder, safeStorage }),
    redactor,
    environmentToken: environment.botToken,
    onState: told.onBotState,
  })
  const stale = (topic: 'app' | 'health') => () => {
    told.windows.push.send({ type: 'changed', topics: [topic], requestIds: null })
  }
  const backups = openBackups({ office, safeStorage, redactor, log, onChange: told.windows.onBackups })
  const watch = startWatch({ folder, database, log, onChange: stale('app'), onRoom: bot.retryNow })
  const { conditions } = watch
  const { memoryBytes } = deps
  const health = watchHealth({ office, botState: bot.state, conditions, backups, memoryBytes })
  const monitoring = openMonitoring({
    office,
    facts: health.facts,
    log,
    everyMs: environment.alertStepMs,
    signals: deps.signals,
    alerts: true,
    language: () => readSetting(database.read, 'language') ?? deps.systemLanguage,
    onLook: stale('health'),
  })
  return { bot, backups, watch, health, monitoring }
}

/** What has to be done with the files before anybody opens them. Throws a Trouble or a MigrationError. */
async function prepareData(folder: string, language: Language, send: Push['send']): Promise<void> {
  // A restore that was cut off is carried through before anybody looks at the data.
  finishRestore(folder)
  checkFiles(folder)
  await upgradeFirst(folder, language, send)
}

function realHandlers(
  deps: SessionDeps,
  { database, useCases }: Office,
  { bot, backups, watch, health, monitoring }: Around,
): DeskHandlers {
  const { environment } = deps
  return createHandlers({
    ...useCases,
    database,
    bot,
    backups,
    chooseFolder: deps.chooseFolder,
    whileClosed: deps.whileClosed,
    health,
    conditions: watch.conditions,
    lookNow: monitoring.lookNow,
    practice: outsidePractice(deps.move),
    inPractice: false,
    tokenGiven: environment.botToken !== null,
    systemLanguage: deps.systemLanguage,
    version: APP_VERSION,
    undoMs: environment.undoMs,
    now: Date.now,
    openLink: deps.openLink,
  })
}

/** The phone exists in the practice building only. */
function outsidePractice(move: SessionDeps['move']): Handlers['practice'] {
  const refuse = () => {
    throw new Refusal('not-in-practice')
  }
  return {
    open: () => {
      move('practice')
    },
    leave: refuse,
    startOver: refuse,
    people: refuse,
    chat: refuse,
    write: refuse,
    sendPhoto: refuse,
    press: refuse,
    openStartLink: refuse,
  }
}
