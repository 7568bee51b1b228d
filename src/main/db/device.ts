import type { Sqlite } from './connection'

/** The id under which this database writes its journal; made at the first opening and kept in the file. */
export function deviceIdOf(sqlite: Sqlite, newId: () => string): string {
  sqlite
    .prepare("insert into settings (key, value) values ('deviceId', json_quote(?)) on conflict do nothing")
    .run(newId())
  const stored = sqlite
    .prepare("select json_extract(value, '$') from settings where key = 'deviceId'")
    .pluck()
    .get()
  if (typeof stored !== 'string') throw new Error('The database has no device id')
  return stored
}

/** The id of this database, which its copies share; made at the first opening and kept in the file. */
export function databaseIdOf(sqlite: Sqlite, newId: () => string): string {
  sqlite
    .prepare("insert into settings (key, value) values ('databaseId', json_quote(?)) on conflict do nothing")
    .run(newId())
  const stored = storedDatabaseId(sqlite)
  if (stored === null) throw new Error('The database has no id')
  return stored
}

/** The id of this database; null when it has none yet. */
export function storedDatabaseId(sqlite: Sqlite): string | null {
  const stored = sqlite
    .prepare("select json_extract(value, '$') from settings where key = 'databaseId'")
    .pluck()
    .get()
  return typeof stored === 'string' ? stored : null
}
