import type { ReadableDb } from '../../db/database'
import { findPerson } from '../../db/people'
import { clip } from '../../domain/plain-text'
import { AUTO_CLOSE_MS, numberOf, REOPEN_MS, type Request } from '../../domain/request'
import type { Language } from '../../../shared/model/vocabulary'
import type { Button } from '../actions'
import { type Line, richText } from '../rich-text'
import { textsIn, timeIn } from '../texts'
import type { Drawn } from './drawn'

/** How much of the description a card repeats, in UTF-16 units. */
const EXCERPT = 600
/** How much of a reason or note a card repeats, in UTF-16 units. */
const NOTE = 1000

/** The card that shows a resident where a request stands. `now` is UTC ms. */
export function drawStatus(db: ReadableDb, request: Request, language: Language, now: number): Drawn {
  const t = textsIn(language)
  const number = numberOf(request)
  const lines: Line[] = [
    { bold: t('card.title', { number, status: t(`status.${request.status}`) }) },
    request.description === '' ? null : { quote: clip(request.description, EXCERPT) },
    t('card.place', { place: request.location }),
    request.photoCount === 0 ? null : t('card.photos', { count: request.photoCount }),
    ...progress(db, request, language, now),
  ]
  return { ...richText(lines), buttons: buttonsFor(request, language, now) }
}

function progress(db: ReadableDb, request: Request, language: Language, now: number): Line[] {
  const t = textsIn(language)
  const technician = request.assignedTo === null ? undefined : findPerson(db, request.assignedTo)
  const named = technician ? t('card.technician', { name: technician.name }) : null
  switch (request.status) {
    case 'OPEN':
      return [
        request.reopenedCount > 0 ? t('card.reopened') : null,
        request.firstRespondedAt === null && request.responseDueAt !== null && request.responseDueAt > now
          ? t('card.answerBy', { time: timeIn(language, request.responseDueAt, now) })
          : null,
        t('card.replyHint'),
      ]
    case 'ASSIGNED':
    case 'IN_PROGRESS':
      return [named, t('card.replyHint')]
    case 'ON_HOLD':
      return [named, holdLine(request, language, now), t('card.replyHint')]
    case 'RESOLVED':
      return [doneLine(request, language), t('card.resolvedAsk')]
    case 'CLOSED':
      return [doneLine(request, language), canReopen(request, now) ? t('card.closed') : null]
    case 'DECLINED':
      return [t('card.declined', { reason: clip(request.endedReason ?? '', NOTE) })]
    case 'DUPLICATE':
    case 'CANCELLED':
      return []
  }
}

/** What the resident is told about a hold. */
export function holdLine(request: Request, language: Language, now: number): string {
  const t = textsIn(language)
  const reason = clip(request.holdReason ?? '', NOTE)
  if (request.holdUntil === null) return t('card.onHold', { reason })
  return t('card.onHoldUntil', { reason, time: timeIn(language, request.holdUntil, now) })
}

function doneLine(request: Request, language: Language): string | null {
  return request.endedReason === null
    ? null
    : textsIn(language)('card.done', { note: clip(request.endedReason, NOTE) })
}

function canReopen(request: Request, now: number): boolean {
  return request.completedAt !== null && now - request.completedAt <= REOPEN_MS
}

function buttonsFor(request: Request, language: Language, now: number): Button[][] {
  const t = textsIn(language)
  switch (request.status) {
    case 'OPEN':
    case 'ASSIGNED':
    case 'IN_PROGRESS':
    case 'ON_HOLD':
      return [[{ text: t('button.cancel'), action: { do: 'cancel' } }]]
    case 'CLOSED':
      return canReopen(request, now) ? [[{ text: t('button.notFixed'), action: { do: 'notFixed' } }]] : []
    case 'RESOLVED':
    case 'DECLINED':
    case 'DUPLICATE':
    case 'CANCELLED':
      return []
  }
}

/** The question whether a resolved request is fixed; without buttons once it is answered. */
export function drawConfirm(request: Request, askedFor: number, language: Language): Drawn {
  const t = textsIn(language)
  const title: Line = { bold: t('confirm.title', { number: numberOf(request) }) }
  const open = request.status === 'RESOLVED' && request.completedAt === askedFor
  if (open) {
    const buttons: Button[] = [
      { text: t('button.fixed'), action: { do: 'fixed' } },
      { text: t('button.notFixed'), action: { do: 'notFixed' } },
    ]
    return { ...richText([title, doneLine(request, language), t('confirm.ask')]), buttons: [buttons] }
  }
  return { ...richText([title, t(`confirm.${outcomeOf(request)}`)]), buttons: [] }
}

/** How the question was settled. Only time closes a request that nobody has confirmed within 72 hours. */
function outcomeOf({ status, completedAt, endedAt }: Request): 'fixed' | 'notFixed' | 'unanswered' {
  if (status !== 'CLOSED') return 'notFixed'
  return (endedAt ?? 0) - (completedAt ?? 0) >= AUTO_CLOSE_MS ? 'unanswered' : 'fixed'
}
