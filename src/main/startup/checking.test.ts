import { beforeEach, expect, test } from 'vitest'
import type { CheckDepth, CheckResult } from '../db/deep-check'
import { startChecking } from './checking'

const DAY = 24 * 3_600_000

let now: number
let checkedAt: number | null
let result: CheckResult | Error
let next: { work: () => void; ms: number } | null
let said: unknown[]
beforeEach(() => {
  now = 100 * DAY
  checkedAt = now
  result = { kind: 'sound' }
  next = null
  said = []
})

function start(wasUnclean: boolean): () => void {
  return startChecking({
    wasUnclean,
    checkedAt: () => checkedAt,
    onSound: () => {
      checkedAt = now
      said.push('sound')
    },
    onDamage: (found) => said.push(found),
    onProblem: () => said.push('problem'),
    check: (depth: CheckDepth) => {
      said.push(depth)
      return result instanceof Error ? Promise.reject(result) : Promise.resolve(result)
    },
    now: () => now,
    later: (work, ms) => {
      next = { work, ms }
      return () => {
        next = null
      }
    },
  })
}

async function look(): Promise<number | undefined> {
  const ms = next?.ms
  next?.work()
  await new Promise(setImmediate)
  return ms
}

test('the structure is looked at soon after the start and then every day, the whole every week', async () => {
  start(false)
  const times = [await look()]
  for (let day = 1; day <= 8; day += 1) {
    now += DAY
    times.push(await look())
  }
  expect([times.slice(0, 3), said]).toEqual([
    [15_000, DAY, DAY],
    ['quick', 'quick', 'quick', 'quick', 'quick', 'quick', 'quick', 'quick', 'full', 'sound'],
  ])
})

test('after an end out of order the whole is looked at, until it was found sound', async () => {
  start(true)
  result = new Error('locked')
  await look()
  result = { kind: 'sound' }
  await look()
  await look()
  expect(said).toEqual(['full', 'problem', 'full', 'sound', 'quick'])
})

test('a file that was never looked at is looked at as a whole', async () => {
  checkedAt = null
  start(false)
  await look()
  expect(said).toEqual(['full', 'sound'])
})

test('damage is told, and not taken for a look that found the file sound', async () => {
  result = { kind: 'damaged', table: 'requests' }
  start(true)
  await look()
  expect(said).toEqual(['full', { kind: 'damaged', table: 'requests' }])
})

test('after its end nothing is told any more', async () => {
  result = { kind: 'damaged', table: 'requests' }
  const stop = start(false)
  next?.work()
  stop()
  await new Promise(setImmediate)
  expect([said, next]).toEqual([['quick'], null])
})
