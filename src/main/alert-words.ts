import { createInstance, type TFunction } from 'i18next'
import en from '../shared/i18n/en/alerts.json'
import ru from '../shared/i18n/ru/alerts.json'
import type { AlertDetails, AlertKey, AlertLevel } from '../shared/model/alerts'
import type { Language } from '../shared/model/vocabulary'
import { timeIn } from './bot/texts'

const DAY = 24 * 3_600_000

const i18n = createInstance({
  resources: { en: { alerts: en }, ru: { alerts: ru } },
  defaultNS: 'alerts',
  ns: ['alerts'],
  fallbackLng: 'en',
  interpolation: { escapeValue: false },
  initAsync: false,
})
void i18n.init()

/** What words about an alert are made from. */
export type Worded = {
  readonly key: AlertKey
  readonly level: AlertLevel
  readonly since: number
  readonly details: AlertDetails
}

/** An alert in words: what is wrong, what it means, and what to do. */
export type AlertWords = { readonly title: string; readonly means: string; readonly todo: string | null }

/** The texts about alerts outside the window, in a language. */
export function alertTexts(language: Language): TFunction<'alerts'> {
  return i18n.getFixedT(language, 'alerts')
}

/** Says in words what is wrong. */
export function alertWords(alert: Worded, language: Language, now: number): AlertWords {
  const t = alertTexts(language)
  const { key, level, details } = alert
  const values = valuesOf(alert, language, now)
  const isUrgent = key === 'unassigned' && level === 'critical'
  const isFirst = key === 'backup-old' && details['lastAt'] === undefined
  const todo = key === 'not-listening' ? details['state'] : key
  return {
    title: t(`title.${isUrgent ? 'unassignedUrgent' : key}`, values),
    means: t(`means.${isFirst ? 'backupNone' : key}`, values),
    todo: key === 'day-limit' ? null : t(`todo.${String(todo)}` as 'todo.errors', values),
  }
}

function valuesOf({ since, details }: Worded, language: Language, now: number) {
  const time = (at: unknown) => (typeof at === 'number' ? timeIn(language, at, now) : '')
  const free = Number(details['freeBytes'] ?? 0) / 1e6
  return {
    ...details,
    since: time(since),
    limit: time(since + DAY),
    until: time(details['until']),
    lastAt: time(details['lastAt']),
    free: new Intl.NumberFormat(language, {
      style: 'unit',
      unit: free < 1000 ? 'megabyte' : 'gigabyte',
      maximumFractionDigits: free < 1000 ? 0 : 1,
    }).format(free < 1000 ? free : free / 1000),
  }
}
