import type { QueryWatch } from '../db/query-watch'
import type { Log } from './log'
import type { Measures } from './measures'

/** A query that takes longer than this is written about, in ms: a window drops frames by then. */
const SLOW_MS = 40
/** The same query is written about once in this time, in ms: a slow disk must not fill the log. */
const AGAIN_MS = 60_000

/** What is told of the queries' times, and by which clock (ms). */
export type QueryTimesDeps = {
  readonly measures: Pick<Measures, 'timer'>
  readonly log: Log
  readonly now: () => number
}

/** Keeps the times of all queries, and writes a line about each slow one: how SQLite goes about it, without values. */
export function createQueryTimes({ measures, log, now }: QueryTimesDeps): QueryWatch {
  return (query) => {
    const { name } = query
    const time = measures.timer('query', name)
    let toldAt: number | null = null
    return (ms) => {
      time(ms)
      if (ms <= SLOW_MS) return
      const at = now()
      // A clock that was set back must not silence it for long.
      if (toldAt !== null && at >= toldAt && at - toldAt < AGAIN_MS) return
      toldAt = at
      log.warn({ scope: 'db', ms: Math.round(ms) }, `Slow query: ${name}. Plan: ${query.plan()}`)
    }
  }
}
