import type { RequestCard } from '../../shared/model/request'
import type { Language } from '../../shared/model/vocabulary'
import type { DeskText } from './texts'
import { duration, exactTime, happened, promised } from './time'

const DAY = 86_400_000

/** What the chip of a card tells about time. */
export type Due = {
  readonly tone: 'late' | 'soon' | 'calm' | 'hold' | 'done'
  readonly text: string
  /** The exact time, for the tooltip. */
  readonly exact: string
}

type Timed = Pick<RequestCard, 'status' | 'dueAt' | 'dueFrom' | 'holdUntil' | 'completedAt'>

/** Whether the promise that runs now is broken. */
export function isOverdue(card: Pick<RequestCard, 'status' | 'dueAt'>, now: number): boolean {
  return card.dueAt !== null && card.dueAt < now && card.status !== 'ON_HOLD' && card.status !== 'RESOLVED'
}

/** Reads the chip of a card; null when there is nothing to say. */
export function readDue(card: Timed, now: number, language: Language, t: DeskText): Due | null {
  if (card.completedAt !== null && card.status !== 'OPEN') {
    const when = happened(card.completedAt, now, language)
    return {
      tone: 'done',
      text: when,
      exact: t('card.done', { when: exactTime(card.completedAt, language) }),
    }
  }
  if (card.status === 'ON_HOLD')
    return card.holdUntil === null ? null : held(card.holdUntil, now, language, t)
  if (card.dueAt === null) return null
  const exact = t('card.due', { when: exactTime(card.dueAt, language) })
  if (card.dueAt < now) {
    return { tone: 'late', text: t('time.late', { duration: duration(now - card.dueAt, t) }), exact }
  }
  return isSoon(card.dueAt, card.dueFrom, now)
    ? { tone: 'soon', text: t('time.in', { duration: duration(card.dueAt - now, t) }), exact }
    : { tone: 'calm', text: promised(card.dueAt, now, language, t), exact }
}

function held(until: number, now: number, language: Language, t: DeskText): Due {
  const isToday = promised(until, now, language, t) !== happened(until, now, language)
  const when = isToday ? happened(until, now, language) : promised(until, now, language, t)
  return {
    tone: 'hold',
    text: t('time.until', { when }),
    exact: t('card.hold', { when: exactTime(until, language) }),
  }
}

/** Soon is the last quarter of the target, and never more than a day ahead. */
function isSoon(dueAt: number, dueFrom: number | null, now: number): boolean {
  const left = dueAt - now
  const target = dueFrom === null ? 0 : dueAt - dueFrom
  return left <= Math.min(target / 4, DAY)
}
