import { expect, test } from 'vitest'
import { BadTarget } from './errors'
import { countAt, nameAt } from './target'

const names = ['0000_house', '0001_rooms', '0002_rooms_again', '0003_room']

test.each([
  ['head', 1, 4],
  ['base', 3, 0],
  ['+0', 2, 2],
  ['+2', 2, 4],
  ['-1', 2, 1],
  ['-2', 2, 0],
  ['0', 0, 1],
  ['3', 0, 4],
  ['0002', 4, 3],
  ['0001_rooms', 0, 2],
  ['0002_r', 0, 3],
])('"%s" from %s migrations is %s', (word, applied, count) => {
  expect(countAt(word, { names, applied })).toBe(count)
})

test.each([
  ['+3', 'From 0001_rooms there are not so many steps as "+3" asks for'],
  ['-3', 'From 0001_rooms there are not so many steps as "-3" asks for'],
  ['4', 'There is no migration "4"'],
  ['', 'There is no migration ""'],
  ['rooms', 'There is no migration "rooms"'],
  ['+1.5', 'There is no migration "+1.5"'],
  ['-', 'There is no migration "-"'],
])('"%s" is nowhere', (word, message) => {
  expect(() => countAt(word, { names, applied: 2 })).toThrow(new BadTarget(message))
})

test('a beginning that fits two names is refused', () => {
  const twins = { names: ['a_one', 'a_two'], applied: 0 }
  expect(() => countAt('a_', twins)).toThrow(
    new BadTarget('"a_" is the beginning of more than one migration'),
  )
  expect([countAt('a_t', twins), nameAt(0, names), nameAt(1, names)]).toEqual([2, 'base', '0000_house'])
})
