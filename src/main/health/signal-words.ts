import type { Language } from '../../shared/model/vocabulary'
import { alertTexts, alertWords, type Worded } from '../alert-words'
import type { AlertNotice, TrayContent } from './alert-signals'

/** What the system's notification says about an alert. */
export function noticeOf(alert: Worded, language: Language, now: number): AlertNotice {
  const { title, means, todo } = alertWords(alert, language, now)
  return { title, body: todo === null ? means : `${means} ${todo}`, isCritical: alert.level === 'critical' }
}

/** What the icon beside the clock says about all alerts. */
export function trayContentOf(open: readonly Worded[], language: Language, now: number): TrayContent {
  const t = alertTexts(language)
  const isCritical = open.some(({ level }) => level === 'critical')
  return {
    look: open.length === 0 ? 'well' : isCritical ? 'critical' : 'warning',
    sum: open.length === 0 ? t('tray.well') : t('tray.wrong', { count: open.length }),
    lines: open.map((alert) => alertWords(alert, language, now).title),
    labels: { open: t('tray.open'), health: t('tray.health'), quit: t('tray.quit') },
  }
}
