import { sql } from 'drizzle-orm'
import {
  type AnySQLiteColumn,
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import type { BuildingId, CommentId, FileId, PersonId, RequestId, UnitId } from '../../shared/model/ids'
import {
  DeliveryState,
  FileKind,
  FileState,
  Language,
  Priority,
  Role,
  Status,
  UnitKind,
  Urgency,
  Visibility,
} from '../../shared/model/vocabulary'

// Every table is made STRICT by scripts/generate-migration.mjs: drizzle-kit has no word for it.
// Instants are UTC milliseconds. Ids are UUIDs as text.

/** The values of a zod enum as drizzle wants them; an enum without values would not be one, so the cast holds. */
function valuesOf<T extends string>(vocabulary: { readonly options: readonly T[] }): [T, ...T[]] {
  return vocabulary.options as [T, ...T[]]
}

/** `column IN (…)` with the values written out: SQLite keeps no enum of its own. */
function oneOf(column: AnySQLiteColumn, values: readonly string[]) {
  return sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`
}

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

/** Fetching of files from Telegram: one row for each content, begun when the message arrives. */
export const downloads = sqliteTable(
  'downloads',
  {
    uniqueId: text('unique_id').primaryKey(),
    fileId: text('file_id').notNull(),
    state: text({ enum: valuesOf(FileState) })
      .notNull()
      .default('waiting'),
    sha256: text(),
    attempts: integer().notNull().default(0),
    notBefore: integer('not_before').notNull(),
    createdAt: integer('created_at').notNull(),
    lastError: text('last_error'),
  },
  (t) => [
    index('downloads_waiting').on(t.notBefore).where(sql`state = 'waiting'`),
    check('downloads_state', oneOf(t.state, FileState.options)),
  ],
)

/** Append-only journal: the visible history, the audit log and what is synced. */
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

export const InboxState = ['new', 'done', 'ignored', 'dead'] as const

export const inbox = sqliteTable(
  'inbox',
  {
    botId: integer('bot_id').notNull(),
    /** Rises when Telegram restarts its numbering, so that old ids don't hide new updates. */
    epoch: integer().notNull(),
    updateId: integer('update_id').notNull(),
    chatId: integer('chat_id'),
    kind: text().notNull(),
    receivedAt: integer('received_at').notNull(),
    payload: text().notNull(),
    state: text({ enum: InboxState }).notNull().default('new'),
    attempts: integer().notNull().default(0),
    notBefore: integer('not_before').notNull().default(0),
    lastError: text('last_error'),
  },
  (t) => [
    primaryKey({ columns: [t.botId, t.epoch, t.updateId] }),
    index('inbox_new').on(t.botId, t.epoch, t.updateId).where(sql`state = 'new'`),
    index('inbox_dead').on(t.receivedAt).where(sql`state = 'dead'`),
    check('inbox_state', oneOf(t.state, InboxState)),
  ],
)

/** Where each bot's reading stands: what to confirm next, and since when nobody listened. */
export const listening = sqliteTable('listening', {
  botId: integer('bot_id').primaryKey(),
  epoch: integer().notNull().default(0),
  /** Next offset to ask for; null asks from the earliest unconfirmed update. */
  nextOffset: integer('next_offset'),
  lastOkAt: integer('last_ok_at'),
})

export const OutboxPolicy = ['idempotent', 'at-least-once', 'at-most-once'] as const

export const outbox = sqliteTable(
  'outbox',
  {
    id: integer().primaryKey(),
    dedupeKey: text('dedupe_key').notNull().unique(),
    chatId: integer('chat_id').notNull(),
    /** What it tells: rendered in the reader's language when it is sent. */
    kind: text().notNull(),
    /** Card that it keeps up to date; null for a message of its own. */
    cardId: text('card_id'),
    requestId: text('request_id')
      .$type<RequestId>()
      .references(() => requests.id),
    method: text().notNull(),
    payload: text().notNull(),
    policy: text({ enum: OutboxPolicy }).notNull(),
    state: text({ enum: valuesOf(DeliveryState) })
      .notNull()
      .default('pending'),
    attempts: integer().notNull().default(0),
    notBefore: integer('not_before').notNull(),
    createdAt: integer('created_at').notNull(),
    settledAt: integer('settled_at'),
    messageId: integer('message_id'),
    lastError: text('last_error'),
  },
  (t) => [
    index('outbox_pending').on(t.notBefore, t.id).where(sql`state = 'pending'`),
    index('outbox_sending').on(t.id).where(sql`state = 'sending'`),
    index('outbox_trouble').on(t.createdAt).where(sql`state in ('unknown', 'failed', 'blocked')`),
    index('outbox_request').on(t.requestId),
    index('outbox_card').on(t.cardId).where(sql`state = 'pending'`),
    check('outbox_state', oneOf(t.state, DeliveryState.options)),
    check('outbox_policy', oneOf(t.policy, OutboxPolicy)),
    check('outbox_payload', sql`json_valid(${t.payload})`),
  ],
)

/** Messages of the bot that are edited in place, with what their buttons mean. */
export const cards = sqliteTable(
  'cards',
  {
    id: text().primaryKey(),
    chatId: integer('chat_id').notNull(),
    kind: text().notNull(),
    requestId: text('request_id').$type<RequestId>(),
    messageId: integer('message_id'),
    /** Opaque first part of its buttons' callback_data; a new one retires the old buttons. */
    token: text().notNull().unique(),
    /** Meaning of each button, in order. */
    actions: text().notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (t) => [index('cards_request').on(t.requestId), check('cards_actions', sql`json_valid(${t.actions})`)],
)

/** Which request a message in a chat belongs to, for replies and edits. */
export const messageLinks = sqliteTable(
  'message_links',
  {
    chatId: integer('chat_id').notNull(),
    messageId: integer('message_id').notNull(),
    requestId: text('request_id').$type<RequestId>().notNull(),
    /** What the message became, when a resident or technician wrote it. */
    part: text({ enum: ['bot', 'description', 'comment', 'file'] }).notNull(),
    commentId: text('comment_id').$type<CommentId>(),
  },
  (t) => [
    primaryKey({ columns: [t.chatId, t.messageId] }),
    index('message_links_request').on(t.requestId),
    check('message_links_part', oneOf(t.part, ['bot', 'description', 'comment', 'file'])),
  ],
)

export const dialogues = sqliteTable(
  'dialogues',
  {
    chatId: integer('chat_id').primaryKey(),
    state: text().notNull(),
    version: integer().notNull().default(1),
    updatedAt: integer('updated_at').notNull(),
  },
  (t) => [check('dialogues_state', sql`json_valid(${t.state})`)],
)

/** One-use invitations for technicians. */
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

/** Numbers kept with the rows they count: by trigger for statuses, by use case for sequences. */
export const counters = sqliteTable('counters', {
  name: text().primaryKey(),
  value: integer().notNull(),
})
