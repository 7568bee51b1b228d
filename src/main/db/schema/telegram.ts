import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { CommentId, RequestId } from '../../../shared/model/ids'
import { DeliveryState, FileState } from '../../../shared/model/vocabulary'
import { oneOf, valuesOf } from './columns'
import { requests } from './office'

// Every table is made STRICT by scripts/lib/revise.mjs: drizzle-kit has no word for it.
// Instants are UTC milliseconds. Ids are UUIDs as text.

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
