import { expect, test } from 'vitest'
import { colourOf, initials } from './initials'

test.each([
  ['Marek Novak', 'MN'],
  ['Anna', 'AN'],
  ['  Анна-Мария   фон Петрова ', 'АП'],
  ['J', 'J'],
  ['', ''],
  ['𝒳 Y', '𝒳Y'],
])('the initials of %j are %j', (name, expected) => {
  expect(initials(name)).toBe(expected)
})

test('a person keeps one colour', () => {
  expect(colourOf('a')).toBe(colourOf('a'))
})
