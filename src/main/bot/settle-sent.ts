import { linkMessage, setCardMessage } from '../db/cards'
import { findCard } from '../db/cards'
import type { WritableDb } from '../db/database'
import { isCardUncertain, type Outgoing, type Outcome, settleOutgoing } from '../db/outbox'
import type { Failure } from './failures'
import { backoff } from './pause'

/** After so many tries a message is given up and shown to the manager. */
const TRIES = 50
/** A message older than this is not sent any more, in ms: nobody wants last week's news. */
const LONGEST_LIFE_MS = 24 * 3_600_000
/** A press is answered within this time or not at all, in ms. */
const ANSWER_LIFE_MS = 60_000
const LONGEST_PAUSE_MS = 10 * 60_000

/** How a call ended. */
export type Ended =
  | { readonly kind: 'sent'; readonly messageIds: readonly number[] }
  | { readonly kind: 'nothing-to-send' }
  | Failure

/** Writes how a call ended. Returns for how long the chat must be left alone, in ms; 0 when not at all. */
export function settleSent(db: WritableDb, row: Outgoing, ended: Ended, now: number): number {
  switch (ended.kind) {
    case 'sent':
      noteMessages(db, row, ended.messageIds)
      settleOutgoing(db, row, { state: 'sent', at: now, messageId: ended.messageIds[0] ?? row.messageId })
      return 0
    case 'unchanged':
      settleOutgoing(db, row, { state: 'sent', at: now, messageId: row.messageId })
      return 0
    case 'nothing-to-send':
    case 'too-late':
      settleOutgoing(db, row, { state: 'cancelled', at: now })
      return 0
    case 'blocked':
      settleOutgoing(db, row, { state: quietly(row, 'blocked'), at: now, error: 'blocked' })
      return 0
    case 'gone':
      return startAgain(db, row, now)
    case 'refused':
      settleOutgoing(db, row, { state: quietly(row, 'failed'), at: now, error: ended.description })
      return 0
    case 'wait':
      return restUntil({ ...again(row, now, 'wait'), notBefore: now + ended.ms }, db, row, now)
    default:
      return interrupted(db, row, ended, now)
  }
}

/** Rows that were being sent when the program ended: nobody knows whether they arrived. */
export function settleInterrupted(db: WritableDb, row: Outgoing, now: number): void {
  interrupted(db, row, { kind: 'network', sent: true }, now)
}

function interrupted(db: WritableDb, row: Outgoing, failure: Failure, now: number): number {
  const uncertain = (failure.kind === 'network' || failure.kind === 'server') && failure.sent
  // What may have arrived is not sent twice on our own, unless twice does no harm.
  if (uncertain && row.policy === 'at-most-once') {
    settleOutgoing(db, row, { state: 'unknown', at: now, error: failure.kind })
    return 0
  }
  // A card may appear twice, never three times.
  if (uncertain && row.policy === 'at-least-once' && mayBeThereTwice(db, row)) {
    settleOutgoing(db, row, { state: 'unknown', at: now, error: failure.kind })
    return 0
  }
  return restUntil(again(row, now, failure.kind), db, row, now)
}

/** What must be sent again holds up its chat, so that nothing overtakes it. */
function restUntil(outcome: Outcome, db: WritableDb, row: Outgoing, now: number): number {
  settleOutgoing(db, row, outcome)
  return outcome.state === 'pending' ? (outcome.notBefore ?? now) - now : 0
}

/** Whether the card may have appeared twice by now: by this row, or by one before it of which nobody knows either. */
function mayBeThereTwice(db: WritableDb, { cardId, attempts }: Outgoing): boolean {
  const isFirst = cardId !== null && findCard(db, cardId)?.messageId == null
  return isFirst && (attempts >= 2 || isCardUncertain(db, cardId))
}

function again(row: Outgoing, now: number, error: string): Outcome {
  const life = row.method === 'answer' ? ANSWER_LIFE_MS : LONGEST_LIFE_MS
  if (row.attempts >= TRIES || now - row.createdAt > life)
    return { state: quietly(row, 'failed'), at: now, error }
  return { state: 'pending', at: now, error, notBefore: now + backoff(row.attempts + 1, LONGEST_PAUSE_MS) }
}

/** Nobody needs to look at an answer to a press or at a receipt that did not arrive. */
function quietly(row: Outgoing, state: 'failed' | 'blocked'): Outcome['state'] {
  return row.method === 'answer' || row.method === 'reaction' ? 'cancelled' : state
}

/** The message to edit is gone: the card is sent anew. */
function startAgain(db: WritableDb, row: Outgoing, now: number): number {
  if (row.cardId === null || row.attempts > 2) {
    settleOutgoing(db, row, { state: quietly(row, 'failed'), at: now, error: 'gone' })
    return 0
  }
  setCardMessage(db, row.cardId, null)
  settleOutgoing(db, row, { state: 'pending', at: now, notBefore: now, error: 'gone' })
  return 0
}

/** Remembers which messages show the card and belong to the request, for edits and replies. */
function noteMessages(db: WritableDb, row: Outgoing, messageIds: readonly number[]): void {
  const card = row.cardId === null ? undefined : findCard(db, row.cardId)
  const [first] = messageIds
  if (card && first !== undefined) setCardMessage(db, card.id, first)
  const requestId = row.requestId ?? card?.requestId ?? null
  if (requestId === null) return
  for (const messageId of messageIds)
    linkMessage(db, { chatId: row.chatId, messageId, requestId, part: 'bot' })
}
