import type { Person } from '../../../shared/model/people'

/** The two groups of the screen. */
export type Group = 'technicians' | 'residents'

/** The people of a group that a search finds: active ones first, then by name in the reader's alphabet. */
export function peopleOf(
  people: readonly Person[],
  group: Group,
  search: string,
  language: string,
): Person[] {
  const collator = new Intl.Collator(language, { sensitivity: 'base', numeric: true })
  const wanted = search.trim().toLocaleLowerCase(language).split(/\s+/u)
  return people
    .filter(({ role }) => (group === 'technicians' ? role === 'technician' : role === 'user'))
    .filter((person) => {
      const text = [person.name, person.username ?? '', person.place ?? '']
        .join(' ')
        .toLocaleLowerCase(language)
      return wanted.every((word) => text.includes(word.replace(/^@/u, '')))
    })
    .sort((a, b) => Number(b.isActive) - Number(a.isActive) || collator.compare(a.name, b.name))
}
