import { app, powerMonitor, safeStorage, shell } from 'electron'
import { join } from 'node:path'
import { wantedCommand } from './command-line/wanted-command'
import { type DataPlace, takePlace } from './data-place'
import { createErrorDesk, type ErrorDesk } from './errors/error-desk'
import { readConsent } from './errors/report-settings'
import { errorHandlers } from './ipc/error-handlers'
import { pushToWindows } from './ipc/push'
import { serveContract } from './ipc/serve'
import { trustWindow } from './ipc/trusted-sender'
import { createProgram } from './program'
import { type Environment, readEnvironment } from './settings/environment'
import { createLog, type Log, type WholeLog } from './telemetry/log'
import { readLevel } from './telemetry/level-file'
import { createMeasures, type Measures } from './telemetry/measures'
import { createRedactor, type Redactor } from './telemetry/redact'
import { SILENT } from './telemetry/silent-log'
import { APP_VERSION } from './version'
import { createAlertSignals } from './windows/alert-signals'
import { registerAppScheme, serveAppProtocol } from './windows/app-protocol'
import { chooseFile } from './windows/choose-file'
import { chooseFolder } from './windows/choose-folder'
import { setAppMenu } from './windows/app-menu'
import { spareGraphicsCard, surviveGraphicsCrashes } from './windows/graphics'
import { restartAfterErrors } from './windows/last-resort'
import { lockDown, openExternalLink } from './windows/lock-down'
import { createMainWindow, type MainWindow } from './windows/main-window'
import { forgetMemoryOfCrashes, keepMemoryOfCrashes } from './windows/native-crashes'
import { editTexts, errorTexts, hangTexts, safePageTexts, systemLanguage } from './windows/system-texts'

// The composition root: opens, wires and starts, and stops in reverse order. It decides nothing.

process.umask(0o077)
// A command such as `db current` never comes back from here: it has no business with a window.
if (wantedCommand(process) !== null) await import('./tool-entry')
const focus = { window: () => {} }
/** The bot starts once the window stands, and no later than this after it was opened, in ms. */
const LONGEST_WAIT_FOR_WINDOW_MS = 5000

