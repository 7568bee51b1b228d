import { expect, test } from 'vitest'
import { figuresOf, gapShare, gapsOf, lineOf } from './chart'

test('steps without a figure are gaps, put together', () => {
  expect(gapsOf([null, null, 1, 0, null, 2, null, null])).toEqual([
    { from: 0, width: 0.25 },
    { from: 0.5, width: 0.125 },
    { from: 0.75, width: 0.25 },
  ])
  expect([gapsOf([]), gapsOf([0, 1]), gapsOf([null])]).toEqual([[], [], [{ from: 0, width: 1 }]])
})

test('the line is broken by a gap and never drawn through it', () => {
  expect(lineOf([0, 10, null, 5], 10, 40, 20)).toBe('M0 20L10 20L10 0L20 0M30 10L40 10')
})

test('a series of zeros lies at the foot', () => {
  expect(lineOf([0, 0], 0, 40, 20)).toBe('M0 20L20 20L20 20L40 20')
})

test('figures leave gaps out, and a gap is not zero', () => {
  expect([figuresOf([null, 3, 1, null]), figuresOf([null]), gapShare([null, 3, 1, null])]).toEqual([
    { sum: 4, min: 1, max: 3, last: 1 },
    null,
    0.5,
  ])
})
