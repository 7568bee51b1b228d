import { z } from 'zod'
import { Instant } from './ids'

/** How far back a history looks. */
export const HistorySpan = /* @__PURE__ */ z.enum(['hour', 'day', 'month'])
export type HistorySpan = z.infer<typeof HistorySpan>

const count = z.int().min(0)

/** What is kept of a while: sums of what happened, and the worst of what stood. */
export const HealthPoint = /* @__PURE__ */ z.object({
  /** Share of the time in which Telegram's messages came in, in percent. */
  listening: z.int().min(0).max(100),
  updates: count,
  sends: count,
  sendFailures: count,
  errors: count,
  inboxWaiting: count,
  outboxWaiting: count,
  loopDelayMs: count,
  memoryBytes: count,
  freeBytes: count,
  databaseBytes: count,
  openRequests: count,
  overdue: count,
})
export type HealthPoint = z.infer<typeof HealthPoint>

/** A while in steps of equal length. A step without a point is a gap: the program was not running. */
export const HealthHistory = /* @__PURE__ */ z.object({
  from: Instant,
  stepMs: z.int().min(1),
  points: z.array(HealthPoint.nullable()),
})
export type HealthHistory = z.infer<typeof HealthHistory>
