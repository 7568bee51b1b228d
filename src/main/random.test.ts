import { validate, version } from 'uuid'
import { expect, test } from 'vitest'
import { createIds, createRandom } from './random'

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

test('random bytes have the wanted length and never repeat, across portions and beyond one', () => {
  const random = createRandom()
  const given = Array.from({ length: 2000 }, () => hexOf(random(16)))
  expect([new Set(given).size, new Set(given.map(({ length }) => length)), random(5000).length]).toEqual([
    2000,
    new Set([32]),
    5000,
  ])
})

test('bytes that were given stay as they are when more are drawn', () => {
  const random = createRandom()
  const first = random(16)
  const seen = hexOf(first)
  for (let count = 0; count < 600; count += 1) random(16)
  expect(hexOf(first)).toBe(seen)
})

test('ids are of version 7 and sort as they were made, in one millisecond and when the clock is set back', () => {
  const times = [1000, 1000, 1000, 999, 5, 1001, 1001]
  const newId = createIds(() => times.shift() ?? 1001, createRandom())
  const ids = Array.from({ length: 5000 }, newId)
  expect([ids.toSorted(), new Set(ids).size, ids.every((id) => validate(id) && version(id) === 7)]).toEqual([
    ids,
    5000,
    true,
  ])
})
