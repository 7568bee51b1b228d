import { z } from 'zod'
import { DiskState } from './conditions'
import { Instant } from './ids'
import { BoardStatus } from './vocabulary'

const count = z.int().min(0)

/** How the program does at one moment: what health, metrics, history and alerts are all made from. */
export const Facts = z.object({
  at: Instant,
  startedAt: Instant,
  bot: z.object({
    /** Kind of the bot's state, see BotState. */
    state: z.string(),
    /** When Telegram last answered a poll; null before the first time. */
    lastAnsweredAt: Instant.nullable(),
  }),
  /** Received updates that are not handled yet, and those that were set aside after all tries. */
  inbox: z.object({ waiting: count, oldestAt: Instant.nullable(), setAside: count }),
  /** Messages to send: still to go, of unknown end, given up. `oldestAt` is when the oldest still to go was due. */
  outbox: z.object({ waiting: count, oldestAt: Instant.nullable(), unknown: count, failed: count }),
  /** Counted since the program started. */
  totals: z.object({
    updatesReceived: count,
    updatesHandled: count,
    updatesFailed: count,
    sendsDone: count,
    sendsFailed: count,
    sendsRetried: count,
    /** Lines of level error in the log. */
    errors: count,
    windowErrors: count,
  }),
  database: z.object({
    bytes: count,
    walBytes: count,
    /** What the last check of the whole file said. */
    check: z.enum(['ok', 'failed', 'none-yet']),
  }),
  /** Null in the practice building, which has none. */
  backup: z.object({ lastAt: Instant.nullable(), isOld: z.boolean() }).nullable(),
  disk: z.object({ state: DiskState, freeBytes: count }),
  /** Delay of the event loop over the last minute, 99th percentile, in ms; memory of all processes in bytes. */
  process: z.object({ loopDelayMs: z.number().min(0), memoryBytes: count }),
  requests: z.object({
    byStatus: z.record(BoardStatus, count),
    /** Open requests near their due time, and past it. */
    atRisk: count,
    overdue: count,
    /** When the oldest request that nobody has was written. */
    oldestUnassignedAt: Instant.nullable(),
  }),
  /** Null while no second desk is joined. */
  sync: z.object({ lagMs: z.number().min(0) }).nullable(),
})
export type Facts = z.infer<typeof Facts>
