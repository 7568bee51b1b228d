import { expect, test } from 'vitest'
import { judge, median, quantile, ratios, spreadOf, summarize } from './statistics'

test('the median of an odd number is the middle one, of an even number the mean of both', () => {
  expect([median([9, 1, 5]), median([4, 1, 3, 2])]).toEqual([5, 2.5])
})

test('quartiles lie between neighbours in proportion', () => {
  expect(summarize([5, 1, 2, 4, 3])).toEqual({ median: 3, low: 2, high: 4 })
  expect(quantile([0, 10], 0.25)).toBe(2.5)
})

test('nothing has no median', () => {
  expect(() => median([])).toThrow('nothing to sum up')
})

test('ratios are taken round by round, so a slow round does not count twice', () => {
  expect(ratios([10, 100], [20, 200])).toEqual([0.5, 0.5])
  expect(() => ratios([1], [])).toThrow('both measurements')
})

test('the spread is relative to the middle', () => {
  expect(spreadOf({ median: 2, low: 1.8, high: 2.2 })).toBeCloseTo(0.2)
})

const cases = [
  { ratio: { median: 1.2, low: 1.1, high: 1.3 }, goal: { atMost: 1.25 }, verdict: 'reached' },
  { ratio: { median: 1.25, low: 1.2, high: 1.3 }, goal: { atMost: 1.25 }, verdict: 'reached' },
  { ratio: { median: 1.3, low: 1.2, high: 1.4 }, goal: { atMost: 1.25 }, verdict: 'not reached' },
  { ratio: { median: 6, low: 5.8, high: 6.2 }, goal: { atLeast: 5 }, verdict: 'reached' },
  { ratio: { median: 4, low: 3.8, high: 4.2 }, goal: { atLeast: 5 }, verdict: 'not reached' },
  { ratio: { median: 6, low: 5, high: 7 }, goal: { atLeast: 5 }, verdict: 'noisy' },
  { ratio: { median: Number.NaN, low: 1, high: 1 }, goal: { atLeast: 5 }, verdict: 'noisy' },
] as const

test.each(cases)('$ratio with $goal is $verdict', ({ ratio, goal, verdict }) => {
  expect(judge(ratio, goal)).toBe(verdict)
})
