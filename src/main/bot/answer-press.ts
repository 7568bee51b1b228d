import { z } from 'zod'
import type { WritableDb } from '../db/database'
import { enqueue } from '../db/outbox'
import { updateName } from '../usecases/row-ids'
import type { BotContext } from './context'

/** Words of the small notice after a press; null only stops the button's waiting sign. */
export const Notice = z
  .enum(['noLonger', 'notNow', 'tooLate', 'missing', 'tooMany', 'sent', 'saved'])
  .nullable()
export type Notice = z.infer<typeof Notice>

/** Answers a press, best effort: Telegram takes answers for a short time only. */
export function answerPress(
  db: WritableDb,
  ctx: BotContext,
  key: Notice,
  now: number,
  params: Readonly<Record<string, string>> = {},
): void {
  const queryId = ctx.callbackQuery?.id
  if (queryId === undefined) return
  enqueue(db, {
    dedupeKey: `answer:${updateName(ctx.key)}`,
    // Answers don't wait behind the chat's messages: a chat of their own, below all real ones.
    chatId: -Math.abs(ctx.from?.id ?? 0) - 1,
    kind: 'answer',
    cardId: null,
    requestId: null,
    method: 'answer',
    // That chat is nobody's, so the reader's language goes along.
    payload: { queryId, key, params, language: ctx.person.language },
    policy: 'idempotent',
    notBefore: now,
    createdAt: now,
  })
}
