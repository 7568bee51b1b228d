import { and, asc, eq, sql } from 'drizzle-orm'
import type { RequestId } from '../../shared/model/ids'
import type { DeliveryState } from '../../shared/model/vocabulary'
import { giveWork, type ReadableDb, reading, touch, type WritableDb, writing } from './database'
import { columnsAsPlaceholders, fixedLimit, limitPlaceholder } from './placeholders'
import { requests, users } from './schema/office'
import { outbox } from './schema/telegram'

/** A message, edit or answer on its way to Telegram. Instants are UTC ms. */
export type Outgoing = typeof outbox.$inferSelect

/** How the sender turns the row into a call; rendering happens when it is sent, with the facts of that moment. */
export type OutgoingMethod = 'card' | 'message' | 'album' | 'reaction' | 'answer'

/** What is written for a new outgoing row. */
export type NewOutgoing = {
  /** Makes the same cause write one row only. */
  readonly dedupeKey: string
  readonly chatId: number
  readonly kind: string
  readonly cardId: string | null
  readonly requestId: RequestId | null
  readonly method: OutgoingMethod
  readonly payload: Readonly<Record<string, unknown>>
  readonly policy: Outgoing['policy']
  readonly notBefore: number
  readonly createdAt: number
}

const insertRow = writing((orm) => {
  const { id: _assignedBySqlite, ...rest } = columnsAsPlaceholders(outbox)
  return orm.insert(outbox).values(rest).onConflictDoNothing().prepare()
})

/** Puts something into the outbox; the same dedupe key again does nothing. */
export function enqueue(db: WritableDb, row: NewOutgoing): void {
  giveWork(db, 'sender')
  insertRow(db).run({
    ...row,
    payload: JSON.stringify(row.payload),
    state: 'pending',
    attempts: 0,
    settledAt: null,
    messageId: null,
    lastError: null,
  })
}

const bringForward = writing((orm) =>
  orm
    .update(outbox)
    .set({ notBefore: sql`min(${outbox.notBefore}, ${sql.placeholder('notBefore')})` })
    .where(and(eq(outbox.cardId, sql.placeholder('cardId')), sql`${outbox.state} = 'pending'`))
    .prepare(),
)

/**
 * Whether a drawing of this card waits already; it goes out then, or at the given instant if that is sooner. One
 * waiting row is enough, since a card is drawn with the facts of the moment.
 */
export function isCardWaiting(db: WritableDb, cardId: string, notBefore: number): boolean {
  if (bringForward(db).run({ cardId, notBefore }).changes === 0) return false
  giveWork(db, 'sender')
  return true
}

const isDue = and(sql`${outbox.state} = 'pending'`, sql`${outbox.notBefore} <= ${sql.placeholder('now')}`)
const due = reading((orm) =>
  orm
    .select()
    .from(outbox)
    .where(
      and(
        isDue,
        sql`${outbox.chatId} not in (select value from json_each(${sql.placeholder('closedChats')}))`,
      ),
    )
    .orderBy(asc(outbox.notBefore), asc(outbox.id))
    .limit(limitPlaceholder())
    .prepare(),
)
const firstDueOf = reading((orm) =>
  orm
    .select()
    .from(outbox)
    .where(and(isDue, eq(outbox.chatId, sql.placeholder('chatId'))))
    // The plus keeps SQLite from reading everything ever sent, by id, until it meets a row that waits.
    .orderBy(sql`+${outbox.id}`)
    .limit(fixedLimit(1))
    .prepare(),
)
const next = reading((orm) =>
  orm
    .select({ at: outbox.notBefore })
    .from(outbox)
    .where(and(sql`${outbox.state} = 'pending'`, sql`${outbox.notBefore} > ${sql.placeholder('now')}`))
    .orderBy(asc(outbox.notBefore))
    .limit(fixedLimit(1))
    .prepare(),
)
const retrying = reading((orm) =>
  orm
    .select({
      chatId: outbox.chatId,
      until: sql<number>`max(${outbox.notBefore})`,
      asked: sql<number>`max(${outbox.lastError} = 'wait')`,
    })
    .from(outbox)
    .where(and(sql`${outbox.state} = 'pending'`, sql`${outbox.attempts} > 0`))
    .groupBy(outbox.chatId)
    .prepare(),
)
const retryNow = writing((orm) =>
  orm
    .update(outbox)
    .set({ notBefore: sql`${sql.placeholder('now')}` })
    .where(
      and(
        sql`${outbox.state} = 'pending'`,
        sql`${outbox.notBefore} > ${sql.placeholder('now')}`,
        sql`${outbox.attempts} > 0`,
        sql`${outbox.lastError} is not 'wait'`,
      ),
    )
    .prepare(),
)

/** Rows to send now, oldest first, leaving out the chats that must not be written to. */
export function findDue(
  db: ReadableDb,
  now: number,
  limit: number,
  closedChats: ReadonlySet<number>,
): Outgoing[] {
  return due(db).all({ now, limit, closedChats: JSON.stringify([...closedChats]) })
}

/** The row of the chat that was written first, of those to send now. */
export function findFirstDueOf(db: ReadableDb, chatId: number, now: number): Outgoing | undefined {
  return firstDueOf(db).get({ chatId, now })
}

/** When the next row becomes due after now, in UTC ms; null when none does. */
export function nextDueAt(db: ReadableDb, now: number): number | null {
  return next(db).get({ now })?.at ?? null
}

/** Chats with a message to send again, and until when they are left alone; `asked` is 1 when Telegram asked for it. */
export function findRetrying(db: ReadableDb): { chatId: number; until: number; asked: number }[] {
  return retrying(db).all()
}

