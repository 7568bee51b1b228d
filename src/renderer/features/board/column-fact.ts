import type { BoardStatus, Language } from '../../../shared/model/vocabulary'
import type { DeskText } from '../../lib/texts'
import { dayName, duration, startOfDay } from '../../lib/time'
import type { ColumnList } from './column-list'

/** The one fact at the right of a column's header; red when something is overdue. */
export type ColumnFact = { readonly tone: 'late' | 'calm'; readonly text: string }

const DAY = 86_400_000

/**
 * Reads the fact from the loaded cards. The order of the columns makes most facts exact before everything is
 * loaded: what is overdue, what ends its hold next and what was resolved last stands first. Where more cards
 * could change a number it is said to be at least so large, and a calm fact that might be wrong is not said.
 */
export function readFact(
  status: BoardStatus,
  column: ColumnList,
  now: number,
  language: Language,
  t: DeskText,
): ColumnFact | null {
  const overdue = column.overdue(now)
  if (overdue > 0) {
    const isExact = !column.hasMore || overdue < column.cards.size
    const text = isExact
      ? t('column.overdue', { count: overdue })
      : t('column.overdueAtLeast', { count: overdue })
    return { tone: 'late', text }
  }
  const calm = calmText(status, column, now, language, t)
  return calm === null ? null : { tone: 'calm', text: calm }
}

function calmText(
  status: BoardStatus,
  column: ColumnList,
  now: number,
  language: Language,
  t: DeskText,
): string | null {
  const earliest = column.earliestFact()
  if (earliest === null) return null
  if (status === 'RESOLVED') return resolvedToday(column, earliest, now, t)
  if (status === 'ON_HOLD') return t('column.next', { when: dayName(earliest, now, language) })
  const isSaid = !column.hasMore && now - earliest >= DAY
  return isSaid ? t('column.oldest', { duration: duration(now - earliest, t) }) : null
}

function resolvedToday(column: ColumnList, earliest: number, now: number, t: DeskText): string | null {
  const midnight = startOfDay(now)
  const count = column.factsSince(midnight)
  const isExact = !column.hasMore || earliest < midnight
  return count === 0 || !isExact ? null : t('column.today', { count })
}
