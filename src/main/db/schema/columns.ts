import { sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'

/** The values of a zod enum as drizzle wants them; an enum without values would not be one, so the cast holds. */
export function valuesOf<T extends string>(vocabulary: { readonly options: readonly T[] }): [T, ...T[]] {
  return vocabulary.options as [T, ...T[]]
}

/** `column IN (…)` with the values written out: SQLite keeps no enum of its own. */
export function oneOf(column: AnySQLiteColumn, values: readonly string[]) {
  return sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`
}
