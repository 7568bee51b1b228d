import { asc, eq, sql } from 'drizzle-orm'
import type { CommentId, PersonId, RequestId } from '../../shared/model/ids'
import type { DeliveryState, Visibility } from '../../shared/model/vocabulary'
import { type ReadableDb, reading, touch, type WritableDb, writing } from './database'
import { columnsAsPlaceholders } from './placeholders'
import { recordChange } from './save-row'
import { comments } from './schema/office'
import { outbox } from './schema/telegram'

/** Something said about a request. Instants are UTC ms. */
export type Comment = {
  readonly id: CommentId
  readonly requestId: RequestId
  readonly userId: PersonId
  readonly comment: string
  readonly createdAt: number
  readonly visibility: Visibility
  readonly editedAt: number | null
}

/** A comment with how far its copy for the resident has come. */
export type CommentWithDelivery = Comment & {
  readonly outboxId: number | null
  readonly delivery: DeliveryState | null
  readonly deliveryAt: number | null
}

const byId = reading((orm) =>
  orm
    .select()
    .from(comments)
    .where(eq(comments.id, sql.placeholder('id')))
    .prepare(),
)
const ofRequest = reading((orm) =>
  orm
    .select({
      id: comments.id,
      requestId: comments.requestId,
      userId: comments.userId,
      comment: comments.comment,
      createdAt: comments.createdAt,
      visibility: comments.visibility,
      editedAt: comments.editedAt,
      outboxId: outbox.id,
      delivery: outbox.state,
      deliveryAt: sql<number | null>`coalesce(${outbox.settledAt}, ${outbox.createdAt})`,
    })
    .from(comments)
    .leftJoin(outbox, eq(outbox.dedupeKey, sql`'comment:' || ${comments.id}`))
    .where(eq(comments.requestId, sql.placeholder('requestId')))
    .orderBy(asc(comments.createdAt))
    .prepare(),
)
const insertRow = writing((orm) => orm.insert(comments).values(columnsAsPlaceholders(comments)).prepare())
const updateText = writing((orm) =>
  orm
    .update(comments)
    .set({ comment: sql`${sql.placeholder('comment')}`, editedAt: sql`${sql.placeholder('editedAt')}` })
    .where(eq(comments.id, sql.placeholder('id')))
    .prepare(),
)

/** The comment with this id, or undefined. */
export function findComment(db: ReadableDb, id: CommentId): Comment | undefined {
  return byId(db).get({ id })
}

/** Everything said about a request, oldest first. */
export function findComments(db: ReadableDb, requestId: RequestId): CommentWithDelivery[] {
  return ofRequest(db).all({ requestId })
}

/** Writes a new comment with its journal entry. */
export function addComment(db: WritableDb, comment: Comment): void {
  recordChange(db, {
    table: 'comments',
    before: null,
    after: comment,
    actor: comment.userId,
    at: comment.createdAt,
  })
  insertRow(db).run(comment)
  touch(db, 'requests', comment.requestId)
}

/** Replaces what a comment says; the journal keeps both versions. */
export function editComment(db: WritableDb, before: Comment, text: string, at: number): void {
  const after = { ...before, comment: text, editedAt: at }
  recordChange(db, { table: 'comments', before, after, actor: before.userId, at })
  updateText(db).run({ id: before.id, comment: text, editedAt: at })
  touch(db, 'requests', before.requestId)
}
