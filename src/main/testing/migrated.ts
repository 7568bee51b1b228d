import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sqlite } from '../db/connection'

/** Brings an empty database to the present schema without the runner's checks: for tests that are about something else. */
export function applySchema(sqlite: Sqlite): void {
  const folder = join(import.meta.dirname, '../../../drizzle')
  for (const name of readdirSync(folder).sort()) {
    if (/^\d{4}_.*\.sql$/u.test(name) && !name.endsWith('.down.sql'))
      sqlite.exec(readFileSync(join(folder, name), 'utf8'))
  }
}
