import type { BackupReason } from '../../shared/model/backups'

/** What the rotation looks at. */
export type Kept = {
  readonly id: string
  readonly madeAt: number
  readonly pinned: boolean
  readonly reason: BackupReason
}

/** What somebody made on purpose stays for so long, whatever is made after it, in ms. */
export const BY_HAND_MS = 14 * 86_400_000

/** How many hours, days, weeks and months keep a backup each. */
export const KEPT = { hours: 24, days: 14, weeks: 8, months: 12 } as const

/** The hour, day, week and month of an instant, by the clock on the wall; they differ when the instants lie in others. */
function periodsOf(instant: number): Readonly<Record<keyof typeof KEPT, string>> {
  const date = new Date(instant)
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()]
  // Days since Monday, 29 December 1969; the date's noon keeps clear of the hour that clocks are changed by.
  const days = Math.floor(Date.UTC(year, month, day, 12) / 86_400_000) + 3
  return {
    // An hour that the clocks repeat is two hours.
    hours: String(Math.floor(instant / 3_600_000)),
    days: String(days),
    weeks: String(Math.floor(days / 7)),
    months: `${String(year)}-${String(month)}`,
  }
}

/**
 * Which backups the rotation lets go: all but the newest of each of the last 24 hours, 14 days, 8 weeks and 12 months
 * that have one. Pinned ones always stay, and those made by hand for 14 days; they take nobody's place.
 */
export function toLetGo(backups: readonly Kept[]): readonly string[] {
  const newest = Math.max(...backups.map(({ madeAt }) => madeAt))
  const newestFirst = backups
    .filter(
      ({ pinned, reason, madeAt }) => !pinned && !(reason === 'by-hand' && newest - madeAt <= BY_HAND_MS),
    )
    .toSorted((a, b) => b.madeAt - a.madeAt || (a.id < b.id ? 1 : -1))
  const staying = new Set<string>()
  for (const [period, count] of Object.entries(KEPT)) {
    const seen = new Set<string>()
    for (const { id, madeAt } of newestFirst) {
      // The keys of KEPT are those of the periods.
      const key = periodsOf(madeAt)[period as keyof typeof KEPT]
      if (seen.has(key)) continue
      if (seen.size === count) break
      seen.add(key)
      staying.add(id)
    }
  }
  return newestFirst.filter(({ id }) => !staying.has(id)).map(({ id }) => id)
}
