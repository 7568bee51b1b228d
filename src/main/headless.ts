import { join } from 'node:path'
import type { BotState } from '../shared/model/bot-state'
import { createBotControl } from './bot-control'
import { createErrorDesk, type ErrorDesk } from './errors/error-desk'
import { upgradeAside } from './db/migrations/upgrade-aside'
import { openMonitoring } from './health/monitoring'
import { startHealth } from './health/start-health'
import { watchHealth } from './health/watch-health'
import { openOffice, TELEGRAM_API } from './office'
import { openBackups } from './open-backups'
import { prepareDataFolder, readEnvironment } from './settings/environment'
import { claimFolder } from './settings/folder-lock'
import { createSecrets } from './settings/secrets'
import { Trouble } from './startup/trouble'
import { startWatch } from './startup/watch'
import { createLog, type WholeLog } from './telemetry/log'
import { createMeasures, type Measures } from './telemetry/measures'
import { readLevel } from './telemetry/level-file'
import { createRedactor, type Redactor } from './telemetry/redact'
import { APP_VERSION, MIGRATIONS_FOLDER, UPGRADE_WORKER } from './version'

// The program without a window: bot and outbox until somebody ends it. It runs on Electron's Node and loads
// nothing of Electron, so it needs no display.

process.umask(0o077)

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`)
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

/** The folder and its token, or the sentence that says what is missing. */
function prepare() {
  const environment = readEnvironment(process.env)
  const folder = environment.dataFolder
  prepareDataFolder(folder)
  const secrets = createSecrets({ folder, safeStorage: null })
  const stored = secrets.load()
  if (environment.botToken === null && stored.kind === 'none') {
    fail('There is no bot token. Set TELEGRAM_BOT_TOKEN, or connect a bot in the window first.')
  }
  if (environment.botToken === null && stored.kind === 'locked') {
    fail(
      "The bot token is in this computer's key store, which only the window can open. Set TELEGRAM_BOT_TOKEN.",
    )
  }
  const claim = claimFolder(folder)
  if (!('release' in claim)) {
    const where = claim.isHere ? '' : ` on ${claim.host}`
    fail(`Another program (process ${String(claim.pid)}${where}) is working with this data folder.`)
  }
  return { environment, folder, secrets, claim }
}

async function run(): Promise<void> {
  const prepared = prepare()
  const { environment, folder, claim } = prepared
  const redactor = createRedactor()
  if (environment.botToken !== null) redactor.addSecret(environment.botToken)
  const measures = createMeasures()
  const errors = openErrors(folder, environment.sentryDsn)
  const log = createLog({
    folder: join(folder, 'logs'),
    level: environment.logLevel ?? readLevel(join(folder, 'logs')) ?? 'info',
    console: true,
    redactor,
    onEntry: (entry) => {
      measures.count('log-lines', entry.level)
      errors.hear(entry)
    },
    version: APP_VERSION,
  })
  // What takes its time says so before the bot is silent for a reason that nobody knows.
  await upgradeAside({
    folder,
    migrationsFolder: MIGRATIONS_FOLDER,
    appVersion: APP_VERSION,
    worker: UPGRADE_WORKER,
    onProgress: ({ step, migration }) => {
      say(`Upgrading the data: ${migration ?? 'copy'}, ${step}`)
    },
  })
  const { bot, monitoring, stop } = await openAll({ ...prepared, redactor, log, measures })
  stopOnSignal(async () => {
    await stop()
    log.info({ scope: 'start' }, 'The program has ended')
    await errors.stop()
    claim.release()
  })
  await bot.startStored()
  errors.reports.start()
  await monitoring.start()
  say('Running without a window. Press Ctrl+C to stop.')
}

type Opening = Pick<ReturnType<typeof prepare>, 'environment' | 'folder' | 'secrets'> & {
  readonly redactor: Redactor
  readonly log: WholeLog
  readonly measures: Measures
}

/** Opens the office with all that works beside it; the bot stands still. Throws a Trouble. */
async function openAll({ environment, folder, secrets, redactor, log, measures }: Opening) {
  const onBotState = (state: BotState) => {
    if (state.kind === 'offline' && state.reason === 'disk-full') watch.noteFull()
    say(`Bot: ${state.kind}`)
  }
  const office = openOffice({
    folder,
    appVersion: APP_VERSION,
    migrationsFolder: MIGRATIONS_FOLDER,
    undoMs: environment.undoMs,
    apiRoot: environment.apiRoot ?? TELEGRAM_API,
    log,
    measures,
    now: Date.now,
    onDevice: log.setDevice,
    onBotState,
    mayStoreFiles: () => watch.mayStoreFiles(),
  })
  const { botToken: environmentToken } = environment
  const bot = createBotControl({ office, secrets, redactor, environmentToken, onState: onBotState })
  const { database } = office
  const watch = startWatch({ folder, database, log, onChange: () => {}, onRoom: bot.retryNow })
  const backups = openBackups({ office, safeStorage: null, redactor, log, onChange: () => {} })
  backups.start()
  const { conditions } = watch
  const memoryBytes = () => process.memoryUsage.rss()
  const health = watchHealth({ office, botState: bot.state, conditions, backups, memoryBytes })
  const botState = () => bot.state().kind
  const endpoint = { ...health, environment, folder, version: APP_VERSION, botState, redactor, log, say }
  const stopAnswering = await startHealth(endpoint)
  // There is nobody at the desk: alerts go to Telegram and the log.
  const monitoring = openMonitoring({
    office,
    facts: health.facts,
    log,
    everyMs: environment.alertStepMs,
    signals: null,
    alerts: true,
    language: () => 'en',
    onLook: () => {},
  })
  const stop = async () => {
    monitoring.stop()
    await stopAnswering()
    health.stop()
    watch.stop()
    await backups.stop()
    await office.close()
  }
  return { bot, monitoring, stop }
}

/** The list of errors, which the window shows later, and the reports, which need an address and a yes given there. */
function openErrors(folder: string, dsn: string | null): ErrorDesk {
  return createErrorDesk({
    folder,
    dsn,
    version: APP_VERSION,
    load: async () => {
      const { headlessSentry } = await import('./errors/sentry/headless-sentry')
      return headlessSentry()
    },
    onChange: () => {},
  })
}

/** Ends the program in order when it is asked to. */
function stopOnSignal(close: () => Promise<void>): void {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void close().then(() => {
      say('Stopped.')
      process.exit(0)
    })
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

run().catch((error: unknown) => {
  if (error instanceof Trouble)
    fail(
      `The data can not be opened (${error.code}). Nothing was changed. Open the window to see what can be done.`,
    )
  fail(error instanceof Error ? error.message : 'The program could not be started.')
})
