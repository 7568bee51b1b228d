import type { Sqlite } from '../connection'
import { quotedName } from '../migrations/sql-text'

/** Puts rows into a table of a fresh database. */
export type Filler = {
  /** False when the row breaks a rule of the table: it is damaged, or there is one of its kind. */
  readonly put: (row: readonly unknown[]) => boolean
}

/** The columns of a table that are stored, in their order. */
export function columnsOf(sqlite: Sqlite, table: string): readonly string[] {
  return sqlite
    .prepare<[string], string>('select name from pragma_table_xinfo(?) where hidden = 0 order by cid')
    .pluck()
    .all(table)
}

/** Prepares the filling of a table, with values in the order of these columns. */
export function fillerOf(fresh: Sqlite, table: string, columns: readonly string[]): Filler {
  const insert = fresh.prepare(
    `insert into ${quotedName(table)} (${columns.map(quotedName).join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  )
  return {
    put: (row) => {
      try {
        insert.run(...row)
        return true
      } catch (error) {
        if (isRuleBroken(error)) return false
        throw error
      }
    },
  }
}

function isRuleBroken(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^SQLITE_(?:CONSTRAINT|MISMATCH|TOOBIG|RANGE)/u.test(code)
}