/** What the environment asks for; a wrong variable ends the program with the sentence that names it. */
function environmentOrEnd(): Environment {
  try {
    return readEnvironment(process.env)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'The environment is wrong.'}\n`)
    process.exit(1)
  }
}

type Wired = {
  readonly environment: Environment
  readonly place: DataPlace
  readonly redactor: Redactor
  readonly log: WholeLog
  readonly measures: Measures
  readonly errors: ErrorDesk
}

function logged(log: Log, sentence: string): (error: unknown) => void {
  return (error) => {
    log.error({ error, scope: 'start' }, sentence)
  }
}

/** Resolves when the window stands. One that fails must not keep the bot from residents. */
function awaitWindow(): { readonly standing: Promise<null>; readonly stands: () => void } {
  const { promise, resolve } = Promise.withResolvers<null>()
  const stands = () => {
    resolve(null)
  }
  setTimeout(stands, LONGEST_WAIT_FOR_WINDOW_MS)
  return { standing: promise, stands }
}

/** Begins to send errors, if somebody has agreed to it, and removes what nobody agrees to any more. */
function startReports({ reports }: ErrorDesk): void {
  reports.start()
  if (!reports.settings().withMemory) void forgetMemoryOfCrashes()
}

/** The system's own ways to tell an alert, which lead to the window. */
function signalsTo(showHealth: () => void) {
  const open = () => {
    focus.window()
  }
  return createAlertSignals({
    open,
    openHealth: () => {
      open()
      showHealth()
    },
  })
}

function openMainWindow(place: DataPlace, log: Log, developmentUrl: string | null): MainWindow {
  const language = systemLanguage(app.getPreferredSystemLanguages())
  return createMainWindow({
    dataFolder: place.ownFolder,
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    developmentUrl,
    log,
    trust: trustWindow,
    editTexts: () => editTexts(language),
    hangTexts: () => hangTexts(language),
  })
}

/** Opens the window, and the data once it has its page. Returns how to stop. */
function open(
  { environment, place, redactor, log, measures, errors }: Wired,
  developmentUrl: string | null,
): () => Promise<void> {
  const language = systemLanguage(app.getPreferredSystemLanguages())
  const onMoved = () => {
    main.window.webContents.reload()
  }
  const window = awaitWindow()
  const program = createProgram({
    environment,
    safeStorage,
    redactor,
    log,
    measures,
    memoryBytes,
    systemLanguage: language,
    openLink: openExternalLink,
    chooseFolder,
    chooseFile,
    logFolder: join(place.ownFolder, 'logs'),
    inPractice: process.argv.includes('--practice'),
    // The window asks what is in the way, and shows it.
    onCannotOpen: logged(log, 'The data could not be opened'),
    onStanding: window.stands,
    onMoved,
    errors: errorHandlers({ ...errors, log, measures }),
    claim: place.claim,
    showFolder: (folder) => void shell.openPath(folder),
    signals: signalsTo(() => program.showHealth()),
  })
  serveAppProtocol({
    dataFolder: program.folder,
    rendererFolder: join(import.meta.dirname, '../renderer'),
    practiceFile: program.practiceFile,
    onServed: { page: program.prepare, script: program.open },
    safePageTexts: () => safePageTexts(language),
    log,
  })
  const main = openMainWindow(place, log, developmentUrl)
  focus.window = main.focus
  const unserve = serveContract(program.handlers, log)
  void window.standing.then(() => measures.phase('window-stands', performance.now()))
  window.standing.then(program.startBot).catch(logged(log, 'The bot could not be started'))
  void window.standing.then(() => startReports(errors))
  powerMonitor.on('resume', program.resumed)
  return () => {
    unserve()
    return program.close()
  }
}

/** Memory of all processes of the program, in bytes. */
function memoryBytes(): number {
  return app.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize * 1024, 0)
}

/** Ends the program only after everything has been stopped in order. */
function endInOrder(stop: () => Promise<void>): void {
  let leaving = false
  app.on('window-all-closed', () => {
    app.quit()
  })
  app.on('before-quit', (event) => {
    if (leaving) return
    leaving = true
    event.preventDefault()
    void stop().finally(() => {
      app.exit(0)
    })
  })
}

/** The list of errors and the reports of them, before there is a log that they could hear. */
function openErrors(folder: string, dsn: string | null): ErrorDesk {
  if (dsn !== null && readConsent(folder).withMemory) keepMemoryOfCrashes()
  return createErrorDesk({
    folder,
    dsn,
    version: APP_VERSION,
    load: async () => {
      const { electronSentry } = await import('./errors/sentry/electron-sentry')
      return electronSentry(app.isPackaged ? 'production' : 'development')
    },
    onChange: () => {
      // An error of telling about errors would never end.
      pushToWindows({ type: 'changed', topics: ['errors'], requestIds: null }, SILENT)
    },
  })
}

const environment = environmentOrEnd()
const place = takePlace(app, environment.dataFolder, () => {
  focus.window()
})

if (place === null) {
  // The first window has been told; a program without a window has nothing to show.
  app.exit(0)
} else {
  const developmentUrl = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null)
  const redactor = createRedactor()
  if (environment.botToken !== null) redactor.addSecret(environment.botToken)
  const folder = join(place.ownFolder, 'logs')
  const measures = createMeasures()
  const errors = openErrors(place.ownFolder, environment.sentryDsn)
  const log = createLog({
    folder,
    level: environment.logLevel ?? readLevel(folder) ?? 'info',
    console: !app.isPackaged,
    redactor,
    version: APP_VERSION,
    onEntry: (entry) => {
      measures.count('log-lines', entry.level)
      errors.hear(entry)
    },
  })
  log.info({ scope: 'start' }, 'The program has started')
  registerAppScheme()
  setAppMenu()
  lockDown({ developmentUrl, log })
  spareGraphicsCard(place.ownFolder)
  surviveGraphicsCrashes(place.ownFolder, log)
  // Not a top-level await: in an ES module it would wait for itself.
  void app.whenReady().then(() => {
    measures.phase('ready', performance.now())
    const close = open({ environment, place, redactor, log, measures, errors }, developmentUrl)
    const stop = async () => {
      await close()
      log.info({ scope: 'start' }, 'The program has ended')
      log.flush()
      await errors.stop()
      place.release()
    }
    endInOrder(stop)
    const texts = errorTexts(systemLanguage(app.getPreferredSystemLanguages()))
    restartAfterErrors({ dataFolder: place.ownFolder, log, close: stop, texts })
  })
}