/** Has everything that failed sent again at once, but what Telegram has asked to wait for. */
export function retryOutgoing(db: WritableDb, now: number): void {
  retryNow(db).run({ now })
}

const markSending = writing((orm) =>
  orm
    .update(outbox)
    .set({ state: 'sending', attempts: sql`${outbox.attempts} + 1` })
    .where(eq(outbox.id, sql.placeholder('id')))
    .prepare(),
)
const settle = writing((orm) =>
  orm
    .update(outbox)
    .set({
      state: sql`${sql.placeholder('state')}`,
      settledAt: sql`${sql.placeholder('settledAt')}`,
      messageId: sql`${sql.placeholder('messageId')}`,
      lastError: sql`${sql.placeholder('lastError')}`,
      notBefore: sql`coalesce(${sql.placeholder('notBefore')}, ${outbox.notBefore})`,
    })
    .where(eq(outbox.id, sql.placeholder('id')))
    .prepare(),
)

/** Notes that the call is about to be made: after a crash nobody can know whether it was. */
export function startSending(db: WritableDb, id: number): void {
  markSending(db).run({ id })
}

/** What became of a row. */
export type Outcome = {
  readonly state: DeliveryState
  readonly at: number
  readonly messageId?: number | null
  readonly error?: string | null
  /** When to try again, in UTC ms, for a row that goes back to waiting. */
  readonly notBefore?: number | null
}

const needsALook: ReadonlySet<DeliveryState> = new Set(['unknown', 'failed', 'blocked'])

/** Writes what became of a row, and tells the windows when somebody at the desk may care. */
export function settleOutgoing(
  db: WritableDb,
  row: Pick<Outgoing, 'id' | 'requestId' | 'kind'>,
  outcome: Outcome,
): void {
  settle(db).run({
    id: row.id,
    state: outcome.state,
    settledAt: outcome.state === 'pending' ? null : outcome.at,
    messageId: outcome.messageId ?? null,
    lastError: outcome.error ?? null,
    notBefore: outcome.notBefore ?? null,
  })
  if (outcome.state === 'pending') giveWork(db, 'sender')
  if (needsALook.has(outcome.state)) touch(db, 'attention')
  if (row.requestId !== null && row.kind === 'comment') touch(db, 'requests', row.requestId)
}

const sending = reading((orm) => orm.select().from(outbox).where(sql`${outbox.state} = 'sending'`).prepare())

/** Rows that were being sent when the program ended. */
export function findSending(db: ReadableDb): Outgoing[] {
  return sending(db).all()
}

const byId = reading((orm) =>
  orm
    .select()
    .from(outbox)
    .where(eq(outbox.id, sql.placeholder('id')))
    .prepare(),
)

/** The row with this id, or undefined. */
export function findOutgoing(db: ReadableDb, id: number): Outgoing | undefined {
  return byId(db).get({ id })
}

const cancelHeldBack = writing((orm) =>
  orm
    .update(outbox)
    .set({ state: 'cancelled', settledAt: sql`${sql.placeholder('at')}` })
    .where(
      and(
        eq(outbox.requestId, sql.placeholder('requestId')),
        sql`${outbox.state} = 'pending'`,
        sql`json_extract(${outbox.payload}, '$.undo') = ${sql.placeholder('undo')}`,
      ),
    )
    .prepare(),
)

/** Takes back the messages of an action that is being undone; how many there were. */
export function cancelOutgoing(db: WritableDb, requestId: RequestId, undo: string, at: number): number {
  return cancelHeldBack(db).run({ requestId, undo, at }).changes
}

const uncertainOf = reading((orm) =>
  orm
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        // As the index has it: SQLite does not see that a state alone is one of these.
        sql`${outbox.state} in ('unknown', 'failed', 'blocked')`,
        sql`${outbox.state} = 'unknown'`,
        sql`${outbox.cardId} = ${sql.placeholder('cardId')}`,
      ),
    )
    .limit(fixedLimit(1))
    .prepare(),
)

/** Whether nobody knows of an earlier message with this card whether it arrived. */
export function isCardUncertain(db: ReadableDb, cardId: string): boolean {
  return uncertainOf(db).get({ cardId }) !== undefined
}

const certainOf = writing((orm) =>
  orm
    .update(outbox)
    .set({ state: 'sent', messageId: sql`${sql.placeholder('messageId')}`, lastError: null })
    .where(
      and(
        // As above.
        sql`${outbox.state} in ('unknown', 'failed', 'blocked')`,
        sql`${outbox.state} = 'unknown'`,
        sql`${outbox.cardId} = ${sql.placeholder('cardId')}`,
      ),
    )
    .prepare(),
)

/** Notes that a card has arrived after all, as this message: nobody needs to look at it any more. */
export function settleUncertainCard(db: WritableDb, cardId: string, messageId: number): void {
  if (certainOf(db).run({ cardId, messageId }).changes > 0) touch(db, 'attention')
}

const trouble = reading((orm) =>
  orm
    .select({
      id: outbox.id,
      state: outbox.state,
      createdAt: outbox.createdAt,
      lastError: outbox.lastError,
      to: users.name,
      desk: requests.desk,
      sequence: requests.sequence,
    })
    .from(outbox)
    .leftJoin(users, eq(users.telegramId, outbox.chatId))
    .leftJoin(requests, eq(requests.id, outbox.requestId))
    .where(sql`${outbox.state} in ('unknown', 'failed', 'blocked')`)
    .orderBy(asc(outbox.createdAt))
    .limit(fixedLimit(200))
    .prepare(),
)

/** Messages that did not arrive, or may not have. */
export function findTrouble(db: ReadableDb) {
  return trouble(db).all()
}
