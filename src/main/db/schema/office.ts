import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { BuildingId, CommentId, FileId, PersonId, RequestId, UnitId } from '../../../shared/model/ids'
import {
  FileKind,
  FileState,
  Language,
  Priority,
  Role,
  Status,
  UnitKind,
  Urgency,
  Visibility,
} from '../../../shared/model/vocabulary'
import { oneOf, valuesOf } from './columns'

// Every table is made STRICT by scripts/lib/revise.mjs: drizzle-kit has no word for it.
// Instants are UTC milliseconds. Ids are UUIDs as text.

export const buildings = sqliteTable('buildings', {
  id: text().$type<BuildingId>().primaryKey(),
  name: text().notNull(),
  address: text().notNull().default(''),
  /** Opaque part of the deep link; not the name, so that it can be revoked. */
  linkCode: text('link_code').notNull().unique(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull().default(true),
  createdAt: integer('created_at').notNull(),
})

export const units = sqliteTable(
  'units',
  {
    id: text().$type<UnitId>().primaryKey(),
    buildingId: text('building_id')
      .$type<BuildingId>()
      .notNull()
      .references(() => buildings.id),
    name: text().notNull(),
    kind: text({ enum: valuesOf(UnitKind) })
      .notNull()
      .default('unit'),
    linkCode: text('link_code').notNull().unique(),
    position: integer().notNull(),
    isActive: integer('is_active', { mode: 'boolean' }).notNull().default(true),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('units_building_name').on(t.buildingId, t.name),
    check('units_kind', oneOf(t.kind, UnitKind.options)),
  ],
)

export const categories = sqliteTable('categories', {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  position: integer().notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull().default(true),
  createdAt: integer('created_at').notNull(),
})

export const users = sqliteTable(
  'users',
  {
    id: text().$type<PersonId>().primaryKey(),
    telegramId: integer('telegram_id').unique(),
    username: text(),
    role: text({ enum: valuesOf(Role) })
      .notNull()
      .default('user'),
    isActive: integer('is_active', { mode: 'boolean' }).notNull().default(true),
    createdAt: integer('created_at').notNull(),
    name: text().notNull().default(''),
    /** True once the desk has named this person: Telegram's name no longer replaces it. */
    namedByDesk: integer('named_by_desk', { mode: 'boolean' }).notNull().default(false),
    language: text({ enum: valuesOf(Language) })
      .notNull()
      .default('en'),
    unitId: text('unit_id')
      .$type<UnitId>()
      .references(() => units.id),
    /** When the person blocked the bot; null while messages can reach them. */
    blockedAt: integer('blocked_at'),
  },
  (t) => [
    index('users_role').on(t.role, t.name),
    index('users_unit').on(t.unitId),
    check('users_role', oneOf(t.role, Role.options)),
    check('users_language', oneOf(t.language, Language.options)),
    check('users_is_active', sql`${t.isActive} in (0, 1)`),
  ],
)

export const requests = sqliteTable(
  'requests',
  {
    id: text().$type<RequestId>().primaryKey(),
    userId: text('user_id')
      .$type<PersonId>()
      .notNull()
      .references(() => users.id),
    title: text().notNull(),
    description: text().notNull(),
    location: text().notNull(),
    status: text({ enum: valuesOf(Status) })
      .notNull()
      .default('OPEN'),
    priority: text({ enum: valuesOf(Priority) })
      .notNull()
      .default('MEDIUM'),
    assignedTo: text('assigned_to')
      .$type<PersonId>()
      .references(() => users.id),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    completedAt: integer('completed_at'),
    /** Letter of the desk that numbered it: empty on the first desk. */
    desk: text().notNull().default(''),
    sequence: integer().notNull(),
    source: text({ enum: ['telegram', 'desk'] })
      .notNull()
      .default('telegram'),
    urgency: text({ enum: valuesOf(Urgency) }),
    buildingId: text('building_id')
      .$type<BuildingId>()
      .references(() => buildings.id),
    unitId: text('unit_id')
      .$type<UnitId>()
      .references(() => units.id),
    categoryId: text('category_id').references(() => categories.id),
    responseDueAt: integer('response_due_at'),
    resolutionDueAt: integer('resolution_due_at'),
    firstRespondedAt: integer('first_responded_at'),
    takenAt: integer('taken_at'),
    startedAt: integer('started_at'),
    holdReason: text('hold_reason'),
    holdUntil: integer('hold_until'),
    /** Working time left of the resolution target when the hold began, in ms. */
    holdRemainingMs: integer('hold_remaining_ms'),
    /** Why it was declined, or what was done to resolve it. */
    endedReason: text('ended_reason'),
    endedAt: integer('ended_at'),
    duplicateOf: text('duplicate_of').$type<RequestId>(),
    reopenedCount: integer('reopened_count').notNull().default(0),
    /** Kept with the row so that a page of cards needs no counting. */
    photoCount: integer('photo_count').notNull().default(0),
    commentCount: integer('comment_count').notNull().default(0),
    unreadCount: integer('unread_count').notNull().default(0),
    thumbnail: text(),
    /** Position within its column, from due time and priority: see domain/board-order.ts. */
    boardOrder: integer('board_order').notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [
    uniqueIndex('requests_number').on(t.desk, t.sequence),
    index('requests_user').on(t.userId, t.createdAt),
    index('requests_assignee').on(t.assignedTo, t.status),
    // The board's pages: only requests that are on the board, so its size does not grow with the archive.
    index('requests_board').on(t.status, t.boardOrder, t.id).where(sql`ended_at is null`),
    index('requests_archive').on(t.endedAt, t.id).where(sql`ended_at is not null`),
    index('requests_auto_close').on(t.completedAt).where(sql`status = 'RESOLVED'`),
    foreignKey({ columns: [t.duplicateOf], foreignColumns: [t.id], name: 'requests_duplicate_of' }),
    check('requests_status', oneOf(t.status, Status.options)),
    check('requests_priority', oneOf(t.priority, Priority.options)),
    check('requests_urgency', oneOf(t.urgency, Urgency.options)),
    check('requests_source', oneOf(t.source, ['telegram', 'desk'])),
    check(
      'requests_ended',
      sql`(${t.endedAt} is not null) = (${t.status} in ('CLOSED', 'DUPLICATE', 'DECLINED', 'CANCELLED'))`,
    ),
  ],
)

export const comments = sqliteTable(
  'comments',
  {
    id: text().$type<CommentId>().primaryKey(),
    requestId: text('request_id')
      .$type<RequestId>()
      .notNull()
      .references(() => requests.id),
    userId: text('user_id')
      .$type<PersonId>()
      .notNull()
      .references(() => users.id),
    comment: text().notNull(),
    createdAt: integer('created_at').notNull(),
    visibility: text({ enum: valuesOf(Visibility) })
      .notNull()
      .default('internal'),
    editedAt: integer('edited_at'),
  },
  (t) => [
    index('comments_request').on(t.requestId, t.createdAt),
    index('comments_user').on(t.userId),
    check('comments_visibility', oneOf(t.visibility, Visibility.options)),
  ],
)

export const files = sqliteTable(
  'files',
  {
    id: text().$type<FileId>().primaryKey(),
    requestId: text('request_id')
      .$type<RequestId>()
      .notNull()
      .references(() => requests.id),
    fileType: text('file_type', { enum: valuesOf(FileKind) }).notNull(),
    fileId: text('file_id').notNull(),
    fileName: text('file_name').notNull(),
    uploadedBy: text('uploaded_by')
      .$type<PersonId>()
      .references(() => users.id),
    uploadedAt: integer('uploaded_at').notNull(),
    /** Telegram's name for the content, the same for every copy of it. */
    uniqueId: text('unique_id').notNull(),
    state: text({ enum: valuesOf(FileState) })
      .notNull()
      .default('waiting'),
    sha256: text(),
  },
  (t) => [
    index('files_request').on(t.requestId, t.uploadedAt),
    index('files_unique').on(t.uniqueId),
    check('files_type', oneOf(t.fileType, FileKind.options)),
    check('files_state', oneOf(t.state, FileState.options)),
  ],
)
