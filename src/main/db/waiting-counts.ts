import { sql } from 'drizzle-orm'
import { type ReadableDb, reading } from './database'
import { inbox, outbox } from './schema/telegram'
import { requests } from './schema/office'

const count = sql<number>`count(*)`
const newUpdates = reading((orm) =>
  orm
    .select({ count, oldestAt: sql<number | null>`min(${inbox.receivedAt})` })
    .from(inbox)
    .where(sql`${inbox.state} = 'new'`)
    .prepare(),
)
const deadUpdates = reading((orm) =>
  orm.select({ count }).from(inbox).where(sql`${inbox.state} = 'dead'`).prepare(),
)
const pending = reading((orm) =>
  orm
    .select({ count, oldestAt: sql<number | null>`min(${outbox.createdAt})` })
    .from(outbox)
    .where(sql`${outbox.state} = 'pending'`)
    .prepare(),
)
const trouble = reading((orm) =>
  orm
    .select({
      unknown: sql<number>`coalesce(sum(${outbox.state} = 'unknown'), 0)`,
      failed: sql<number>`coalesce(sum(${outbox.state} = 'failed'), 0)`,
    })
    .from(outbox)
    .where(sql`${outbox.state} in ('unknown', 'failed', 'blocked')`)
    .prepare(),
)
const oldestOpen = reading((orm) =>
  orm
    .select({ at: sql<number | null>`min(${requests.createdAt})` })
    .from(requests)
    .where(sql`${requests.status} = 'OPEN' and ${requests.endedAt} is null`)
    .prepare(),
)

/** What waits, by a few look-ups in small indexes. */
export function countWaiting(db: ReadableDb) {
  const incoming = newUpdates(db).get()
  const outgoing = pending(db).get()
  const bad = trouble(db).get()
  return {
    inbox: {
      waiting: incoming?.count ?? 0,
      oldestAt: incoming?.oldestAt ?? null,
      setAside: deadUpdates(db).get()?.count ?? 0,
    },
    outbox: {
      waiting: outgoing?.count ?? 0,
      oldestAt: outgoing?.oldestAt ?? null,
      unknown: bad?.unknown ?? 0,
      failed: bad?.failed ?? 0,
    },
    oldestUnassignedAt: oldestOpen(db).get()?.at ?? null,
  }
}
