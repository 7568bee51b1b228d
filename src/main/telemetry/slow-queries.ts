import type { QueryWatch } from '../db/query-watch'
import type { Log } from './log'
import type { Measures } from './measures'

/** A query that takes longer than this is written about, in ms: a window drops frames by then. */
const SLOW_MS = 40
/** The same query is written about once in this time, in ms: a slow disk must not fill the log. */
const AGAIN_MS = 60_000

/** What is told of the queries' times, and by which clock (ms). */
export type QueryTimesDeps = {
  readonly measures: Pick<Measures, 'time'>
  readonly log: Log
  readonly now: () => number
}

/** Keeps the times of all queries, and writes a line about each slow one: how SQLite goes about it, without values. */
export function createQueryTimes({ measures, log, now }: QueryTimesDeps): QueryWatch {
  const toldAt = new Map<string, number>()
  return (query, ms) => {
    measures.time('query', query.name, ms)
    if (ms <= SLOW_MS) return
    const { name } = query
    const at = now()
    const last = toldAt.get(name)
    // A clock that was set back must not silence it for long.
    if (last !== undefined && at >= last && at - last < AGAIN_MS) return
    toldAt.set(name, at)
    log.warn({ scope: 'db', ms: Math.round(ms) }, `Slow query: ${name}. Plan: ${query.plan()}`)
  }
}
