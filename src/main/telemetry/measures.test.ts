import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { BUCKETS_MS, createMeasures, quantileOf, timed } from './measures'

test('counts by label and in all', () => {
  const measures = createMeasures()
  measures.count('updates-handled', 'done')
  measures.count('updates-handled', 'ignored', 3)
  expect([
    measures.counter('updates-handled'),
    measures.counter('updates-handled', 'ignored'),
    measures.counter('updates-failed'),
    [...measures.counters('updates-handled')],
  ]).toEqual([
    4,
    3,
    0,
    [
      ['done', 1],
      ['ignored', 3],
    ],
  ])
})

test('labels that nobody foresaw are counted together from some number on', () => {
  const measures = createMeasures()
  for (let label = 0; label < 1000; label += 1) measures.time('query', `q${String(label)}`, 1)
  const timings = measures.timings('query')
  expect([timings.size, timings.get('other')?.count]).toEqual([201, 800])
})

test('work is timed also when it throws', () => {
  const measures = createMeasures()
  expect(() =>
    timed(measures, 'send', 'card', () => {
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(measures.timings('send').get('card')?.count).toBe(1)
})

test('a timer that is kept counts the same as one that is asked for each time', () => {
  const measures = createMeasures()
  const tell = measures.timer('query', 'q')
  tell(3)
  measures.time('query', 'q', 60_000)
  expect(measures.timings('query').get('q')).toMatchObject({ count: 2, totalMs: 60_003, maxMs: 60_000 })
})

test('percentiles lie within the bucket that they fall into, and never above the longest', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { minLength: 1 }), (times) => {
      const measures = createMeasures()
      for (const ms of times) measures.time('handler', '', ms)
      const timing = measures.timings('handler').get('')
      if (!timing) return false
      const sorted = times.toSorted((a, b) => a - b)
      return [0.5, 0.95, 1].every((part) => {
        const exact = sorted[Math.max(0, Math.ceil(part * times.length) - 1)] ?? 0
        const above = BUCKETS_MS.find((bound) => exact <= bound) ?? Number.POSITIVE_INFINITY
        const below = BUCKETS_MS.findLast((bound) => bound < exact) ?? 0
        const found = quantileOf(timing, part)
        return found <= Math.min(above, timing.maxMs) + 1e-9 && found >= Math.min(below, timing.maxMs) - 1e-9
      })
    }),
  )
})
