import type { LogEntry } from './log-entry'
import type { Loggable, LoggedError } from './redact'

const COLOURS = { error: 31, warn: 33, info: 36, debug: 90 } as const

/** A log entry for people: time of day, level, scope, sentence, then fields as `name=value`. */
export function consoleForm({ time, level, scope, message, fields }: LogEntry, colour: boolean): string {
  const mark = colour ? `\u001b[${String(COLOURS[level])}m${level.padEnd(5)}\u001b[0m` : level.padEnd(5)
  const words = Object.entries(fields).map(([name, value]) => `${name}=${shortForm(value)}`)
  const line = [time.slice(11, 23), mark, ...(scope === '' ? [] : [`${scope}:`]), message, ...words].join(' ')
  const frames = level === 'error' && isLoggedError(fields.error) ? (fields.error.frames ?? []) : []
  return [line, ...frames.map((frame) => `      at ${frame}`)].join('\n')
}

/** An error as lines of text: name, code, message and reasons, then the places. */
export function errorForm(error: LoggedError): string {
  return [shortForm(error), ...(error.frames ?? []).map((frame) => `at ${frame}`)].join('\n')
}

function shortForm(value: Loggable): string {
  if (!isLoggedError(value)) return String(value)
  const code = value.code === undefined ? '' : ` [${String(value.code)}]`
  const causes = value.causes?.map((cause) => ` <- ${shortForm(cause)}`) ?? []
  return `${value.name}${code}: ${value.message}${causes.join('')}`
}

/** Whether a field holds an error. */
export function isLoggedError(value: Loggable | undefined): value is LoggedError {
  return typeof value === 'object' && value !== null
}
