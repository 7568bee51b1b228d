import type { LogEntry } from '../telemetry/log-entry'
import type { Loggable, LoggedError } from '../telemetry/redact'
import { knownSentence } from './known-sentences'

/** What a line of the log says of an error, cut down to what may be kept and sent. */
export type EntryError = {
  readonly at: number
  readonly scope: string
  /** The error's code, or its name when it has none; empty for a line without an error. */
  readonly code: string
  /** The error's name; empty for a line without an error. */
  readonly name: string
  readonly sentence: string
  readonly detail: string
  readonly frames: readonly string[]
  /** What led to it, the nearest first. */
  readonly causes: readonly Pick<EntryError, 'code' | 'name' | 'detail' | 'frames'>[]
}

const MOST_CAUSES = 3

/** What a line of level error tells of its error. */
export function entryError({ time, scope, message, fields }: LogEntry): EntryError {
  const error = isLoggedError(fields.error) ? fields.error : undefined
  return {
    at: Date.parse(time),
    scope: typeof fields.scope === 'string' ? fields.scope : scope,
    sentence: message,
    ...partsOf(error),
    causes: causesOf(error).map(partsOf),
  }
}

/** All causes in one row: which hangs on which does not matter to whoever reads them. */
function causesOf(error: LoggedError | undefined): readonly LoggedError[] {
  const found = (error?.causes ?? []).flatMap((cause) => [cause, ...causesOf(cause)])
  return found.slice(0, MOST_CAUSES)
}

function partsOf(error: LoggedError | undefined): EntryError['causes'][number] {
  if (error === undefined) return { code: '', name: '', detail: '', frames: [] }
  const { name, message, frames = [] } = error
  // A wrapping error often has no code of its own: the one that it wraps says what is wrong.
  const coded = [error, ...causesOf(error)].find(({ code }) => code !== undefined)
  return { code: String(coded?.code ?? name), name, detail: knownSentence(message), frames }
}

function isLoggedError(value: Loggable | undefined): value is LoggedError {
  return typeof value === 'object' && value !== null
}
