import type { HealthHistory, HistorySpan } from '../../shared/model/health-history'
import type { ReadableDb } from '../db/database'
import { findSamples } from '../db/health-history'
import { gridOf, SPANS } from '../domain/health-points'

/** The last hour, day or month in even steps; the last step is the one that now lies in. */
export function readHistory(db: ReadableDb, span: HistorySpan, now: number): HealthHistory {
  const { ms, stepMs, from: length } = SPANS[span]
  const steps = Math.round(ms / stepMs)
  const until = (Math.floor(now / stepMs) + 1) * stepMs
  const from = until - steps * stepMs
  return { from, stepMs, points: gridOf(findSamples(db, length, from, until), { from, stepMs, steps }) }
}
