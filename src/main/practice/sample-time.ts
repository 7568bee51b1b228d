import type { When } from './sample-step'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** The instant of a step in UTC ms: after the one before it, never after `now`. */
export function momentOf(when: When, previous: number, now: number): number {
  if (typeof when === 'number') return Math.min(now, previous + when * MINUTE)
  // Stories are told for a usual day: around midnight or a weekend a step may come before the one it follows.
  return Math.min(now, Math.max(absolute(when, now), previous + MINUTE))
}

function absolute(when: string, now: number): number {
  if (when.endsWith('m')) return now - Number(when.slice(0, -1)) * MINUTE
  if (when.endsWith('h')) return now - Number(when.slice(0, -1)) * HOUR
  const [days = '', time = ''] = when.split('d ')
  const [hours = '', minutes = ''] = time.split(':')
  return new Date(workingDay(now, -Number(days))).setHours(Number(hours), Number(minutes), 0, 0)
}

/** Until when a request waits: noon of the working day so many days ahead, or three hours from now. */
export function waitingUntil(days: number, now: number): number {
  if (days === 0) return Math.ceil((now + 3 * HOUR) / HOUR) * HOUR
  return new Date(workingDay(now, days)).setHours(12, 0, 0, 0)
}

/** An instant on the working day so many working days from now; back when negative. */
function workingDay(now: number, count: number): number {
  const day = new Date(now)
  // Noon is on the same day whatever the clocks do.
  day.setHours(12, 0, 0, 0)
  for (let left = Math.abs(count); left > 0; ) {
    day.setDate(day.getDate() + Math.sign(count))
    if (day.getDay() !== 0 && day.getDay() !== 6) left -= 1
  }
  return day.getTime()
}
