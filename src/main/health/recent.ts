import type { Facts } from '../../shared/model/facts'
import type { Seen } from '../domain/alert-rules'

/** How far back "recent" goes, in ms. */
const RECENT_MS = 10 * 60_000

type Mark = { readonly at: number; readonly sendsFailed: number; readonly errors: number }

/** Counts what happened within the last ten minutes, from counters that only rise while the program runs. */
export function createRecent(): (facts: Pick<Facts, 'at' | 'totals'>) => Seen['recent'] {
  let marks: Mark[] = []
  return ({ at, totals }) => {
    const now = { at, sendsFailed: totals.sendsFailed, errors: totals.errors + totals.windowErrors }
    // The clock may have been set back: what lies in the future counts no more.
    marks = [...marks.filter((mark) => mark.at <= at), now]
    // The newest mark that is old enough is where the ten minutes begin.
    const from = marks.findLastIndex((mark) => mark.at <= at - RECENT_MS)
    if (from > 0) marks = marks.slice(from)
    const [oldest] = marks
    return {
      sendsFailed: now.sendsFailed - (oldest?.sendsFailed ?? 0),
      errors: now.errors - (oldest?.errors ?? 0),
    }
  }
}
