import type { Sqlite } from './connection'

/** Looks at every page of a file, not at every index entry; false when something is wrong. Throws for no database. */
export function quickCheck(sqlite: Sqlite): boolean {
  return sqlite.pragma('quick_check(1)', { simple: true }) === 'ok'
}
