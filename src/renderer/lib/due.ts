import type { RequestCard } from '../../shared/model/request'
import type { Language } from '../../shared/model/vocabulary'
import type { DeskText } from './texts'
import { duration, exactTime, happened, promised } from './time'

const DAY = 86_400_000

/** What the chip of a card tells about time. */
export type Due = {
  readonly tone: 'late' | 'soon' | 'calm' | 'hold' | 'done'
  readonly text: string
  /** The exact time in words, for the tooltip; made when it is asked for, because it is dear. */
  readonly exact: () => string
}

type Timed = Pick<RequestCard, 'status' | 'dueAt' | 'dueFrom' | 'holdUntil' | 'completedAt'>

/** Whether the promise that runs now is broken. */
export function isOverdue(card: Pick<RequestCard, 'status' | 'dueAt'>, now: number): boolean {
  return card.dueAt !== null && card.dueAt < now && card.status !== 'ON_HOLD' && card.status !== 'RESOLVED'
}

/** Reads the chip of a card; null when there is nothing to say. */
export function readDue(card: Timed, now: number, language: Language, t: DeskText): Due | null {
  const { completedAt } = card
  if (completedAt !== null && card.status !== 'OPEN') {
    const exact = () => t('card.done', { when: exactTime(completedAt, language) })
    return { tone: 'done', text: happened(completedAt, now, language), exact }
  }
  if (card.status === 'ON_HOLD')
    return card.holdUntil === null ? null : held(card.holdUntil, now, language, t)
  const { dueAt } = card
  if (dueAt === null) return null
  const exact = () => t('card.due', { when: exactTime(dueAt, language) })
  if (dueAt < now)
    return { tone: 'late', text: t('time.late', { duration: duration(now - dueAt, t) }), exact }
  return isSoon(dueAt, card.dueFrom, now)
    ? { tone: 'soon', text: t('time.in', { duration: duration(dueAt - now, t) }), exact }
    : { tone: 'calm', text: promised(dueAt, now, language, t), exact }
}

function held(until: number, now: number, language: Language, t: DeskText): Due {
  const isToday = promised(until, now, language, t) !== happened(until, now, language)
  const when = isToday ? happened(until, now, language) : promised(until, now, language, t)
  return {
    tone: 'hold',
    text: t('time.until', { when }),
    exact: () => t('card.hold', { when: exactTime(until, language) }),
  }
}

/** Soon is the last quarter of the target, and never more than a day ahead. */
function isSoon(dueAt: number, dueFrom: number | null, now: number): boolean {
  const left = dueAt - now
  const target = dueFrom === null ? 0 : dueAt - dueFrom
  return left <= Math.min(target / 4, DAY)
}
