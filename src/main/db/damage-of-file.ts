import type { Sqlite } from './connection'

/** Reads a whole file and says what is wrong with it; null when it is sound. */
export function damageOfFile(sqlite: Sqlite): string | null {
  const integrity = sqlite.pragma('integrity_check(1)', { simple: true })
  if (integrity !== 'ok') return String(integrity)
  const orphans = sqlite.pragma('foreign_key_check') as unknown[]
  return orphans.length === 0 ? null : `${String(orphans.length)} rows point at rows that are not there`
}
