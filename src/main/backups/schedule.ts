const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A drill every week. */
const DRILL_MS = 7 * DAY
/** A backup that is older than this is worth a warning: a day, and a little for a computer that sleeps at night. */
const OLD_MS = 26 * HOUR

/** What the schedule looks at. Instants are UTC ms. */
export type Standing = {
  readonly now: number
  /** When the newest backup was made; null without any. */
  readonly newestAt: number | null
  /** Whether anything was written since. */
  readonly changed: boolean
}

/** Which backup is due: a daily one, whatever happened, and an hourly one when something did. */
export function dueBackup({ now, newestAt, changed }: Standing): 'daily' | 'hourly' | null {
  if (newestAt === null || new Date(newestAt).toDateString() !== new Date(now).toDateString()) return 'daily'
  // A clock that was set back must not stop the backups: far ahead is as long ago as far behind.
  return changed && Math.abs(now - newestAt) >= HOUR ? 'hourly' : null
}

/** Whether a backup shall be tried out. */
export function isDrillDue(now: number, lastDrillAt: number | null): boolean {
  return lastDrillAt === null || Math.abs(now - lastDrillAt) >= DRILL_MS
}

/** Whether the newest backup is so old that somebody should know; without any, how long there have been data. */
export function isOld(now: number, newestAt: number | null, dataSince: number): boolean {
  return now - (newestAt ?? dataSince) > OLD_MS
}
