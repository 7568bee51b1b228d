import type { Language } from '../../../shared/model/vocabulary'
import { alertTexts, alertWords } from '../../alert-words'
import { findAlert } from '../../db/alerts'
import type { ReadableDb } from '../../db/database'
import { richText } from '../rich-text'
import { timeIn } from '../texts'
import type { Drawn } from './drawn'

/** Card ids are `alert:<id>:<chat>`. */
const CARD = /^alert:(\d+):/u

/**
 * An alert in the manager's own chat, which says later that it is over. Null when it was over before anybody could be
 * told: nobody is woken for what has passed.
 */
export function drawAlertCard(
  db: ReadableDb,
  cardId: string,
  context: { readonly language: Language; readonly now: number; readonly shownBefore: boolean },
): Drawn | null {
  const alert = findAlert(db, Number(CARD.exec(cardId)?.[1]))
  if (!alert) return null
  const { language, now, shownBefore } = context
  const t = alertTexts(language)
  const { title, means, todo } = alertWords(alert, language, now)
  if (alert.endedAt === null) {
    return { ...richText([{ bold: `⚠ ${title}` }, means, todo]), buttons: [] }
  }
  if (!shownBefore) return null
  const range = { since: timeIn(language, alert.since, now), until: timeIn(language, alert.endedAt, now) }
  return { ...richText([{ bold: `✓ ${t('over', { title })}` }, t('overText', range)]), buttons: [] }
}
