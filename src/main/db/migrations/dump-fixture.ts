import { openSqlite, type Sqlite } from '../connection'
import { contentOfAll, tablesOf } from './content'
import { LEDGER } from './fingerprint'
import { quotedName } from './sql-text'

const HEADER = ['application_id', 'user_version'] as const

function rowsOf(sqlite: Sqlite, table: string): readonly string[] {
  const columns = sqlite.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table)
  const quoted = columns.map((column) => `quote(${quotedName(column)})`).join(` || ', ' || `)
  const rows = sqlite
    .prepare<[], string>(`select ${quoted} from ${quotedName(table)}`)
    .pluck()
    .all()
  return rows.map((row) => `insert into ${quotedName(table)} values (${row});`)
}

/** A database as SQL: its tables, rows, indexes, triggers, its list of migrations and its header. */
export function dumpOf(sqlite: Sqlite): string {
  const created = (isTable: boolean) =>
    sqlite
      .prepare<[], string>(
        `select sql || ';' from sqlite_schema where sql is not null and name not like 'sqlite\\_%' escape '\\'
         and (type = 'table') = ${String(isTable)} order by rowid`,
      )
      .pluck()
      .all()
  const lines = [
    ...created(true),
    ...[...tablesOf(sqlite), LEDGER].flatMap((table) => rowsOf(sqlite, table)),
    // Triggers last: they would count the rows again.
    ...created(false),
    ...HEADER.map((name) => `pragma ${name} = ${String(sqlite.pragma(name, { simple: true }))};`),
  ]
  const dump = `${lines.join('\n')}\n`
  const again = loadDump(':memory:', dump)
  try {
    const [kept, original] = [contentOfAll(again), contentOfAll(sqlite)]
    for (const [table, { digest }] of original)
      if (kept.get(table)?.digest !== digest) throw new Error(`The dump does not keep table ${table}`)
  } finally {
    again.close()
  }
  return dump
}

/** Makes the database of a dump and opens it. */
export function loadDump(path: string, dump: string): Sqlite {
  const sqlite = openSqlite(path)
  sqlite.pragma('foreign_keys = OFF')
  sqlite.exec(`begin; ${dump}; commit`)
  sqlite.pragma('foreign_keys = ON')
  return sqlite
}
