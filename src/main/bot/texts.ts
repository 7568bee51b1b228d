import { createInstance, type TFunction } from 'i18next'
import en from '../../shared/i18n/en/bot.json'
import ru from '../../shared/i18n/ru/bot.json'
import { Language } from '../../shared/model/vocabulary'

const i18n = createInstance({
  resources: { en: { bot: en }, ru: { bot: ru } },
  defaultNS: 'bot',
  ns: ['bot'],
  fallbackLng: 'en',
  // The texts go to Telegram as plain text with entities: nothing is markup there.
  interpolation: { escapeValue: false },
  initAsync: false,
})
void i18n.init()

const translators = new Map(
  Language.options.map((language) => [language, remembering(i18n.getFixedT(language, 'bot'))]),
)

/** i18next works every text out anew; one without parameters is always the same. */
function remembering(translate: TFunction): TFunction {
  const known = new Map<string, string>()
  const t = (key: string, params?: Readonly<Record<string, unknown>>): string => {
    if (params !== undefined) return translate(key as 'welcome', params)
    const text = known.get(key) ?? translate(key as 'welcome')
    known.set(key, text)
    return text
  }
  // It takes the keys that `translate` takes and gives what it gives.
  return t as unknown as TFunction
}

/** The texts of the bot in a language. */
export function textsIn(language: Language): TFunction {
  return translators.get(language) ?? i18n.getFixedT('en', 'bot')
}

/** Languages that are read in Russian until they have a catalogue of their own. */
const READ_IN_RUSSIAN = new Set(['ru', 'be', 'kk'])

/** The language in which the bot speaks to somebody whose Telegram runs in this one (IETF tag). */
export function languageOf(languageCode: string | undefined): Language {
  const primary = languageCode?.split('-')[0]?.toLowerCase() ?? ''
  return READ_IN_RUSSIAN.has(primary) ? 'ru' : 'en'
}

const SHORT: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
const LONG: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', ...SHORT }
const formats = new Map<string, Intl.DateTimeFormat>()

/** A day and time as the reader writes it, for example "Mon 16 Mar, 16:00"; only the time when it is today. */
export function timeIn(language: Language, at: number, now: number): string {
  const day = new Date(at)
  const isToday = day.toDateString() === new Date(now).toDateString()
  // Making a format takes a hundred times as long as using one; another time zone needs another one.
  const key = `${language} ${String(isToday)} ${String(day.getTimezoneOffset())}`
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, isToday ? SHORT : LONG)
  formats.set(key, format)
  return format.format(at)
}
