import type { Language } from '../../shared/model/vocabulary'
import type { DeskText } from './texts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Dates as the offices of these languages write them. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', ru: 'ru-RU' }

const formats = new Map<string, Intl.DateTimeFormat>()
const relatives = new Map<Language, Intl.RelativeTimeFormat>()

// Making a format costs far more than using it.
function format(language: Language, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${name}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(LOCALES[language], options)
  formats.set(key, known)
  return known
}

function relative(language: Language): Intl.RelativeTimeFormat {
  const known = relatives.get(language) ?? new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' })
  relatives.set(language, known)
  return known
}

/** Loads what dates need, which takes 10 ms the first time: for a moment when the window has to wait anyway. */
export function warmTimes(): void {
  clockTime(Date.now(), 'en')
}

/** Midnight at the start of the day of an instant, on this computer's clock. */
export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}

function daysBetween(from: number, to: number): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / DAY)
}

/** `09:12` */
export function clockTime(at: number, language: Language): string {
  return format(language, 'clock', { hour: '2-digit', minute: '2-digit' }).format(at)
}

/** The whole instant, for tooltips: `Monday, 16 March 2026 at 16:00`. */
export function exactTime(at: number, language: Language): string {
  return format(language, 'exact', { dateStyle: 'full', timeStyle: 'short' }).format(at)
}

function shortDate(at: number, now: number, language: Language): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return sameYear
    ? format(language, 'day', { day: 'numeric', month: 'short' }).format(at)
    : format(language, 'year', { day: 'numeric', month: 'short', year: 'numeric' }).format(at)
}

/** The day of an instant: `today`, `tomorrow`, `yesterday`, `16 Mar`. */
export function dayName(at: number, now: number, language: Language): string {
  const days = daysBetween(now, at)
  return Math.abs(days) <= 1 ? relative(language).format(days, 'day') : shortDate(at, now, language)
}

/** A length of time in the shortest words: `34 min`, `1 h 22`, `3 d`. */
export function duration(ms: number, t: DeskText): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE))
  if (minutes < 60) return t('time.minutes', { m: minutes })
  if (ms >= DAY) return t('time.days', { d: Math.floor(ms / DAY) })
  const rest = minutes % 60
  const hours = Math.floor(minutes / 60)
  if (rest === 0) return t('time.hours', { h: hours })
  return t('time.hoursMinutes', { h: hours, m: String(rest).padStart(2, '0') })
}

/** How long something waits, `just now` in its first minute. */
export function waited(since: number, now: number, t: DeskText): string {
  return now - since < MINUTE ? t('time.now') : duration(now - since, t)
}

/** A moment to come as a promise names it: `today 16:00`, `tomorrow`, `16 Mar`. */
export function promised(at: number, now: number, language: Language, t: DeskText): string {
  const day = dayName(at, now, language)
  return daysBetween(now, at) === 0 ? t('time.dayTime', { day, time: clockTime(at, language) }) : day
}

/** A moment that was: the time on the same day, `yesterday`, or the date. */
export function happened(at: number, now: number, language: Language): string {
  return daysBetween(now, at) === 0 ? clockTime(at, language) : dayName(at, now, language)
}

/** A moment that was, with its time whatever the day: `09:12`, `yesterday 09:12`, `16 Mar 09:12`. */
export function happenedAt(at: number, now: number, language: Language, t: DeskText): string {
  const time = clockTime(at, language)
  return daysBetween(now, at) === 0 ? time : t('time.dayTime', { day: dayName(at, now, language), time })
}

/** The days from one instant to another in full words: `9–10 March`. */
export function longDay(from: number, to: number, language: Language): string {
  return format(language, 'range', { day: 'numeric', month: 'long' }).formatRange(from, to)
}
