import type { Sqlite } from '../connection'

/** How much of a database is looked through: see damageOf. */
export type Look = 'orphans' | 'short' | 'long'

/**
 * What is wrong with a database as a whole, or null. Always: rows that point at rows that are not there. The short look
 * also reads every page of every table and every rule of its rows; the long one looks for the entry of every row in
 * every index too, which takes four times as long.
 */
export function damageOf(sqlite: Sqlite, look: Look): string | null {
  if (look !== 'orphans') {
    const found = sqlite.pragma(look === 'long' ? 'integrity_check(1)' : 'quick_check(1)', { simple: true })
    // What SQLite says may quote a row.
    if (found !== 'ok') return 'it is damaged'
  }
  const orphans = sqlite.pragma('main.foreign_key_check') as unknown[]
  return orphans.length === 0 ? null : `${String(orphans.length)} rows point at rows that are not there`
}
