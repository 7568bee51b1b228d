import { app, type Session, shell, type WebContents } from 'electron'
import type { Log } from '../telemetry/log'
import { developmentPolicy } from './content-policy'
import { safeExternalLink } from './links'
import { mayDownload, mayNavigate } from './navigation'

const PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'notifications'])

type LockDownOptions = {
  /** Address of the development server; null for the built page. */
  readonly developmentUrl: string | null
  readonly log: Log
}

/**
 * Denies every window what ours never does: going elsewhere, opening windows, embedding pages, asking for
 * devices. Before the app is ready, so that no window is older than it.
 */
export function lockDown({ developmentUrl, log }: LockDownOptions): void {
  // With both, Chromium's helpers refuse to start; without a sandbox at all, it was asked for in words.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => {
    lockContents(contents, developmentUrl, log)
  })
  app.on('session-created', (session) => {
    lockSession(session, developmentUrl)
  })
}

/** Opens a link in the system's browser, mail program or phone; says whether it was one that may be opened. */
export async function openExternalLink(address: string): Promise<boolean> {
  const link = safeExternalLink(address)
  if (link === null) return false
  await shell.openExternal(link)
  return true
}

function lockContents(contents: WebContents, developmentUrl: string | null, log: Log): void {
  const refuse = (kind: string, event?: { preventDefault: () => void }) => {
    event?.preventDefault()
    log.warn({ kind }, 'Refused what a page wanted')
  }
  const navigate = (event: Electron.Event<Electron.WebContentsWillNavigateEventParams>) => {
    const isAllowed = event.isMainFrame && mayNavigate(contents.getURL(), event.url, developmentUrl)
    if (!isAllowed) refuse('navigation', event)
  }
  contents.on('will-navigate', navigate)
  contents.on('will-frame-navigate', navigate)
  contents.on('will-redirect', (event) => {
    refuse('redirect', event)
  })
  contents.on('will-attach-webview', (event) => {
    refuse('webview', event)
  })
  contents.setWindowOpenHandler(() => {
    refuse('window')
    return { action: 'deny' }
  })
}

function lockSession(session: Session, developmentUrl: string | null): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => {
    decide(PERMISSIONS.has(permission))
  })
  session.setPermissionCheckHandler((_contents, permission) => PERMISSIONS.has(permission))
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event, item) => {
    if (!mayDownload(item.getURL())) event.preventDefault()
  })
  if (developmentUrl === null) return
  const policy = developmentPolicy(new URL(developmentUrl).origin)
  session.webRequest.onHeadersReceived({ urls: ['http://*/*'] }, ({ responseHeaders }, decide) => {
    decide({ responseHeaders: { ...responseHeaders, 'Content-Security-Policy': [policy] } })
  })
}
