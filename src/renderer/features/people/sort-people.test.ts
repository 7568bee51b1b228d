import { expect, test } from 'vitest'
import { type Person, Person as PersonSchema } from '../../../shared/model/people'
import { peopleOf } from './sort-people'

let count = 0
function person(name: string, change: Partial<Person> = {}): Person {
  count += 1
  return PersonSchema.parse({
    id: `00000000-0000-7000-8000-${String(count).padStart(12, '0')}`,
    name,
    username: null,
    role: 'user',
    isActive: true,
    reachable: true,
    language: 'en',
    place: null,
    openRequests: 0,
    createdAt: 0,
    ...change,
  })
}

const people = [
  person('Zoe', { place: 'Linden Court, flat 34' }),
  person('anna', { username: 'anna_p', place: 'Quay House, office 2.07' }),
  person('Bert', { isActive: false, place: 'Linden Court, flat 3' }),
  person('Marek', { role: 'technician' }),
]

const cases = [
  { group: 'residents', search: '', names: ['anna', 'Zoe', 'Bert'] },
  { group: 'technicians', search: '', names: ['Marek'] },
  { group: 'residents', search: 'LINDEN  3', names: ['Zoe', 'Bert'] },
  { group: 'residents', search: '@anna', names: ['anna'] },
  { group: 'residents', search: 'nobody', names: [] },
] as const

test.each(cases)('$group found by "$search"', ({ group, search, names }) => {
  expect(peopleOf(people, group, search, 'en').map(({ name }) => name)).toEqual(names)
})
