import type { ReadableDb } from '../db/database'
import { findDue, findFirstDueOf, findRetrying, nextDueAt, type Outgoing } from '../db/outbox'

/** Rows looked at for one round, at least: a chat may have many of them in a row. */
const LOOK_AT = 16

type Rest = { readonly until: number; readonly asked: boolean }

/** Longest rest that Telegram asks for, in ms; a later end was set by a clock that was wrong. */
const LONGEST_REST_MS = 25 * 3_600_000

/** Which chats may be written to: each has one call on its way, and rests after one that must be made again. */
export type Chats = {
  readonly begin: (chatId: number) => void
  readonly end: (chatId: number) => void
  /** Leaves a chat alone until then, in UTC ms; `asked` when Telegram has asked for it. */
  readonly rest: (chatId: number, until: number, asked: boolean) => void
  /** Ends the rests that Telegram has not asked for, or that a wrong clock has made. */
  readonly rouse: (now: number) => void
  readonly busy: () => number
  /** The next row of up to `limit` chats that are free, each chat in the order of its rows. */
  readonly choose: (limit: number, now: number) => Outgoing[]
  /** When the next row becomes due or a rest ends, in UTC ms; null when nothing waits for its time. */
  readonly nextAt: (now: number) => number | null
}

/** Begins with the rests that an earlier run has left. */
export function createChats(read: ReadableDb): Chats {
  const busy = new Set<number>()
  const resting = new Map<number, Rest>()
  for (const { chatId, until, asked } of findRetrying(read))
    resting.set(chatId, { until, asked: asked === 1 })

  const closed = (now: number): Set<number> => {
    const chats = new Set(busy)
    for (const [chatId, { until }] of resting) if (until > now) chats.add(chatId)
    return chats
  }

  return {
    begin: (chatId) => busy.add(chatId),
    end: (chatId) => busy.delete(chatId),
    rest: (chatId, until, asked) => resting.set(chatId, { until, asked }),
    rouse: (now) => {
      for (const [chatId, { until, asked }] of resting) {
        if (!asked || until > now + LONGEST_REST_MS) resting.set(chatId, { until: now, asked })
      }
    },
    busy: () => busy.size,
    choose: (limit, now) => {
      const rows: Outgoing[] = []
      const taken = closed(now)
      while (rows.length < limit) {
        const size = Math.max(LOOK_AT, 2 * (limit - rows.length))
        const page = findDue(read, now, size, taken)
        for (const row of page) {
          if (rows.length === limit) break
          if (taken.has(row.chatId)) continue
          taken.add(row.chatId)
          // After a rest the row that failed is due later than those behind it, and goes first all the same.
          const rested = resting.delete(row.chatId)
          rows.push((rested ? findFirstDueOf(read, row.chatId, now) : undefined) ?? row)
        }
        if (page.length < size) break
      }
      return rows
    },
    nextAt: (now) => {
      const ends = [...resting.values()].map(({ until }) => until).filter((until) => until > now)
      const due = nextDueAt(read, now)
      return due === null && ends.length === 0 ? null : Math.min(due ?? Infinity, ...ends)
    },
  }
}
