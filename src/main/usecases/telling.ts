import { type CommentId, type PersonId, RequestId } from '../../shared/model/ids'
import type { WritableDb } from '../db/database'
import { type NewOutgoing, enqueue, isCardWaiting } from '../db/outbox'
import { findPerson, type Person } from '../db/people'
import type { Request } from '../domain/request'

/** Why something is told: names the cause, so that it is told once. */
export type Cause = {
  /** Unique for what happened: an update's name, or a fresh id. */
  readonly name: string
  readonly at: number
  /** Set when the manager may still undo it: the messages wait until then. */
  readonly undo?: { readonly id: string; readonly until: number }
}

/** News that a resident gets as a message of its own; everything else only changes the status card. */
export type Milestone = 'assigned' | 'held' | 'declined' | 'closed'

/** The card that shows a resident where a request stands; the draft becomes it. */
export function statusCardId(request: Pick<Request, 'id'>): string {
  return `status:${request.id}`
}

/** The card by which a technician works on a job. */
export function jobCardId(request: Pick<Request, 'id'>, technicianId: PersonId): string {
  return `job:${request.id}:${technicianId}`
}

/** The request that a card is about, which for a draft has only its id yet; null when the id names none. */
export function requestOfCard(cardId: string): RequestId | null {
  return RequestId.safeParse(cardId.split(':')[1]).data ?? null
}

/** Keeps the resident's status card and the technician's job card true. */
export function redrawCards(db: WritableDb, request: Request, cause: Cause): void {
  redrawCard(db, { id: statusCardId(request), kind: 'status', of: request.userId, request, cause })
  if (request.assignedTo !== null) redrawJob(db, request, request.assignedTo, cause)
}

/** Keeps the job card of one technician true: also of somebody whose job it was. */
export function redrawJob(db: WritableDb, request: Request, technicianId: PersonId, cause: Cause): void {
  redrawCard(db, { id: jobCardId(request, technicianId), kind: 'job', of: technicianId, request, cause })
}

type PersonsCard = {
  readonly id: string
  readonly kind: 'status' | 'job'
  readonly of: PersonId
  readonly request: Request
  readonly cause: Cause
}

/** Redraws a card of somebody, who is looked up only when no drawing of it waits already. */
function redrawCard(db: WritableDb, { of, ...card }: PersonsCard): void {
  if (isCardWaiting(db, card.id, dueAt(card.cause))) return
  const person = reachable(db, of)
  if (person) enqueue(db, cardRow({ ...card, chatId: person.telegramId }))
}

/** Hands a new job to its technician: the pictures as an album, then the card. */
export function tellJob(db: WritableDb, request: Request, technicianId: PersonId, cause: Cause): void {
  const technician = reachable(db, technicianId)
  if (!technician) return
  const common = { chatId: technician.telegramId, request, cause }
  if (request.photoCount > 0) {
    enqueue(db, outgoing({ ...common, method: 'album', kind: 'photos', policy: 'at-most-once', payload: {} }))
  }
  drawCard(db, { id: jobCardId(request, technicianId), kind: 'job', ...common })
}

/** Tells the resident a milestone, as a short reply to the status card. */
export function tellResident(db: WritableDb, request: Request, kind: Milestone, cause: Cause): void {
  const reporter = reachable(db, request.userId)
  if (!reporter) return
  enqueue(
    db,
    outgoing({
      chatId: reporter.telegramId,
      request,
      cause,
      method: 'message',
      kind,
      policy: 'at-most-once',
      payload: {},
    }),
  )
}

/** Asks the resident whether it is fixed, with the two buttons. */
export function askWhetherFixed(db: WritableDb, request: Request, cause: Cause): void {
  const reporter = reachable(db, request.userId)
  if (!reporter) return
  // Every resolution asks anew: the question about an earlier one is not edited into this one.
  const id = `confirm:${request.id}:${String(request.completedAt)}`
  drawCard(db, { id, kind: 'confirm', chatId: reporter.telegramId, request, cause })
}

