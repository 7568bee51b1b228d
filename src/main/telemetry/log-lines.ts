import { type LogFilter, type LogLine, LogLevel } from '../../shared/model/log-line'
import { errorForm, isLoggedError } from './console-form'
import { isWanted, type LogEntry } from './log-entry'
import type { Loggable, LoggedError } from './redact'

/** A line of the log as a window shows it. */
export function lineOfEntry({ time, level, scope, message, fields }: LogEntry): LogLine {
  return { time, level, scope, message, ...shown(fields) }
}

/** Reads a line of the file; null when it is none, such as one that a power cut has left half-written. */
export function lineOfText(text: string): LogLine | null {
  const parsed = parse(text)
  if (parsed === null) return null
  const { time, level: given, scope, message, version: _everywhere, device: _too, ...fields } = parsed
  const level = LogLevel.safeParse(given)
  if (typeof time !== 'string' || typeof message !== 'string' || !level.success) return null
  return { time, level: level.data, scope: typeof scope === 'string' ? scope : '', message, ...shown(fields) }
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text)
    // An object's keys are texts.
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function shown(given: Readonly<Record<string, unknown>>): Pick<LogLine, 'fields' | 'error'> {
  const fields: Record<string, string | number | boolean | null> = {}
  let error: string | null = null
  for (const [name, value] of Object.entries(given)) {
    if (isPlain(value)) fields[name] = value
    // Written by the redactor, in this form.
    else if (isLoggedError(value as Loggable)) error = errorForm(value as LoggedError)
  }
  return { fields, error }
}

function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

/** Tells which lines are wanted. */
export type Wanted = (line: LogLine) => boolean

/**
 * Makes the test for a filter. With a request it also knows the updates and messages that were seen to be about that
 * request: their other lines belong to it, although these were written before the request had a number.
 */
export function wantedBy({ level, scope, request, text }: LogFilter): Wanted {
  const words = text.trim().toLowerCase()
  const isOfRequest = request === null ? () => true : ofRequest(request)
  return (line) =>
    // First, since it learns from lines that are not shown too.
    isOfRequest(line) &&
    isWanted(line.level, level) &&
    (scope === null || line.scope === scope || line.scope.startsWith(`${scope}.`)) &&
    (words === '' || textOf(line).includes(words))
}

function ofRequest({ number, id }: NonNullable<LogFilter['request']>): Wanted {
  const updates = new Set<unknown>()
  return ({ fields }) => {
    const { requestNumber, requestId, updateId } = fields
    const isIts = requestNumber === number || (id !== null && requestId === id)
    if (isIts && updateId !== undefined) updates.add(updateId)
    return isIts || (updateId !== undefined && updates.has(updateId))
  }
}

function textOf({ message, fields, error }: LogLine): string {
  const words = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`)
  return [message, ...words, error ?? ''].join(' ').toLowerCase()
}
