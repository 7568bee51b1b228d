import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Facts } from '../../shared/model/facts'
import { addSample, findSamples, MOST_SAMPLES } from '../db/health-history'
import { COARSE, FINE, sampleOf, startOf } from '../domain/health-points'
import { sampleFacts } from '../testing/sample-facts'
import { at } from '../testing/sample-request'
import { openWorld, type World } from '../testing/world'
import { readHistory } from './read-history'

const MINUTE = 60_000
const NOON = at('2026-03-02 12:00')

let world: World
beforeEach(() => {
  world = openWorld()
})
afterEach(() => {
  world.close()
})

const counted = (updatesReceived: number): Facts['totals'] => ({
  ...sampleFacts(0).totals,
  updatesReceived,
})

/** A sample at each of these minutes after noon, of a program that has received so many updates by then. */
function keep(samples: readonly (readonly [minute: number, updates: number])[]) {
  let before: Facts | null = null
  for (const [minute, updates] of samples) {
    const facts = sampleFacts(NOON + minute * MINUTE, { totals: counted(updates) })
    const row = sampleOf(facts, before)
    world.write((db) => {
      addSample(db, row)
    })
    before = facts
  }
}

test('an hour shows what happened in each minute, and gaps where nobody looked', () => {
  keep([
    [0, 2],
    [1, 5],
    [4, 6],
  ])
  const { from, stepMs, points } = readHistory(world.read, 'hour', NOON + 5 * MINUTE)
  expect([from, stepMs, points.length]).toEqual([NOON - 54 * MINUTE, MINUTE, 60])
  expect(points.slice(-6).map((point) => point?.updates ?? null)).toEqual([2, 3, null, null, 1, null])
  expect(points.slice(0, 54).every((point) => point === null)).toBe(true)
})

test('a counter that begins anew after a restart is no negative number', () => {
  keep([
    [0, 50],
    [1, 3],
  ])
  expect(readHistory(world.read, 'hour', NOON + MINUTE).points.at(-1)?.updates).toBe(0)
})

test('the month is kept in half hours: sums of what happened, the worst of what stood', () => {
  keep(Array.from({ length: 30 }, (_, minute) => [minute, 2 * (minute + 1)] as const))
  const coarse = findSamples(world.read, COARSE, NOON, NOON + 1)
  expect(
    coarse.map(({ seen, listening, updates, memoryBytes }) => [seen, listening, updates, memoryBytes]),
  ).toEqual([[30, 30, 60, 200_000_000]])
  expect(readHistory(world.read, 'month', NOON + 29 * MINUTE).points.at(-1)).toMatchObject({
    updates: 60,
    listening: 100,
  })
})

test('there are never more rows than promised, whatever the clock does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -40 * 24 * 60, max: 40 * 24 * 60 }), { minLength: 1, maxLength: 60 }),
      (minutes) => {
        for (const minute of minutes) keep([[minute, 1]])
        const newest = NOON + (minutes.at(-1) ?? 0) * MINUTE
        const rows = world.sqlite
          .prepare<[], { span: number; at: number }>('select span, at from health_samples')
          .all()
        expect(rows.length).toBeLessThanOrEqual(MOST_SAMPLES)
        for (const { span, at: began } of rows) {
          expect(began).toBeLessThanOrEqual(newest)
          expect(began).toBeGreaterThan(newest - (span === FINE ? 25 * 60 : 31 * 24 * 60) * MINUTE - 1)
          expect(startOf(began, span)).toBe(began)
        }
      },
    ),
    { numRuns: 40 },
  )
})
