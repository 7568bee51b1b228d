import { createHash } from 'node:crypto'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'

/** A digest of every row that no case touches, by table and key. */
export type Digests = ReadonlyMap<string, string>

/** What cases leave alone: places, and requests of the past with everything that belongs to them. */
const QUERIES: Readonly<Record<string, string>> = {
  buildings: 'select id as key, * from buildings',
  units: 'select id as key, * from units',
  categories: 'select id as key, * from categories',
  invites: 'select id as key, * from invites',
  requests: 'select id as key, * from requests where ended_at is not null',
  comments:
    'select comments.id as key, comments.* from comments join requests on requests.id = request_id where ended_at is not null',
  changes: `select device_id || seq as key, changes.* from changes join requests on requests.id = row_id
    where ended_at is not null`,
  migrations: 'select version as key, * from schema_migrations',
}

/** Reads the digests of an office's folder. */
export function digestsOf(folder: string): Digests {
  const sqlite = new BetterSqlite3(join(folder, 'dispatcher.db'), { readonly: true })
  const digests = new Map<string, string>()
  try {
    for (const [table, sql] of Object.entries(QUERIES)) {
      for (const row of sqlite.prepare(sql).iterate() as IterableIterator<Record<string, unknown>>) {
        const digest = createHash('sha256').update(JSON.stringify(row)).digest('hex')
        digests.set(`${table} ${String(row['key'])}`, digest)
      }
    }
    return digests
  } finally {
    sqlite.close()
  }
}
