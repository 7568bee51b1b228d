import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BY_HAND_MS, type Kept, KEPT, toLetGo } from './rotation'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2024, 0, 1)

const shelves = fc
  .uniqueArray(
    fc.record({
      madeAt: fc.integer({ min: START, max: START + 900 * DAY }),
      pinned: fc.boolean(),
      reason: fc.constantFrom('hourly' as const, 'by-hand' as const),
    }),
    { maxLength: 120, selector: ({ madeAt }) => madeAt },
  )
  .map((made): Kept[] => made.map((one, index) => ({ ...one, id: String(index) })))

/** What the rotation has nothing to say about. */
const standsApart = (shelf: readonly Kept[]) => {
  const newest = Math.max(...shelf.map(({ madeAt }) => madeAt))
  return ({ pinned, reason, madeAt }: Kept) =>
    pinned || (reason === 'by-hand' && newest - madeAt <= BY_HAND_MS)
}
const stayOf = (shelf: readonly Kept[]) => {
  const gone = new Set(toLetGo(shelf))
  return shelf.filter(({ id }) => !gone.has(id))
}

/** How the calendar on the wall names the hour, day, week and month, said in another way than the code does. */
const namesOf = {
  hours: (at: number) => String(Math.floor(at / HOUR)),
  days: (at: number) => new Date(at).toDateString(),
  weeks: (at: number) => {
    const date = new Date(at)
    date.setHours(12, 0, 0, 0)
    date.setDate(date.getDate() - ((date.getDay() + 6) % 7))
    return date.toDateString()
  },
  months: (at: number) => new Date(at).toDateString().replace(/^\w+ (\w+) \d+/u, '$1'),
}

describe('the rotation', () => {
  test('never lets a pinned backup go, nor for 14 days one that was made by hand', () => {
    fc.assert(
      fc.property(shelves, (shelf) => {
        const stay = new Set(stayOf(shelf).map(({ id }) => id))
        expect(shelf.filter(standsApart(shelf)).filter(({ id }) => !stay.has(id))).toEqual([])
      }),
    )
  })

  test('keeps the newest of each of the last hours, days, weeks and months that have one, and no other', () => {
    fc.assert(
      fc.property(shelves, (shelf) => {
        const loose = shelf.filter((one) => !standsApart(shelf)(one)).toSorted((a, b) => b.madeAt - a.madeAt)
        const wanted = new Set<string>()
        for (const [period, count] of Object.entries(KEPT)) {
          const nameOf = namesOf[period as keyof typeof KEPT]
          const newest = new Map<string, string>()
          for (const { id, madeAt } of loose) if (!newest.has(nameOf(madeAt))) newest.set(nameOf(madeAt), id)
          for (const id of [...newest.values()].slice(0, count)) wanted.add(id)
        }
        const stay = stayOf(shelf).filter((one) => !standsApart(shelf)(one))
        expect(stay.map(({ id }) => id).toSorted()).toEqual([...wanted].toSorted())
      }),
    )
  })

  test('keeps the newest backup of all, and has nothing left to do when asked again', () => {
    fc.assert(
      fc.property(shelves, (shelf) => {
        const stay = stayOf(shelf)
        const newest = shelf.toSorted((a, b) => b.madeAt - a.madeAt)[0]
        expect([toLetGo(stay), newest === undefined || stay.includes(newest)]).toEqual([[], true])
      }),
    )
  })

  test('run every hour for two years it keeps at most as many as it says', () => {
    let shelf: Kept[] = []
    let most = 0
    for (let hour = 0; hour < 2 * 365 * 24; hour += 1) {
      shelf = [
        ...shelf,
        { id: String(hour).padStart(6, '0'), madeAt: START + hour * HOUR, pinned: false, reason: 'hourly' },
      ]
      shelf = stayOf(shelf)
      most = Math.max(most, shelf.length)
    }
    const days = (index: number) =>
      Math.round(((shelf.at(-1)?.madeAt ?? 0) - (shelf[index]?.madeAt ?? 0)) / DAY)
    const sum = KEPT.hours + KEPT.days + KEPT.weeks + KEPT.months
    expect([most <= sum, days(0) >= 330, shelf.length >= 45]).toEqual([true, true, true])
  })
})
