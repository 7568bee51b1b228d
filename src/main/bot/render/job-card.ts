import type { PersonId } from '../../../shared/model/ids'
import type { Language } from '../../../shared/model/vocabulary'
import type { ReadableDb } from '../../db/database'
import { findPerson } from '../../db/people'
import { dueAt } from '../../domain/board-order'
import { clip } from '../../domain/plain-text'
import { numberOf, type Request } from '../../domain/request'
import type { Button } from '../actions'
import { type Line, richText } from '../rich-text'
import { textsIn, timeIn } from '../texts'
import type { Drawn } from './drawn'

/** How much of the description a job card shows, in UTF-16 units. */
const EXCERPT = 2500

/** The card by which a technician works; null when there is nothing to show to somebody who never had the job. */
export function drawJob(
  db: ReadableDb,
  request: Request,
  technicianId: PersonId,
  context: { readonly language: Language; readonly now: number; readonly shownBefore: boolean },
): Drawn | null {
  const t = textsIn(context.language)
  const technician = findPerson(db, technicianId)
  const theirs =
    request.assignedTo === technicianId && technician?.role === 'technician' && technician.isActive
  if (!theirs) {
    if (!context.shownBefore) return null
    return { ...richText([t('job.notYours', { number: numberOf(request) })]), buttons: [] }
  }
  return {
    ...richText(jobLines(db, request, context.language, context.now)),
    buttons: jobButtons(request, context.language),
  }
}

function jobLines(db: ReadableDb, request: Request, language: Language, now: number): Line[] {
  const t = textsIn(language)
  const reporter = findPerson(db, request.userId)
  const due = dueAt(request)
  return [
    { bold: t('job.title', { number: numberOf(request), status: jobStatus(request, language) }) },
    request.description === '' ? t('emptyTitle') : { quote: clip(request.description, EXCERPT) },
    t('card.place', { place: request.location }),
    reporter === undefined || reporter.role === 'manager' || reporter.name === ''
      ? null
      : t('job.from', { name: reporter.name }),
    t('job.priority', { priority: t(`priority.${request.priority}`) }),
    due === null ? null : t('job.due', { time: timeIn(language, due, now) }),
    request.status === 'ON_HOLD' ? t('job.waiting', { reason: clip(request.holdReason ?? '', 500) }) : null,
    isOpen(request) ? t('job.hint') : null,
  ]
}

function jobStatus(request: Request, language: Language): string {
  const t = textsIn(language)
  if (request.status !== 'ASSIGNED') return t(`status.${request.status}`)
  return request.takenAt === null ? t('job.new') : t('job.taken')
}

function isOpen({ status }: Request): boolean {
  return status === 'ASSIGNED' || status === 'IN_PROGRESS' || status === 'ON_HOLD'
}

function jobButtons(request: Request, language: Language): Button[][] {
  const t = textsIn(language)
  const cannot: Button = { text: t('button.cannot'), action: { do: 'cannot' } }
  const start: Button = { text: t('button.start'), action: { do: 'start' } }
  const done: Button = { text: t('button.done'), action: { do: 'done' } }
  switch (request.status) {
    case 'ASSIGNED':
      return request.takenAt === null
        ? [[{ text: t('button.take'), action: { do: 'take' } }, cannot]]
        : [[start, done], [cannot]]
    case 'IN_PROGRESS':
      return [[done], [cannot]]
    case 'ON_HOLD':
      return [[start], [cannot]]
    case 'OPEN':
    case 'RESOLVED':
    case 'CLOSED':
    case 'DUPLICATE':
    case 'DECLINED':
    case 'CANCELLED':
      return []
  }
}
