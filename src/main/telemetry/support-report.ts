import type { LogLine } from '../../shared/model/log-line'
import type { Redactor } from './redact'

/** What a report for support is made of. Everything but the log is numbers, yes or no, and words of programmers. */
export type ReportParts = {
  /** UTC ms. */
  readonly at: number
  readonly versions: Readonly<Record<string, string>>
  /** How the program does, as far as its parts tell it. */
  readonly facts: unknown
  readonly settings: unknown
  readonly lines: readonly LogLine[]
  /** Whether the log goes further back than the lines. */
  readonly hasOlder: boolean
}

const KEY = /^[A-Za-z][\w.-]{0,60}$/
const WORD = /^[\w.,:/@%+()-]{0,120}$/
const DEEPEST = 6
const MOST_ITEMS = 200

/** The report as the text that is shown, and saved as it was shown. */
export function reportText(parts: ReportParts, redactor: Redactor): string {
  const { at, versions, facts, settings, lines, hasOlder } = parts
  const sections = [
    ['Facility Dispatcher: report for support', `Made at ${new Date(at).toISOString()}`],
    ['Versions', ...listOf(versions, redactor)],
    ['Health', ...listOf(facts, redactor)],
    ['Settings', ...listOf(settings, redactor)],
    [`Log (${hasOlder ? 'the newest' : 'all'} ${String(lines.length)} lines)`, ...lines.flatMap(lineText)],
  ]
  return sections.map(([title, ...rest]) => `== ${title ?? ''} ==\n${rest.join('\n')}\n`).join('\n')
}

/** Name of the file in which a report made then is saved. */
export function reportName(at: number): string {
  const minute = new Date(at).toISOString().slice(0, 16)
  return `facility-dispatcher-report-${minute.replaceAll(':', '').replace('T', '-')}.txt`
}

function lineText({ time, level, scope, message, fields, error }: LogLine): string[] {
  const words = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`)
  const line = [time, level.padEnd(5), ...(scope === '' ? [] : [`${scope}:`]), message, ...words].join(' ')
  return [line, ...(error === null ? [] : error.split('\n').map((part) => `    ${part}`))]
}

/** Facts as `name.of.part: value` lines, by an allowlist of forms: a text that somebody wrote has none of them. */
function listOf(given: unknown, redactor: Redactor, name = '', depth = 0): string[] {
  if (typeof given !== 'object' || given === null) return [`${name}: ${valueOf(given, redactor)}`]
  if (depth === DEEPEST) return [`${name}: …`]
  return Object.entries(given)
    .slice(0, MOST_ITEMS)
    .filter(([key]) => KEY.test(key) || Array.isArray(given))
    .flatMap(([key, value]) => listOf(value, redactor, name === '' ? key : `${name}.${key}`, depth + 1))
}

function valueOf(given: unknown, redactor: Redactor): string {
  if (given === null || given === undefined) return 'none'
  if (typeof given === 'boolean') return given ? 'yes' : 'no'
  if (typeof given === 'number') return String(given)
  return typeof given === 'string' && WORD.test(given) ? redactor.text(given) : '[left out]'
}
