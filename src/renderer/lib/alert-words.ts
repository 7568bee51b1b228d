import { useTranslation } from 'react-i18next'
import type { Alert } from '../../shared/model/alerts'
import { sizeText } from './bytes'
import { useNow } from './now'
import { useLanguage, useText } from './texts'
import { happenedAt } from './time'

const DAY = 24 * 3_600_000

/** An alert in words: what is wrong, what it means, and what to do; and since when. */
export type AlertWords = {
  readonly title: string
  readonly means: string
  readonly todo: string | null
  readonly since: string
}

type Sayable = Pick<Alert, 'key' | 'level' | 'since' | 'details'>

/** Says alerts in words. */
export function useAlertWords(): (alert: Sayable) => AlertWords {
  const { t } = useTranslation('alerts')
  const desk = useText()
  const language = useLanguage()
  const now = useNow()
  const time = (at: unknown) => (typeof at === 'number' ? happenedAt(at, now, language, desk) : '')
  return ({ key, level, since, details }) => {
    const values = {
      ...details,
      since: time(since),
      limit: time(since + DAY),
      until: time(details['until']),
      lastAt: time(details['lastAt']),
      free: sizeText(Number(details['freeBytes'] ?? 0), language),
    }
    const isUrgent = key === 'unassigned' && level === 'critical'
    const isFirst = key === 'backup-old' && details['lastAt'] === undefined
    return {
      title: t(`title.${isUrgent ? 'unassignedUrgent' : key}`, values),
      means: t(`means.${isFirst ? 'backupNone' : key}`, values),
      // The state of a bot that does not listen is one of those that there are words for.
      todo:
        key === 'day-limit'
          ? null
          : t(`todo.${key === 'not-listening' ? (details['state'] as 'offline') : key}`, values),
      since: time(since),
    }
  }
}
