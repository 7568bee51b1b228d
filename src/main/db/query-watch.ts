import type { Statement } from 'better-sqlite3'
import type { Sqlite } from './connection'

/** One prepared query of the program, told apart by its name. */
export type WatchedQuery = {
  /** What it does, without any value: `select requests by id`. */
  readonly name: string
  /** How SQLite goes about it, without any value; empty for a plain insert. */
  readonly plan: () => string
}

/** Asked once for each query; gives who is told how long each of its runs took, in ms. */
export type QueryWatch = (query: WatchedQuery) => (ms: number) => void

type Run = (values?: Readonly<Record<string, unknown>>) => unknown
const RUNS = ['all', 'get', 'run'] as const

/**
 * The same query, each run told to the watch. Made once for each query, so that a run costs two looks at the clock.
 * @param watch told how long; runs inside of the caller's transaction, so it must not throw
 */
export function watched<T>(made: T, query: WatchedQuery, watch: QueryWatch): T {
  // What drizzle prepares, or our compiled form of it: some of three methods.
  const tell = watch(query)
  const runs = made as unknown as Partial<Record<(typeof RUNS)[number], Run>>
  const timed: Partial<Record<(typeof RUNS)[number], Run>> = {}
  for (const name of RUNS) {
    const run = runs[name]?.bind(made)
    if (run === undefined) continue
    timed[name] = (values) => {
      const began = performance.now()
      try {
        return run(values)
      } finally {
        tell(performance.now() - began)
      }
    }
  }
  // The same methods under the same names.
  return timed as unknown as T
}

/** Names the queries of one connection; two that do alike are told apart by a number. */
export function queryNames(sqlite: Sqlite): (made: unknown) => WatchedQuery {
  const taken = new Map<string, number>()
  return (made) => {
    // What drizzle prepares holds its statement; its own types keep it to themselves.
    const { stmt } = made as { readonly stmt: Statement }
    const plain = nameOf(stmt.source)
    const times = (taken.get(plain) ?? 0) + 1
    taken.set(plain, times)
    return {
      name: times === 1 ? plain : `${plain} (${String(times)})`,
      plan: () => planOf(sqlite, stmt.source),
    }
  }
}

const LONGEST_NAME = 100
const TABLE = /\b(?:from|into|update) "?(\w+)"?/u
const WHERE = /\bwhere\b/u
const AFTER_WHERE = /\b(?:order by|limit|returning|on conflict|group by)\b/u
const COLUMN = /"(\w+)"(?!\s*\.)/gu

/** What a statement does, to what, by which columns. Its text has no values in it: they are bound. */
export function nameOf(sql: string): string {
  const text = withoutSubqueries(sql)
  const [verb = ''] = text.split(/\s/u, 1)
  const table = TABLE.exec(text)?.[1] ?? ''
  const [, where = ''] = text.split(WHERE)
  const [conditions = ''] = where.split(AFTER_WHERE)
  const columns = [...conditions.matchAll(COLUMN)].map(([, column]) => column ?? '')
  const by = [...new Set(columns)].join(', ')
  return `${verb} ${table}${by === '' ? '' : ` by ${by}`}`.slice(0, LONGEST_NAME)
}

/** The same without what is selected in brackets. */
function withoutSubqueries(sql: string): string {
  let kept = ''
  let depth = 0
  for (let index = 0; index < sql.length; index += 1) {
    const letter = sql.charAt(index)
    const isInside = depth > 0
    if (letter === '(' && (isInside || /^\(\s*select\b/u.test(sql.slice(index, index + 20)))) depth += 1
    if (depth === 0) kept += letter
    if (letter === ')' && isInside) depth -= 1
  }
  return kept
}

type Step = { readonly detail: string }

/** SQLite's own account of how it runs a statement. Every parameter is null here: the plan does not depend on values. */
function planOf(sqlite: Sqlite, sql: string): string {
  try {
    const explain = sqlite.prepare<unknown[], Step>(`explain query plan ${sql}`)
    const parameters = sql.split('?').length - 1
    const steps = explain.all(...Array.from({ length: parameters }, () => null))
    return steps.map(({ detail }) => detail).join('; ')
  } catch {
    // Whoever asks only wants to write a line about it.
    return 'plan not known'
  }
}
