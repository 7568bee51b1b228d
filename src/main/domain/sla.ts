import type { Priority } from '../../shared/model/vocabulary'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Opening hours of the office, in the time zone of the computer: Monday to Friday, 08:00 to 18:00. */
const OPENS = 8
const CLOSES = 18
/** One working day in working time, in ms. */
export const WORKING_DAY = (CLOSES - OPENS) * HOUR

type Target = {
  /** Until somebody answers, in ms. */
  readonly response: number
  /** Until it is done, in ms. */
  readonly resolution: number
  /** Whether only opening hours count. */
  readonly workingHours: boolean
}

/**
 * Targets for each priority. URGENT: answer within an hour, make safe within 24 hours, round the clock
 * (Claremont, UCLA, Awaab's law). HIGH: same day, three days (La Sierra, UCLA 72 h). MEDIUM: one day, 15 days
 * (UCLA 3 wd / 15 d, Claremont 15 bd). LOW: five days, 30 days (WFU 30/60 d, Bowie 15 wd).
 */
export const targets: Readonly<Record<Priority, Target>> = {
  URGENT: { response: HOUR, resolution: 24 * HOUR, workingHours: false },
  HIGH: { response: 4 * HOUR, resolution: 3 * WORKING_DAY, workingHours: true },
  MEDIUM: { response: WORKING_DAY, resolution: 15 * WORKING_DAY, workingHours: true },
  LOW: { response: 5 * WORKING_DAY, resolution: 30 * WORKING_DAY, workingHours: true },
}

/** When a request reported at `from` must be answered and done, in UTC ms. */
export function dueTimes(
  priority: Priority,
  from: number,
): { responseDueAt: number; resolutionDueAt: number } {
  const target = targets[priority]
  return {
    responseDueAt: addWorkingTime(priority, from, target.response),
    resolutionDueAt: addWorkingTime(priority, from, target.resolution),
  }
}

/** The instant at which `ms` of the time that counts for this priority has passed since `from`. */
export function addWorkingTime(priority: Priority, from: number, ms: number): number {
  if (!targets[priority].workingHours) return from + ms
  if (ms < 0) return from + ms
  let left = ms
  let at = nextOpening(from)
  for (;;) {
    const closing = hourOf(at, CLOSES)
    if (at + left <= closing) return at + left
    left -= closing - at
    at = nextOpening(closing)
  }
}

/** How much of the time that counts for this priority lies between two instants, in ms; negative when `to` is past. */
export function workingTimeBetween(priority: Priority, from: number, to: number): number {
  if (!targets[priority].workingHours) return to - from
  // Subtracted, since the negative of zero would be another number than zero.
  if (to < from) return 0 - workingTimeBetween(priority, to, from)
  let sum = 0
  let at = nextOpening(from)
  while (at < to) {
    const closing = hourOf(at, CLOSES)
    sum += Math.min(closing, to) - at
    at = nextOpening(closing)
  }
  return sum
}

/** The instant itself when the office is open, otherwise when it opens next. */
function nextOpening(at: number): number {
  let day = at
  for (;;) {
    const weekday = new Date(day).getDay()
    const working = weekday !== 0 && weekday !== 6
    if (working && at < hourOf(day, CLOSES)) return Math.max(at, hourOf(day, OPENS))
    // Noon of the next day: far from midnight, so that a change of the clocks can't skip or repeat a day.
    day = hourOf(day, 36)
    at = Math.max(at, hourOf(day, 0))
  }
}

/** The given hour of the local day of an instant; hours past 24 fall on the next day. */
function hourOf(at: number, hour: number): number {
  return new Date(at).setHours(hour, 0, 0, 0)
}
