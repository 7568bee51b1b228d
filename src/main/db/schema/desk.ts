import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { PersonId } from '../../../shared/model/ids'
import { users } from './office'

// Every table is made STRICT by scripts/lib/revise.mjs: drizzle-kit has no word for it.
// Instants are UTC milliseconds. Ids are UUIDs as text.

export const changes = sqliteTable(
  'changes',
  {
    deviceId: text('device_id').notNull(),
    /** Dense for each device: a hole proves that something is missing. */
    seq: integer().notNull(),
    hlc: text().notNull(),
    tableName: text('table_name').notNull(),
    rowId: text('row_id').notNull(),
    patch: text().notNull(),
    /** The person who did it; null when the program did. */
    actor: text(),
    at: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.deviceId, t.seq] }),
    index('changes_row').on(t.tableName, t.rowId, t.at),
    check('changes_patch', sql`json_valid(${t.patch})`),
  ],
)

export const invites = sqliteTable('invites', {
  id: text().primaryKey(),
  code: text().notNull().unique(),
  name: text().notNull(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
  usedBy: text('used_by')
    .$type<PersonId>()
    .references(() => users.id),
  revokedAt: integer('revoked_at'),
})

export const settings = sqliteTable(
  'settings',
  { key: text().primaryKey(), value: text().notNull() },
  (t) => [check('settings_value', sql`json_valid(${t.value})`)],
)

export const counters = sqliteTable('counters', {
  name: text().primaryKey(),
  value: integer().notNull(),
})