/** Passes a comment on to somebody in Telegram. `kind` decides how it is introduced. */
export function passOn(
  db: WritableDb,
  request: Request,
  to: PersonId,
  comment: { readonly id: CommentId; readonly kind: 'comment' | 'job-comment' },
  cause: Cause,
): void {
  const person = reachable(db, to)
  if (!person) return
  enqueue(db, {
    ...outgoing({
      chatId: person.telegramId,
      request,
      cause,
      method: 'message',
      kind: comment.kind,
      policy: 'at-most-once',
      payload: { commentId: comment.id },
    }),
    // One copy for each comment and reader; the thread finds the delivery state by this key.
    dedupeKey:
      comment.kind === 'comment' ? `comment:${comment.id}` : `job-comment:${comment.id}:${person.id}`,
  })
}

/** Says something short that belongs to no milestone, in words of the catalogue. */
export function say(
  db: WritableDb,
  chatId: number,
  key: string,
  cause: Cause,
  payload: Readonly<Record<string, unknown>> = {},
): void {
  enqueue(db, {
    dedupeKey: `say:${key}:${cause.name}`,
    chatId,
    kind: 'say',
    cardId: null,
    requestId: null,
    method: 'message',
    payload: { key, ...payload },
    policy: 'at-most-once',
    notBefore: cause.at,
    createdAt: cause.at,
  })
}

/** Marks a message as read with a reaction: repeating it does no harm, so it makes a safe receipt. */
export function acknowledge(db: WritableDb, chatId: number, messageId: number, cause: Cause): void {
  enqueue(db, {
    dedupeKey: `seen:${cause.name}`,
    chatId,
    kind: 'seen',
    cardId: null,
    requestId: null,
    method: 'reaction',
    payload: { messageId },
    policy: 'idempotent',
    notBefore: cause.at,
    createdAt: cause.at,
  })
}

type DrawnCard = {
  readonly id: string
  readonly kind: string
  readonly chatId: number
  readonly request: Request | null
  readonly cause: Cause
}

/** Draws a card that belongs to no stored request yet, or to one. */
export function drawCard(db: WritableDb, card: DrawnCard): void {
  if (!isCardWaiting(db, card.id, dueAt(card.cause))) enqueue(db, cardRow(card))
}

function cardRow(card: DrawnCard): NewOutgoing {
  const row = outgoing({
    chatId: card.chatId,
    request: card.request,
    cause: card.cause,
    method: 'card',
    kind: card.kind,
    policy: 'at-least-once',
    payload: {},
  })
  return { ...row, cardId: card.id, dedupeKey: `card:${card.cause.name}:${card.id}` }
}

/** Not before the manager can't undo it any more, in UTC ms. */
function dueAt({ at, undo }: Cause): number {
  return undo?.until ?? at
}

function outgoing(given: {
  readonly chatId: number
  readonly request: Request | null
  readonly cause: Cause
  readonly method: NewOutgoing['method']
  readonly kind: string
  readonly policy: NewOutgoing['policy']
  readonly payload: Readonly<Record<string, unknown>>
}): NewOutgoing {
  const { cause, request } = given
  return {
    // The cause first: causes are named in their order, so that the newest key always goes to the end of its index.
    dedupeKey: `${given.kind}:${cause.name}:${request?.id ?? String(given.chatId)}`,
    chatId: given.chatId,
    kind: given.kind,
    cardId: null,
    requestId: request?.id ?? null,
    method: given.method,
    payload: cause.undo === undefined ? given.payload : { ...given.payload, undo: cause.undo.id },
    policy: given.policy,
    notBefore: dueAt(cause),
    createdAt: cause.at,
  }
}

function reachable(db: WritableDb, id: PersonId): (Person & { readonly telegramId: number }) | null {
  const person = findPerson(db, id)
  return person?.telegramId == null ? null : { ...person, telegramId: person.telegramId }
}
