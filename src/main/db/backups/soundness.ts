import type { Sqlite } from '../connection'

/**
 * What is wrong with a database as a whole, or null. The short look reads every page of every table and every rule of
 * its rows; the long one also looks for the entry of every row in every index, which takes four times as long.
 */
export function damageOf(sqlite: Sqlite, look: 'short' | 'long'): string | null {
  const found = sqlite.pragma(look === 'long' ? 'integrity_check(1)' : 'quick_check(1)', { simple: true })
  // What SQLite says may quote a row.
  if (found !== 'ok') return 'it is damaged'
  const orphans = sqlite.pragma('foreign_key_check') as unknown[]
  return orphans.length === 0 ? null : `${String(orphans.length)} rows point at rows that are not there`
}
