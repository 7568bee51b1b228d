import { sql } from 'drizzle-orm'
import { check, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { AlertKey, AlertLevel } from '../../../shared/model/alerts'
import { oneOf, valuesOf } from './columns'

// Every table is made STRICT by scripts/lib/revise.mjs: drizzle-kit has no word for it.
// What is here is this desk's own: no journal entry is written and nothing is passed on to another desk.

export const healthSamples = sqliteTable(
  'health_samples',
  {
    /** Length of the while in minutes: 1, or 30 once it is older than a day. */
    span: integer().notNull(),
    /** Its beginning. */
    at: integer().notNull(),
    /** Minutes of it that were seen. */
    seen: integer().notNull(),
    /** Of these, how many heard Telegram. */
    listening: integer().notNull(),
    updates: integer().notNull(),
    sends: integer().notNull(),
    sendFailures: integer('send_failures').notNull(),
    errors: integer().notNull(),
    inboxWaiting: integer('inbox_waiting').notNull(),
    outboxWaiting: integer('outbox_waiting').notNull(),
    loopDelayMs: integer('loop_delay_ms').notNull(),
    memoryBytes: integer('memory_bytes').notNull(),
    freeBytes: integer('free_bytes').notNull(),
    databaseBytes: integer('database_bytes').notNull(),
    openRequests: integer('open_requests').notNull(),
    overdue: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.span, t.at] }), check('health_samples_span', sql`${t.span} in (1, 30)`)],
)

export const alerts = sqliteTable(
  'alerts',
  {
    id: integer().primaryKey(),
    key: text({ enum: valuesOf(AlertKey) }).notNull(),
    level: text({ enum: valuesOf(AlertLevel) }).notNull(),
    /** When the cause began. */
    since: integer().notNull(),
    /** When the cause was first seen: it has to last before anybody is told. */
    seenAt: integer('seen_at').notNull(),
    raisedAt: integer('raised_at'),
    /** Since when the cause is gone; it has to stay away before this is over. */
    clearSince: integer('clear_since'),
    endedAt: integer('ended_at'),
    acknowledgedAt: integer('acknowledged_at'),
    snoozedUntil: integer('snoozed_until'),
    /** The worst level that people were told of. */
    toldLevel: text('told_level', { enum: valuesOf(AlertLevel) }),
    toldAt: integer('told_at'),
    details: text().notNull(),
  },
  (t) => [
    // Nothing is raised twice without having ended, whatever the program gets wrong.
    uniqueIndex('alerts_open').on(t.key).where(sql`ended_at is null`),
    check('alerts_key', oneOf(t.key, AlertKey.options)),
    check('alerts_level', oneOf(t.level, AlertLevel.options)),
    check('alerts_told_level', oneOf(t.toldLevel, AlertLevel.options)),
    check('alerts_details', sql`json_valid(${t.details})`),
  ],
)
