import fc from 'fast-check'
import { expect, test } from 'vitest'
import { at } from '../testing/sample-request'
import { addWorkingTime, dueTimes, targets, WORKING_DAY, workingTimeBetween } from './sla'

const HOUR = 3_600_000

test.each([
  { name: 'within a day', from: '2026-03-02 09:00', hours: 1, to: '2026-03-02 10:00' },
  { name: 'to the very end of a day', from: '2026-03-02 08:00', hours: 10, to: '2026-03-02 18:00' },
  { name: 'over the evening', from: '2026-03-02 17:30', hours: 1, to: '2026-03-03 08:30' },
  { name: 'from before the opening', from: '2026-03-02 06:00', hours: 1, to: '2026-03-02 09:00' },
  { name: 'from after midnight', from: '2026-03-03 00:30', hours: 1, to: '2026-03-03 09:00' },
  { name: 'over a weekend', from: '2026-03-06 17:00', hours: 2, to: '2026-03-09 09:00' },
  { name: 'from a Saturday', from: '2026-03-07 12:00', hours: 1, to: '2026-03-09 09:00' },
  { name: 'over the end of winter time', from: '2026-03-27 17:00', hours: 2, to: '2026-03-30 09:00' },
  { name: 'from the missing hour itself', from: '2026-03-29 02:30', hours: 1, to: '2026-03-30 09:00' },
  { name: 'over the end of summer time', from: '2026-10-23 17:00', hours: 2, to: '2026-10-26 09:00' },
  { name: 'from the hour that comes twice', from: '2026-10-25 02:30', hours: 1, to: '2026-10-26 09:00' },
  { name: 'over three weeks', from: '2026-03-16 12:00', hours: 150, to: '2026-04-06 12:00' },
])('working time counts opening hours only: $name', ({ from, hours, to }) => {
  expect({
    ends: new Date(addWorkingTime('MEDIUM', at(from), hours * HOUR)).toString(),
    between: workingTimeBetween('MEDIUM', at(from), at(to)) / HOUR,
  }).toEqual({ ends: new Date(at(to)).toString(), between: hours })
})

test('no time at all ends at once, or when the office opens', () => {
  expect([
    addWorkingTime('LOW', at('2026-03-02 11:11'), 0),
    addWorkingTime('LOW', at('2026-03-01 11:11'), 0),
  ]).toEqual([at('2026-03-02 11:11'), at('2026-03-02 08:00')])
})

test('what is overdue stays overdue by as much', () => {
  expect(addWorkingTime('LOW', at('2026-03-02 11:00'), -2 * HOUR)).toEqual(at('2026-03-02 09:00'))
})

test('for an urgent request the clock runs round the clock, also where the clocks change', () => {
  const saturday = at('2026-03-28 12:00')
  expect({
    due: dueTimes('URGENT', saturday),
    between: workingTimeBetween('URGENT', saturday, at('2026-03-29 12:00')),
  }).toEqual({
    due: { responseDueAt: at('2026-03-28 13:00'), resolutionDueAt: at('2026-03-29 13:00') },
    between: 23 * HOUR,
  })
})

test.each([
  { priority: 'HIGH', response: '2026-03-06 13:00', resolution: '2026-03-11 09:00' },
  { priority: 'MEDIUM', response: '2026-03-09 09:00', resolution: '2026-03-27 09:00' },
  { priority: 'LOW', response: '2026-03-13 09:00', resolution: '2026-04-17 09:00' },
] as const)('the targets of $priority run from the report', ({ priority, response, resolution }) => {
  expect(dueTimes(priority, at('2026-03-06 09:00'))).toEqual({
    responseDueAt: at(response),
    resolutionDueAt: at(resolution),
  })
})

const instant = fc.integer({ min: at('2025-12-01 00:00'), max: at('2027-01-31 00:00') })
const duration = fc.integer({ min: 0, max: 60 * WORKING_DAY })
const priority = fc.constantFrom(...(Object.keys(targets) as (keyof typeof targets)[]))

test('the working time up to the end of a working time is that working time', () => {
  fc.assert(
    fc.property(priority, instant, duration, (important, from, ms) => {
      expect(workingTimeBetween(important, from, addWorkingTime(important, from, ms))).toBe(ms)
    }),
  )
})

test('a way in two parts is as long as the whole, and backwards as long as forwards', () => {
  fc.assert(
    fc.property(priority, instant, instant, instant, (important, a, b, c) => {
      const length = (from: number, to: number) => workingTimeBetween(important, from, to)
      expect([length(a, b) + length(b, c), 0 - length(c, a)]).toEqual([length(a, c), length(a, c)])
    }),
  )
})
