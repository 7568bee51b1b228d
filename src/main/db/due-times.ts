import { and, sql } from 'drizzle-orm'
import { giveWork, type WritableDb, writing } from './database'
import { downloads, inbox, outbox } from './schema/telegram'

/** Nothing that the program puts off by itself is put off for longer, in ms. */
const LONGEST_OWN_MS = 15 * 60_000
/** Telegram may ask to wait for a day, in ms; a little more for the time that passes meanwhile. */
const LONGEST_ASKED_MS = 25 * 3_600_000

const now = sql`${sql.placeholder('now')}`
const tooLate = sql.placeholder('tooLate')
const messages = writing((orm) =>
  orm
    .update(outbox)
    .set({ notBefore: now })
    .where(
      and(
        sql`${outbox.state} = 'pending'`,
        sql`${outbox.notBefore} > case when ${outbox.lastError} is 'wait' then ${sql.placeholder('asked')} else ${tooLate} end`,
      ),
    )
    .prepare(),
)
const updates = writing((orm) =>
  orm
    .update(inbox)
    .set({ notBefore: now })
    .where(and(sql`${inbox.state} = 'new'`, sql`${inbox.notBefore} > ${tooLate}`))
    .prepare(),
)
const files = writing((orm) =>
  orm
    .update(downloads)
    .set({ notBefore: now })
    .where(and(sql`${downloads.state} = 'waiting'`, sql`${downloads.notBefore} > ${tooLate}`))
    .prepare(),
)

/**
 * Makes due what waits for a time that lies so far ahead that only a wrong clock can have set it: after the clock has
 * been put right it would wait for a month or a year. `at` is UTC ms.
 */
export function bringBackDueTimes(db: WritableDb, at: number): void {
  const given = { now: at, tooLate: at + LONGEST_OWN_MS, asked: at + LONGEST_ASKED_MS }
  if (messages(db).run(given).changes > 0) giveWork(db, 'sender')
  if (updates(db).run(given).changes > 0) giveWork(db, 'processor')
  if (files(db).run(given).changes > 0) giveWork(db, 'downloader')
}
