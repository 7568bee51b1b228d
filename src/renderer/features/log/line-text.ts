import type { LogLine } from '../../../shared/model/log-line'

/** The fields of a line as `name=value`. */
export function fieldsText({ fields }: LogLine): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ')
}

/** The same, short enough for a row: the long name of a request is not needed where its number stands. */
export function shortFieldsText(line: LogLine): string {
  const { requestId: _long, ...others } = line.fields
  const fields = others['requestNumber'] === undefined ? line.fields : others
  return fieldsText({ ...line, fields })
}

/** A line as it is copied: everything that is known of it. */
export function lineText(line: LogLine): string {
  const { time, level, scope, message, error } = line
  const parts = [time, level.padEnd(5), scope === '' ? '' : `${scope}:`, message, fieldsText(line)]
  const places = error === null ? [] : error.split('\n').map((part) => `    ${part}`)
  return [parts.filter((part) => part !== '').join(' '), ...places].join('\n')
}

/** Time of day to the millisecond, on this computer's clock. */
export function timeOfDay(time: string): string {
  const at = new Date(time)
  if (Number.isNaN(at.getTime())) return ''
  const two = (value: number) => String(value).padStart(2, '0')
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')
  return `${clock}.${String(at.getMilliseconds()).padStart(3, '0')}`
}

/** Day of a line as `2026-05-01`, on this computer's calendar. */
export function dayOf(time: string): string {
  const at = new Date(time)
  if (Number.isNaN(at.getTime())) return ''
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** The lines with these places as they are copied. */
export function textOf(lines: readonly LogLine[], from: number, to: number): string {
  return lines
    .slice(from, to + 1)
    .map(lineText)
    .join('\n')
}
