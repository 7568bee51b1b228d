import type { IpcMainInvokeEvent, WebContents } from 'electron'

// The window and the origin that it is meant to show; a window that shows anything else is a stranger.
const trusted = new Map<WebContents, string>()

/** Lets the main frame of this window call and hear the program while it shows this origin. */
export function trustWindow(contents: WebContents, origin: string): void {
  trusted.set(contents, origin)
  contents.once('destroyed', () => {
    trusted.delete(contents)
  })
}

/** Whether a call comes from the main frame of one of our windows, showing what it was opened for. */
export function isTrustedSender({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
  const origin = trusted.get(sender)
  // The frame is null when it has gone or navigated since it called.
  if (origin === undefined || senderFrame === null) return false
  return senderFrame === sender.mainFrame && senderFrame.origin === origin
}

/** The windows that may be told something now. */
export function trustedWindows(): readonly WebContents[] {
  return [...trusted]
    .filter(([contents, origin]) => !contents.isDestroyed() && originOf(contents) === origin)
    .map(([contents]) => contents)
}

/** What a window shows; null while its process has crashed: then there is nobody to tell, and the page will read anew. */
function originOf(contents: WebContents): string | null {
  try {
    return contents.mainFrame.origin
  } catch {
    // Electron throws when the frame has gone with its process.
    return null
  }
}
