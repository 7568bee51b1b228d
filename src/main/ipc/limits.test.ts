import { expect, test } from 'vitest'
import { createRateLimit, isLargerThan } from './limits'

const circular: Record<string, unknown> = {}
circular.self = circular
let deep: unknown = null
for (let depth = 0; depth < 200_000; depth += 1) deep = [deep]
const sparse: unknown[] = []
sparse.length = 4_000_000_000

test.each<[string, unknown, boolean]>([
  ['nothing', undefined, false],
  ['a short text', 'x'.repeat(400), false],
  ['a long text', 'x'.repeat(600), true],
  ['bytes', new Uint8Array(900), false],
  ['many bytes', new Uint8Array(1100), true],
  ['a view counts what it shows', new Uint8Array(new ArrayBuffer(5000), 0, 10), false],
  ['a buffer', new ArrayBuffer(1100), true],
  ['a long key', { ['k'.repeat(600)]: 1 }, true],
  ['texts in a map', new Map([['a', new Set(['x'.repeat(600)])]]), true],
  ['a small tree', { list: [1, 2, { a: 'b' }], map: new Map([[1, 2]]) }, false],
  ['many small things', Array.from({ length: 100 }, () => 1), true],
  ['what contains itself', circular, true],
  ['what is very deep', deep, true],
  ['what is long and empty', sparse, true],
])('size of %s', (_what, value, larger) => {
  expect(isLargerThan(value, 1000)).toBe(larger)
})

test('a bucket gives what it holds, then as much as flows in, and tells the first refusal', () => {
  let at = 0
  const permit = createRateLimit({ perSecond: 4, now: () => at })
  const take = (count: number) => Array.from({ length: count }, () => permit())
  const atOnce = take(6)
  at = 500
  const halfASecondLater = take(3)
  at = 60_000
  expect([atOnce, halfASecondLater, take(5)]).toEqual([
    ['yes', 'yes', 'yes', 'yes', 'first-no', 'no'],
    ['yes', 'yes', 'first-no'],
    ['yes', 'yes', 'yes', 'yes', 'first-no'],
  ])
})
