import { hash } from 'node:crypto'
import type { Sqlite } from '../connection'
import { LEDGER } from './fingerprint'
import { quotedName } from './sql-text'

/** How many rows a table has, and a digest of what they say that does not depend on their order. */
export type TableContent = { readonly rows: number; readonly digest: string }

/** The tables that hold the program's data, by name. */
export function tablesOf(sqlite: Sqlite): readonly string[] {
  // Virtual tables keep their content in shadow tables, which only their module may judge.
  return sqlite
    .prepare<[string], string>(
      `select name from pragma_table_list where schema = 'main' and type = 'table'
       and name not like 'sqlite\\_%' escape '\\' and name <> ? order by name`,
    )
    .pluck()
    .all(LEDGER)
}

/** The number of rows of a table. */
export function countRows(sqlite: Sqlite, table: string): number {
  return Number(
    sqlite
      .prepare(`select count(*) from ${quotedName(table)}`)
      .pluck()
      .get(),
  )
}

type Column = { readonly name: string; readonly type: string; readonly strict: number }

function columnsOf(sqlite: Sqlite, table: string): readonly Column[] {
  return sqlite
    .prepare<[string], Column>(
      `select c.name, upper(c.type) as type, t.strict from pragma_table_xinfo(t.name) as c
       join pragma_table_list as t on t.schema = 'main' and t.name = ? where c.hidden = 0 order by c.cid`,
    )
    .all(table)
    .map((column) => ({ ...column, name: quotedName(column.name) }))
}

/** A value as text, so that no two rows can read the same; as short as its column allows, since this takes most of the time. */
function readable({ name, type, strict }: Column): string {
  const measured = `octet_length(${name}) || ':' || ${name}`
  if (strict === 0 || type === 'ANY') return `coalesce(substr(typeof(${name}), 1, 1) || ${measured}, 'null')`
  // Numbers contain no comma, so their length needs no telling.
  if (type === 'TEXT' || type === 'BLOB') return `coalesce(${measured}, 'null')`
  return `coalesce(${name}, 'null')`
}

/** Reads every value of a table. Adding up the rows' hashes makes their order meaningless. */
export function contentOf(sqlite: Sqlite, table: string): TableContent {
  const row = columnsOf(sqlite, table).map(readable).join(` || ',' || `)
  // As a blob, since a text would end at a NUL and lose bytes that are not UTF-8 on its way here.
  const every = sqlite.prepare<[], Buffer>(`select cast(${row} as blob) from ${quotedName(table)}`).pluck()
  let rows = 0
  let low = 0n
  let high = 0n
  for (const bytes of every.iterate()) {
    const digest = hash('sha256', bytes, 'buffer')
    low = BigInt.asUintN(64, low + digest.readBigUInt64LE(0))
    high = BigInt.asUintN(64, high + digest.readBigUInt64LE(8))
    rows += 1
  }
  return { rows, digest: `${high.toString(16)}-${low.toString(16)}` }
}

/** The content of all tables, by name. */
export function contentOfAll(sqlite: Sqlite): ReadonlyMap<string, TableContent> {
  return new Map(tablesOf(sqlite).map((table) => [table, contentOf(sqlite, table)]))
}

/** Up to here every value is compared; in larger tables only the number of rows and of bytes in each column. */
const COMPARED_ROWS = 100_000

/** A quick look at a table's content: complete for a small one, sums for a large one. */
export function sketchOf(sqlite: Sqlite, table: string, comparedRows = COMPARED_ROWS): string {
  if (countRows(sqlite, table) <= comparedRows) return contentOf(sqlite, table).digest
  const sums = columnsOf(sqlite, table).map(({ name }) => `total(octet_length(${name}))`)
  return JSON.stringify(
    sqlite
      .prepare(`select ${sums.join(', ')} from ${quotedName(table)}`)
      .raw()
      .get(),
  )
}
