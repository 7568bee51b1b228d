import { app, BrowserWindow, dialog, nativeTheme, screen, type WebContents } from 'electron'
import type { Log } from '../telemetry/log'
import { APP_ORIGIN, SAFE_PAGE_PATH } from './app-address'
import { createCrashCounter } from './crash-counter'
import { type EditTexts, offerEditMenu } from './edit-menu'
import type { HangTexts } from './system-texts'
import {
  placeWindow,
  readWindowState,
  SMALLEST_HEIGHT,
  SMALLEST_WIDTH,
  saveWindowState,
  type WindowState,
} from './window-state'
import { zoomAfter } from './zoom'

type MainWindowOptions = {
  readonly dataFolder: string
  /** Path of the built preload script. */
  readonly preload: string
  /** Address of the development server; null for the built page. */
  readonly developmentUrl: string | null
  readonly log: Log
  /** Told of the window before it loads anything, with the origin that it will show. */
  readonly trust: (contents: WebContents, origin: string) => void
  readonly editTexts: () => EditTexts
  readonly hangTexts: () => HangTexts
}

export type MainWindow = {
  readonly window: BrowserWindow
  /** Brings the window to the front. */
  readonly focus: () => void
}

const TITLE = 'Facility Dispatcher'
const SURFACE = { light: '#F7F5F1', dark: '#1B1A18' } as const
const SAVE_STATE_AFTER_MS = 500
/** Lets the crashed process go first; well within the two seconds that people are promised. */
const RELOAD_AFTER_MS = 200

/** Opens the window and starts loading its page. After the app is ready. */
export function createMainWindow(options: MainWindowOptions): MainWindow {
  const state = readWindowState(options.dataFolder)
  const window = new BrowserWindow(windowOptions(options, state))
  if (state?.maximized) window.maximize()
  const { webContents } = window
  const { developmentUrl } = options
  options.trust(webContents, developmentUrl === null ? APP_ORIGIN : new URL(developmentUrl).origin)

  keepTitle(window)
  keepSurface(window)
  rememberState(window, options)
  surviveCrashes(window, options.log)
  surviveHangs(window, options)
  listenForKeys(webContents)
  offerEditMenu(webContents, options.editTexts)

  load(webContents, developmentUrl ?? `${APP_ORIGIN}/`, options.log)
  return {
    window,
    focus: () => {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
  }
}

function load(contents: WebContents, url: string, log: Log): void {
  contents.loadURL(url).catch((error: unknown) => {
    log.error({ error }, 'The page could not be loaded')
  })
}

function windowOptions(
  { preload }: MainWindowOptions,
  state: WindowState | null,
): Electron.BrowserWindowConstructorOptions {
  const screens = screen.getAllDisplays().map((display) => display.workArea)
  return {
    ...placeWindow(state, screens),
    minWidth: SMALLEST_WIDTH,
    minHeight: SMALLEST_HEIGHT,
    title: TITLE,
    // Shown at once in the colour of the page, so there is neither a wait nor a white flash.
    show: true,
    backgroundColor: surface(),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // Dictionaries would be downloaded, and what residents write would be matched against them.
      spellcheck: false,
      devTools: !app.isPackaged,
      // A hidden board needs no frames; what is pushed to it is applied all the same.
      backgroundThrottling: true,
      navigateOnDragDrop: false,
    },
  }
}

function surface(): string {
  return nativeTheme.shouldUseDarkColors ? SURFACE.dark : SURFACE.light
}

function keepTitle(window: BrowserWindow): void {
  window.on('page-title-updated', (event) => {
    event.preventDefault()
  })
}

function keepSurface(window: BrowserWindow): void {
  const update = () => {
    window.setBackgroundColor(surface())
  }
  nativeTheme.on('updated', update)
  window.once('closed', () => {
    nativeTheme.off('updated', update)
  })
}

function rememberState(window: BrowserWindow, { dataFolder, log }: MainWindowOptions): void {
  let timer: NodeJS.Timeout | undefined
  const save = () => {
    clearTimeout(timer)
    timer = undefined
    if (window.isDestroyed()) return
    try {
      saveWindowState(dataFolder, { ...window.getNormalBounds(), maximized: window.isMaximized() })
    } catch (error) {
      log.warn({ error }, 'The place of the window could not be remembered')
    }
  }
  const saveSoon = () => {
    timer ??= setTimeout(save, SAVE_STATE_AFTER_MS)
  }
  window.on('resize', saveSoon)
  window.on('move', saveSoon)
  window.on('close', save)
}

function surviveCrashes(window: BrowserWindow, log: Log): void {
  const count = createCrashCounter(() => performance.now())
  const { webContents } = window
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    const next = count()
    log.error({ reason, exitCode, state: next, scope: 'window-gone' }, 'The process of the window has gone')
    setTimeout(() => {
      if (window.isDestroyed()) return
      if (next === 'reload') webContents.reload()
      else load(webContents, `${APP_ORIGIN}${SAFE_PAGE_PATH}`, log)
    }, RELOAD_AFTER_MS)
  })
}

/** Asks whether to wait for a window that does not respond, or to load it anew: its process is ended for that. */
function surviveHangs(window: BrowserWindow, { log, hangTexts }: MainWindowOptions): void {
  let asking: AbortController | null = null
  window.on('unresponsive', () => {
    log.warn({}, 'The window does not respond')
    if (asking !== null) return
    asking = new AbortController()
    const { message, detail, again, wait } = hangTexts()
    const question = { type: 'warning' as const, message, detail, buttons: [again, wait], cancelId: 1 }
    void dialog.showMessageBox(window, { ...question, signal: asking.signal }).then(({ response }) => {
      asking = null
      // What goes on after a crash, goes on after this.
      if (response === 0 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer()
    })
  })
  window.on('responsive', () => {
    log.info({}, 'The window responds again')
    asking?.abort()
  })
}

function listenForKeys(contents: WebContents): void {
  contents.on('before-input-event', (event, press) => {
    const level = zoomAfter(press, contents.getZoomLevel(), process.platform)
    if (level !== null) {
      event.preventDefault()
      contents.setZoomLevel(level)
    }
    if (!app.isPackaged && press.type === 'keyDown' && press.key === 'F12') contents.toggleDevTools()
  })
}
