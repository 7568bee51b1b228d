import type { BoardStatus, Language } from '../../../shared/model/vocabulary'
import type { DeskText } from '../../lib/texts'
import { dayName, duration, startOfDay } from '../../lib/time'
import type { ColumnList } from './column-list'

/** The one fact at the right of a column's header; red when something is overdue. */
export type ColumnFact = { readonly tone: 'late' | 'calm'; readonly text: string }

const DAY = 86_400_000

/**
 * Reads the fact from the loaded cards. While more are to be loaded, a number is said to be at least so
 * large, and a calm fact that might be wrong is not said.
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
    const text = column.hasMore
      ? t('column.overdueAtLeast', { count: overdue })
      : t('column.overdue', { count: overdue })
    return { tone: 'late', text }
  }
  const calm = column.hasMore ? null : calmText(status, column, now, language, t)
  return calm === null ? null : { tone: 'calm', text: calm }
}

function calmText(
  status: BoardStatus,
  column: ColumnList,
  now: number,
  language: Language,
  t: DeskText,
): string | null {
  if (status === 'RESOLVED') {
    const today = column.factsSince(startOfDay(now))
    return today === 0 ? null : t('column.today', { count: today })
  }
  const earliest = column.earliestFact()
  if (earliest === null) return null
  if (status === 'ON_HOLD') return t('column.next', { when: dayName(earliest, now, language) })
  return now - earliest < DAY ? null : t('column.oldest', { duration: duration(now - earliest, t) })
}
