import { openSqlite, type Sqlite } from '../connection'
import { countRows, tablesOf } from './content'
import { schemaObjects } from './fingerprint'
import { type AppliedMigration, metaOf } from './ledger'
import type { RowChange } from './migration-files'
import { changesDown } from './plan'
import { quotedName, statementsOf } from './sql-text'

/** Something that a way down takes away. */
export type Loss =
  | { readonly kind: 'table'; readonly migration: string; readonly table: string; readonly rows: number }
  /** Values: how many rows have another value there than the one they would have by default. */
  | {
      readonly kind: 'column'
      readonly migration: string
      readonly table: string
      readonly column: string
      readonly values: number
    }
  /** The migration declares that rows go. */
  | { readonly kind: 'rows'; readonly migration: string; readonly table: string; readonly change: RowChange }

type Structure = ReadonlyMap<string, ReadonlySet<string>>

function structureOf(sqlite: Sqlite): Structure {
  const columns = sqlite.prepare<[string], string>('select name from pragma_table_info(?)').pluck()
  return new Map(tablesOf(sqlite).map((table) => [table, new Set(columns.all(table))]))
}

/** What a way down does to the tables, tried on an empty database that has the same ones. */
function vanishing(sqlite: Sqlite, statements: readonly string[]) {
  const before = structureOf(sqlite)
  for (const statement of statements) sqlite.prepare(statement).run()
  const after = structureOf(sqlite)
  const tables = [...before.keys()].filter((table) => !after.has(table))
  const columns = [...before].flatMap(([table, names]) => {
    const left = after.get(table)
    if (left === undefined) return []
    return [...names].filter((column) => !left.has(column)).map((column) => ({ table, column }))
  })
  return { tables, columns }
}

/** An empty database in memory with the tables of another. */
export function emptyTwin(original: Sqlite): Sqlite {
  const twin = openSqlite(':memory:')
  twin.pragma('foreign_keys = OFF')
  const shadows = new Set(
    original
      .prepare<[], string>("select name from pragma_table_list where schema = 'main' and type = 'shadow'")
      .pluck()
      .all(),
  )
  const own = new Set(schemaObjects(original).map(({ name }) => name))
  const created = original
    .prepare<[], { name: string; sql: string }>(
      'select name, sql from sqlite_schema where sql is not null order by rowid',
    )
    .all()
  // The module of a virtual table makes its shadow tables itself.
  for (const { name, sql } of created) if (own.has(name) && !shadows.has(name)) twin.exec(sql)
  return twin
}

function valuesIn(sqlite: Sqlite, table: string, column: string): number {
  const fallback = sqlite
    .prepare<[string, string], string | null>('select dflt_value from pragma_table_info(?) where name = ?')
    .pluck()
    .get(table, column)
  const sql = `select count(*) from ${quotedName(table)} where ${quotedName(column)} is not (${fallback ?? 'null'})`
  return Number(sqlite.prepare(sql).pluck().get())
}

function loses(change: RowChange): boolean {
  return typeof change === 'number' ? change < 0 : change !== 'more'
}

/** What one way down takes from this database. Twin: see emptyTwin; it is taken down too. */
function lossOfOne(sqlite: Sqlite, twin: Sqlite, row: AppliedMigration): readonly Loss[] {
  const present = structureOf(sqlite)
  const gone = vanishing(twin, statementsOf(row.downSql))
  const meta = metaOf(row)
  if (meta.reversible !== 'lossy') return []
  const migration = row.name
  // What an earlier step has renamed cannot be looked up in the file: it is counted there or nowhere.
  const tables = gone.tables
    .filter((table) => present.has(table))
    .map((table): Loss => ({ kind: 'table', migration, table, rows: countRows(sqlite, table) }))
  const columns = gone.columns
    .filter(({ table, column }) => present.get(table)?.has(column) === true)
    .map(({ table, column }): Loss => {
      return { kind: 'column', migration, table, column, values: valuesIn(sqlite, table, column) }
    })
  const rows = Object.entries(changesDown(meta))
    .filter(([table, change]) => loses(change) && !gone.tables.includes(table))
    .map(([table, change]): Loss => ({ kind: 'rows', migration, table, change }))
  return [...tables, ...columns, ...rows]
}

/**
 * What taking these migrations back, the newest first, takes from this database; up to one that has no way down.
 * Empty tables and columns are no loss.
 */
export function lossOf(sqlite: Sqlite, going: readonly AppliedMigration[]): readonly Loss[] {
  const dead = going.findIndex((row) => metaOf(row).reversible === false)
  const twin = emptyTwin(sqlite)
  try {
    return going
      .slice(0, dead === -1 ? going.length : dead)
      .flatMap((row) => lossOfOne(sqlite, twin, row))
      .filter((loss) => loss.kind === 'rows' || (loss.kind === 'table' ? loss.rows : loss.values) > 0)
  } finally {
    twin.close()
  }
}

/** Whether a way down takes any table or column away, tried on the tables of this database. */
export function takesAway(sqlite: Sqlite, down: string): boolean {
  const twin = emptyTwin(sqlite)
  try {
    const { tables, columns } = vanishing(twin, statementsOf(down))
    return tables.length + columns.length > 0
  } finally {
    twin.close()
  }
}
