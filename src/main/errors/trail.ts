import type { LogEntry } from '../telemetry/log-entry'
import type { EntryError } from './entry-error'
import type { Crumb, Reporter } from './reporter'

/** Lines of the log that go with an error. */
const LONGEST = 30
/** Errors that are kept until something can send them. */
const MOST_WAITING = 20

/** The last lines of the log, and the errors among them that nobody could send yet. */
export type Trail = {
  readonly hear: (entry: LogEntry, error: EntryError | null, to: Reporter | null) => void
  readonly sendWaiting: (to: Reporter) => void
  readonly isWaiting: () => boolean
  readonly forget: () => void
}

/** Keeps the way to an error. */
export function createTrail(): Trail {
  let crumbs: Crumb[] = []
  let waiting: { readonly error: EntryError; readonly crumbs: readonly Crumb[] }[] = []
  return {
    hear: (entry, error, to) => {
      if (error !== null) {
        if (to !== null) to.capture(error, [...crumbs])
        else if (waiting.length < MOST_WAITING) waiting.push({ error, crumbs: [...crumbs] })
      }
      crumbs.push(crumbOf(entry))
      if (crumbs.length > LONGEST) crumbs.shift()
    },
    sendWaiting: (to) => {
      for (const one of waiting.splice(0)) to.capture(one.error, one.crumbs)
    },
    isWaiting: () => waiting.length > 0,
    forget: () => {
      crumbs = []
      waiting = []
    },
  }
}

/** Without its fields: what varies stays here. */
function crumbOf({ time, level, scope, message, fields }: LogEntry): Crumb {
  const part = typeof fields.scope === 'string' ? fields.scope : scope
  return { at: Date.parse(time), level, scope: part, sentence: message }
}
