import type { Sqlite } from './connection'

/** What is in a database file, in numbers. */
export type FileFacts = {
  readonly requests: number
  /** Residents and technicians. */
  readonly people: number
  /** When the newest request was made, in UTC ms; null without any. */
  readonly newestRequestAt: number | null
  /** How many migrations it has had. */
  readonly migrations: number
}

/** Counts what is in a database. Throws what SQLite says. */
export function describeFile(sqlite: Sqlite): FileFacts {
  const one = (sql: string) => sqlite.prepare(sql).pluck().get()
  const newest = one('select max(created_at) from requests')
  return {
    requests: Number(one('select count(*) from requests')),
    people: Number(one("select count(*) from users where role in ('user', 'technician')")),
    newestRequestAt: newest === null ? null : Number(newest),
    migrations: Number(sqlite.pragma('user_version', { simple: true })),
  }
}

/** Reads a whole file and says what is wrong with it; null when it is sound. */
export function damageOfFile(sqlite: Sqlite): string | null {
  const integrity = sqlite.pragma('integrity_check(1)', { simple: true })
  if (integrity !== 'ok') return String(integrity)
  const orphans = sqlite.pragma('foreign_key_check') as unknown[]
  return orphans.length === 0 ? null : `${String(orphans.length)} rows point at rows that are not there`
}
