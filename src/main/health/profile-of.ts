import type { Profile, Slow } from '../../shared/model/profile'
import { type Measures, quantileOf, type Timing } from '../telemetry/measures'

/** Kinds of work that are shown of each. */
const MOST = 20

/** The slowest handlers, queries and sends since the program started. */
export function profileOf(measures: Measures): Profile {
  return {
    handlers: slowest([...measures.timings('handler'), ...measures.timings('use-case')]),
    queries: slowest([...measures.timings('query')]),
    sends: slowest([...measures.timings('send')]),
  }
}

function slowest(timings: readonly (readonly [string, Timing])[]): Slow[] {
  return timings
    .filter(([, { count }]) => count > 0)
    .map(([name, timing]) => ({
      name,
      count: timing.count,
      p50Ms: quantileOf(timing, 0.5),
      p95Ms: quantileOf(timing, 0.95),
      maxMs: timing.maxMs,
      totalMs: timing.totalMs,
    }))
    .toSorted((a, b) => b.totalMs - a.totalMs)
    .slice(0, MOST)
}
