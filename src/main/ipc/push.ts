import { channels } from '../../shared/ipc/channels'
import { PushEvent } from '../../shared/ipc/contract'
import type { Log } from '../telemetry/log'
import { type Announcement, createCardChanges, type ReadCards } from './card-changes'
import { trustedWindows } from './trusted-sender'

/** A window as far as telling it something goes. */
export type Receiver = { readonly send: (channel: string, event: PushEvent) => void }

type PushOptions = {
  readonly readCards: ReadCards
  readonly log: Log
  /** The windows that are told; all trusted ones unless a test says otherwise. */
  readonly windows?: () => readonly Receiver[]
  /** Milliseconds that never go back. */
  readonly now?: () => number
}

/** The way from the main process to its windows. */
export type Push = {
  /** Sends one event to all windows now. Never throws. */
  readonly send: (event: PushEvent) => void
  /** Tells the windows what a committed transaction changed; announcements of one frame go together. */
  readonly announce: (announcement: Announcement) => void
  /** Forgets what has been announced and not yet sent. */
  readonly stop: () => void
}

/** Makes the push to all trusted windows. */
export function createPush({ readCards, log, windows = trustedWindows, now = monotonic }: PushOptions): Push {
  const send = (event: PushEvent) => {
    pushToWindows(event, log, windows)
  }
  const changes = createCardChanges({ send, hasListeners: () => windows().length > 0, readCards, log, now })
  return { send, announce: changes.announce, stop: changes.stop }
}

/** Sends one event to all windows now. Never throws. */
export function pushToWindows(
  event: PushEvent,
  log: Log,
  windows: () => readonly Receiver[] = trustedWindows,
): void {
  const receivers = windows()
  if (receivers.length === 0) return
  try {
    // Parsing drops every field that the contract does not name, so no secret leaks by accident.
    const parsed = PushEvent.parse(event)
    for (const receiver of receivers) receiver.send(channels.push, parsed)
  } catch (error) {
    log.error({ error, kind: event.type }, 'An event could not be sent to the windows')
  }
}

function monotonic(): number {
  return performance.now()
}
