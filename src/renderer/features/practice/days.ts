const DAY = 86_400_000

/** Whether two instants lie on one day of this computer's calendar. */
export function isSameDay(one: number, other: number): boolean {
  return startOfDay(one) === startOfDay(other)
}

/** "today", "yesterday", or the date, in the reader's language. */
export function nameOfDay(instant: number, now: number, language: string): string {
  const days = Math.round((startOfDay(instant) - startOfDay(now)) / DAY)
  const name =
    days === 0 || days === -1
      ? new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
      : new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' }).format(instant)
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}

function startOfDay(instant: number): number {
  return new Date(instant).setHours(0, 0, 0, 0)
}
