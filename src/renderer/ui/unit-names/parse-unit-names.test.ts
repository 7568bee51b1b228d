import { expect, test } from 'vitest'
import { LONGEST_UNIT_NAME, MOST_UNITS, parseUnitNames } from './parse-unit-names'

const cases: { text: string; names: string[] }[] = [
  { text: '', names: [] },
  { text: ' , ;\n ', names: [] },
  { text: '1-4', names: ['1', '2', '3', '4'] },
  { text: '9 – 11', names: ['9', '10', '11'] },
  { text: 'Flat 1-3', names: ['Flat 1', 'Flat 2', 'Flat 3'] },
  { text: 'кв. 8—10', names: ['кв. 8', 'кв. 9', 'кв. 10'] },
  { text: '08-10', names: ['08', '09', '10'] },
  { text: 'Office 2.09-2.11', names: ['Office 2.09', 'Office 2.10', 'Office 2.11'] },
  { text: 'Office 2.07', names: ['Office 2.07'] },
  { text: '12-3', names: ['12-3'] },
  { text: '5-5', names: ['5-5'] },
  { text: 'A1-B4', names: ['A1-B4'] },
  { text: 'Level -1', names: ['Level -1'] },
  { text: '1-2, Office   2.07;\nRoof', names: ['1', '2', 'Office 2.07', 'Roof'] },
]

test.each(cases)('"$text" is read as names', ({ text, names }) => {
  expect(parseUnitNames(text)).toEqual({ names, repeated: [], tooLong: null, tooMany: false })
})

test('a name given twice, or there already, is left out and named', () => {
  expect(parseUnitNames('1-3, 2, roof', ['Roof', '3'])).toEqual({
    names: ['1', '2'],
    repeated: ['3', '2', 'roof'],
    tooLong: null,
    tooMany: false,
  })
})

test('a huge range stops at the limit and says so', () => {
  const { names, tooMany } = parseUnitNames('1-999999')
  expect([names.length, names.at(-1), tooMany]).toEqual([MOST_UNITS, String(MOST_UNITS), true])
})

test('a name that is too long is named', () => {
  const long = 'x'.repeat(LONGEST_UNIT_NAME + 1)
  expect(parseUnitNames(`1, ${long}`).tooLong).toBe(long)
})
