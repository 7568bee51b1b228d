import { expect, test } from 'vitest'
import { LONGEST_TEXT } from '../../../shared/ipc/contract'
import { Building } from '../../../shared/model/places'
import { EMPTY_DRAFT, LONGEST_DESCRIPTION, missingIn, placeChoices, unitOf } from './draft'

const id = (last: number) => `00000000-0000-7000-8000-${String(last).padStart(12, '0')}`
const unit = (last: number, name: string, isActive = true) => ({
  id: id(last),
  name,
  kind: 'unit',
  isActive,
  link: '',
  residents: 0,
})
const building = (last: number, name: string, units: ReturnType<typeof unit>[], isActive = true) =>
  Building.parse({ id: id(last), name, address: '', isActive, link: '', units })

const buildings = [
  building(1, 'Linden Court', [unit(2, 'flat 3'), unit(3, 'flat 4', false), unit(4, 'flat 3')]),
  building(5, 'Old House', [unit(6, 'flat 1')], false),
]

test('only active units of active buildings can be chosen, each name once', () => {
  expect(placeChoices(buildings)).toEqual([{ unitId: id(2), words: 'Linden Court, flat 3' }])
})

test('words in any case stand for their unit; other words are a place of their own', () => {
  const choices = placeChoices(buildings)
  expect([unitOf(' linden court, FLAT 3', choices), unitOf('behind the garage', choices)]).toEqual([
    id(2),
    null,
  ])
})

test('the longest description is what the contract takes', () => {
  expect(LONGEST_DESCRIPTION).toBe(LONGEST_TEXT)
})

test('blanks do not count as an answer', () => {
  expect([missingIn(EMPTY_DRAFT), missingIn({ ...EMPTY_DRAFT, description: 'x', place: ' ' })]).toEqual([
    { description: true, place: true },
    { description: false, place: true },
  ])
})
