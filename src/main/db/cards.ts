import { eq, sql } from 'drizzle-orm'
import type { RequestId } from '../../shared/model/ids'
import { type ReadableDb, reading, type WritableDb, writing } from './database'
import { columnsAsPlaceholders } from './placeholders'
import { cards, messageLinks } from './schema/telegram'

/** A message of the bot that is edited in place. */
export type Card = typeof cards.$inferSelect
/** Which request a message belongs to. */
export type MessageLink = typeof messageLinks.$inferSelect

const byId = reading((orm) =>
  orm
    .select()
    .from(cards)
    .where(eq(cards.id, sql.placeholder('id')))
    .prepare(),
)
const byToken = reading((orm) =>
  orm
    .select()
    .from(cards)
    .where(eq(cards.token, sql.placeholder('token')))
    .prepare(),
)
const upsert = writing((orm) =>
  orm
    .insert(cards)
    .values(columnsAsPlaceholders(cards))
    .onConflictDoUpdate({
      target: cards.id,
      set: {
        chatId: sql`excluded.chat_id`,
        kind: sql`excluded.kind`,
        requestId: sql`excluded.request_id`,
        messageId: sql`excluded.message_id`,
        token: sql`excluded.token`,
        actions: sql`excluded.actions`,
        updatedAt: sql`excluded.updated_at`,
      },
    })
    .prepare(),
)
const setMessage = writing((orm) =>
  orm
    .update(cards)
    .set({ messageId: sql`${sql.placeholder('messageId')}` })
    .where(eq(cards.id, sql.placeholder('id')))
    .prepare(),
)

/** The card with this id, or undefined. */
export function findCard(db: ReadableDb, id: string): Card | undefined {
  return byId(db).get({ id })
}

/** The card whose present buttons carry this token, or undefined for buttons of the past. */
export function findCardByToken(db: ReadableDb, token: string): Card | undefined {
  return byToken(db).get({ token })
}

/** Writes a card as it is about to be drawn. */
export function saveCard(db: WritableDb, card: Card): void {
  upsert(db).run(card)
}

/** Notes which message shows the card; null when that message is gone. */
export function setCardMessage(db: WritableDb, id: string, messageId: number | null): void {
  setMessage(db).run({ id, messageId })
}

const linkOf = reading((orm) =>
  orm
    .select()
    .from(messageLinks)
    .where(
      sql`${messageLinks.chatId} = ${sql.placeholder('chatId')} and ${messageLinks.messageId} = ${sql.placeholder('messageId')}`,
    )
    .prepare(),
)
const insertLink = writing((orm) =>
  orm
    .insert(messageLinks)
    .values(columnsAsPlaceholders(messageLinks))
    .onConflictDoUpdate({
      target: [messageLinks.chatId, messageLinks.messageId],
      set: {
        requestId: sql`excluded.request_id`,
        part: sql`excluded.part`,
        commentId: sql`excluded.comment_id`,
      },
    })
    .prepare(),
)

/** What the message belongs to, or undefined when it belongs to no request. */
export function findLink(db: ReadableDb, chatId: number, messageId: number): MessageLink | undefined {
  return linkOf(db).get({ chatId, messageId })
}

/** Notes what a message belongs to. */
export function linkMessage(
  db: WritableDb,
  link: {
    readonly chatId: number
    readonly messageId: number
    readonly requestId: RequestId
    readonly part: MessageLink['part']
    readonly commentId?: string | null
  },
): void {
  insertLink(db).run({ ...link, commentId: link.commentId ?? null })
}
