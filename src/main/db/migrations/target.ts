import { BadTarget } from './errors'

/** Where a version is looked for. */
export type Versions = {
  /** Names of all migrations that can be reached, in order. */
  readonly names: readonly string[]
  /** How many of them the database has had. */
  readonly applied: number
}

/** The position of a migration by its number ("1", "0001") or the beginning of its name; null when there is none. */
function positionOf(word: string, names: readonly string[]): number | null {
  if (/^\d+$/.test(word)) return Number(word) < names.length ? Number(word) : null
  const found = names.flatMap((name, index) => (name.startsWith(word) ? [index] : []))
  if (found.length > 1) throw new BadTarget(`"${word}" is the beginning of more than one migration`)
  return found[0] ?? null
}

/**
 * How many migrations a database has had once it is where the word says: "head", "base", "+1", "-1", a number or
 * the beginning of a name, after which that migration is the last one. Throws BadTarget.
 */
export function countAt(word: string, { names, applied }: Versions): number {
  if (word === 'head') return names.length
  if (word === 'base') return 0
  const steps = /^[+-]\d+$/.test(word) ? Number(word) : null
  const count = steps === null ? countAfter(word, names) : applied + steps
  if (count === null) throw new BadTarget(`There is no migration "${word}"`)
  if (count < 0 || count > names.length)
    throw new BadTarget(`From ${nameAt(applied, names)} there are not so many steps as "${word}" asks for`)
  return count
}

function countAfter(word: string, names: readonly string[]): number | null {
  const position = word === '' ? null : positionOf(word, names)
  return position === null ? null : position + 1
}

/** The name of the last of so many migrations, or "base" when there is none. */
export function nameAt(count: number, names: readonly string[]): string {
  return names[count - 1] ?? 'base'
}
