import { getTableColumns, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'

/** A placeholder named like its column for each column of a table, for a prepared insert of whole rows. */
export function columnsAsPlaceholders<T extends SQLiteTable>(
  table: T,
): { [K in keyof T['_']['columns'] & string]: Placeholder<K> } {
  const entries = Object.keys(getTableColumns(table)).map((name) => [name, sql.placeholder(name)])
  // Object.fromEntries forgets the keys, which are exactly those of the table.
  return Object.fromEntries(entries) as { [K in keyof T['_']['columns'] & string]: Placeholder<K> }
}

/**
 * A value that SQLite can't look at before it runs the statement. A bare parameter it does look at where the plan may
 * depend on it (against the condition of a partial index), and then plans anew at every call: ten times the work.
 */
export function hiddenValue(name: string): SQL {
  return sql`+${sql.placeholder(name)}`
}

/** The limit of a prepared query, given with each call as `limit`. A bare parameter would be planned anew, as above. */
export function limitPlaceholder(): Placeholder<'limit'> {
  // drizzle writes whatever stands there into the statement; its types know numbers and placeholders only.
  return hiddenValue('limit') as unknown as Placeholder<'limit'>
}

/** A limit that is always the same, written out: drizzle would make a parameter of it. */
export function fixedLimit(count: number): number {
  // See above.
  return sql.raw(String(count)) as unknown as number
}
