import { getTableColumns, type Placeholder, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'

/** A placeholder named like its column for each column of a table, for a prepared insert of whole rows. */
export function columnsAsPlaceholders<T extends SQLiteTable>(
  table: T,
): { [K in keyof T['_']['columns'] & string]: Placeholder<K> } {
  const entries = Object.keys(getTableColumns(table)).map((name) => [name, sql.placeholder(name)])
  // Object.fromEntries forgets the keys, which are exactly those of the table.
  return Object.fromEntries(entries) as { [K in keyof T['_']['columns'] & string]: Placeholder<K> }
}
