import { and, eq, sql } from 'drizzle-orm'
import { must } from '../../shared/model/refusal'
import { type ReadableDb, reading } from './database'
import { fixedLimit } from './placeholders'
import { requests } from './schema/office'
import { inbox, outbox } from './schema/telegram'

/** Counting always gives a row. */
const COUNTED = 'the counted row'
/** Looks at no more requests than this for the oldest that nobody has. */
const MOST_LOOKED_AT = 1000
/** The board's order is the due time with the priority in its last two bits: see domain/board-order.ts. */
const RANKS = 4

const newUpdates = reading((orm) =>
  orm
    .select({ waiting: sql<number>`count(*)`, oldestAt: sql<number | null>`min(${inbox.receivedAt})` })
    .from(inbox)
    // The second condition is always so: with it SQLite says that it searches the index instead of scanning it.
    .where(and(sql`${inbox.state} = 'new'`, sql`${inbox.botId} > 0`))
    .prepare(),
)
const deadUpdates = reading((orm) =>
  orm
    .select({ count: sql<number>`count(*)` })
    .from(inbox)
    .where(and(sql`${inbox.state} = 'dead'`, sql`${inbox.receivedAt} > 0`))
    .prepare(),
)
const dueMessages = reading((orm) =>
  orm
    .select({ waiting: sql<number>`count(*)`, oldestAt: sql<number | null>`min(${outbox.notBefore})` })
    .from(outbox)
    .where(and(sql`${outbox.state} = 'pending'`, sql`${outbox.notBefore} <= ${sql.placeholder('now')}`))
    .prepare(),
)
const troubledMessages = reading((orm) =>
  orm
    .select({
      unknown: sql<number>`count(*) filter (where ${outbox.state} = 'unknown')`,
      failed: sql<number>`count(*) filter (where ${outbox.state} <> 'unknown')`,
    })
    .from(outbox)
    .where(and(sql`${outbox.state} in ('unknown', 'failed', 'blocked')`, sql`${outbox.createdAt} > 0`))
    .prepare(),
)
const dueBetween = reading((orm) =>
  orm
    .select({ count: sql<number>`count(*)` })
    .from(requests)
    .where(
      and(
        sql`${requests.endedAt} is null`,
        sql`${requests.status} in ('OPEN', 'ASSIGNED', 'IN_PROGRESS')`,
        sql`${requests.boardOrder} >= ${sql.placeholder('from')} * ${sql.raw(String(RANKS))}`,
        sql`${requests.boardOrder} < ${sql.placeholder('to')} * ${sql.raw(String(RANKS))}`,
      ),
    )
    .prepare(),
)
const unassigned = reading((orm) =>
  orm
    .select({ createdAt: requests.createdAt })
    .from(requests)
    .where(and(sql`${requests.endedAt} is null`, eq(requests.status, sql`'OPEN'`)))
    .orderBy(requests.boardOrder)
    .limit(fixedLimit(MOST_LOOKED_AT))
    .prepare(),
)

/** How many wait, and since when the oldest does, UTC ms. */
export type Waiting = { readonly waiting: number; readonly oldestAt: number | null }

/** Updates that are stored and not handled yet. */
export function waitingUpdates(db: ReadableDb): Waiting {
  return must(newUpdates(db).get(), COUNTED)
}

/** How many updates were set aside after all tries. */
export function countSetAside(db: ReadableDb): number {
  return must(deadUpdates(db).get(), COUNTED).count
}

/** Messages that could go out by now. */
export function waitingMessages(db: ReadableDb, now: number): Waiting {
  return must(dueMessages(db).get({ now }), COUNTED)
}

/** Messages of which nobody knows whether they arrived, and those that were given up. */
export function countTroubled(db: ReadableDb): { readonly unknown: number; readonly failed: number } {
  return must(troubledMessages(db).get(), COUNTED)
}

/** How many running promises end in a span of time, UTC ms, read off the order of the board. */
export function countDue(db: ReadableDb, from: number, to: number): number {
  return must(dueBetween(db).get({ from, to }), COUNTED).count
}

/** When the oldest of the requests that nobody has was written, UTC ms; of the thousand that are due first. */
export function oldestUnassignedAt(db: ReadableDb): number | null {
  return unassigned(db)
    .all()
    .reduce<number | null>((oldest, { createdAt }) => Math.min(oldest ?? createdAt, createdAt), null)
}
