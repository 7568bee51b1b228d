import type { Sqlite } from '../connection'
import { countRows, tablesOf } from '../migrations/content'

/** What a database holds, to be shown and compared: numbers only, no word of anybody. */
export type Facts = {
  /** How many migrations it has had. */
  readonly schemaVersion: number
  readonly deviceId: string | null
  /** Rows of each table. */
  readonly counts: Readonly<Record<string, number>>
  /** When its newest request was made, in UTC ms; null without any. */
  readonly newestRequestAt: number | null
}

function has(sqlite: Sqlite, table: string): boolean {
  return (
    sqlite.prepare("select 1 from main.sqlite_schema where type = 'table' and name = ?").get(table) !==
    undefined
  )
}

function valueOf(sqlite: Sqlite, table: string, sql: string): unknown {
  return has(sqlite, table) ? sqlite.prepare(sql).pluck().get() : null
}

/** Reads what a database holds. Works on files of other versions too. */
export function factsOf(sqlite: Sqlite): Facts {
  const deviceId = valueOf(
    sqlite,
    'settings',
    "select json_extract(value, '$') from settings where key = 'deviceId'",
  )
  const newest = valueOf(sqlite, 'requests', 'select max(created_at) from requests')
  return {
    schemaVersion: Number(sqlite.pragma('user_version', { simple: true })),
    deviceId: typeof deviceId === 'string' ? deviceId : null,
    counts: Object.fromEntries(tablesOf(sqlite).map((table) => [table, countRows(sqlite, table)])),
    newestRequestAt: typeof newest === 'number' ? newest : null,
  }
}

/** The hashes (SHA-256, hex) of all files that the database says are on the disk, each once, in order. */
export function storedHashes(sqlite: Sqlite): readonly string[] {
  if (!has(sqlite, 'files')) return []
  return sqlite
    .prepare<[], string>(
      "select distinct sha256 from files where state = 'stored' and sha256 is not null order by sha256",
    )
    .pluck()
    .all()
}
