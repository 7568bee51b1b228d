import { join } from 'node:path'
import { NO_CONDITIONS } from '../shared/model/conditions'
import type { BotState } from '../shared/model/bot-state'
import { createBotControl } from './bot-control'
import { upgradeAside } from './db/migrations/upgrade-aside'
import { openMonitoring } from './health/monitoring'
import { watchHealth } from './health/watch-health'
import { openOffice, TELEGRAM_API } from './office'
import { openBackups } from './open-backups'
import { prepareDataFolder, readEnvironment } from './settings/environment'
import { claimFolder } from './settings/folder-lock'
import { createSecrets } from './settings/secrets'
import { Trouble } from './startup/trouble'
import { createLog, type Log } from './telemetry/log'
import { createMeasures } from './telemetry/measures'
import { createRedactor } from './telemetry/redact'
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
  const { environment, folder, secrets, claim } = prepare()
  const redactor = createRedactor()
  if (environment.botToken !== null) redactor.addSecret(environment.botToken)
  const measures = createMeasures()
  const log = createLog({
    folder: join(folder, 'logs'),
    level: environment.logLevel,
    console: true,
    redactor,
    onEntry: ({ level }) => {
      measures.count('log-lines', level)
    },
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
  const onBotState = (state: BotState) => {
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
    onBotState,
  })
  const { botToken: environmentToken } = environment
  const bot = createBotControl({ office, secrets, redactor, environmentToken, onState: onBotState })
  const backups = openBackups({ office, safeStorage: null, redactor, log, onChange: () => {} })
  backups.start()
  const health = openHealth(office, backups, log, environment.alertStepMs)
  stopOnSignal(async () => {
    health.stop()
    await backups.stop()
    await office.close()
    claim.release()
  })
  await bot.startStored()
  await health.start()
  say('Running without a window. Press Ctrl+C to stop.')
}

/** History and alerts where nobody sits at the desk. */
function openHealth(
  office: ReturnType<typeof openOffice>,
  backups: ReturnType<typeof openBackups>,
  log: Log,
  everyMs: number,
) {
  const health = watchHealth({
    office,
    botState: office.telegram.engine.state,
    conditions: () => NO_CONDITIONS,
    backups,
    memoryBytes: () => process.memoryUsage.rss(),
  })
  // There is nobody at the desk: alerts go to Telegram and the log.
  const monitoring = openMonitoring({
    office,
    facts: health.facts,
    log,
    everyMs,
    signals: null,
    alerts: true,
    language: () => 'en',
    onLook: () => {},
  })
  return {
    start: monitoring.start,
    stop: () => {
      monitoring.stop()
      health.stop()
    },
  }
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
