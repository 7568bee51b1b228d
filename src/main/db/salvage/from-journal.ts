import type { Sqlite } from '../connection'
import { quotedName } from '../migrations/sql-text'
import { columnsOf } from './into-fresh'

/** The tables whose every change is in the journal, parents first. */
export const JOURNALED = ['users', 'buildings', 'units', 'requests', 'comments', 'files'] as const
export type Journaled = (typeof JOURNALED)[number]

type Value = string | number | bigint | null
type Entry = { readonly rowId: string; readonly patch: string }

/** The name of a column for the name that the journal uses: the same, in another spelling. */
export function columnName(key: string): string {
  return key.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)
}

/** The values of a patch under the names of the columns, as SQLite keeps them. */
export function patchValues(patch: string): ReadonlyMap<string, Value> {
  const parsed = JSON.parse(patch) as Readonly<Record<string, string | number | boolean | null>>
  const entries = Object.entries(parsed)
  return new Map(
    entries.map(([key, value]) => [columnName(key), typeof value === 'boolean' ? Number(value) : value]),
  )
}

/** Makes the rows of a table again that its journal tells of and that are not there. Returns how many. */
export function rebuildFromJournal(fresh: Sqlite, table: Journaled): number {
  const columns = columnsOf(fresh, table)
  const lost = fresh.prepare<[string], Entry>(
    `select row_id as rowId, patch from changes as c where table_name = ?
     and not exists (select 1 from ${quotedName(table)} where id = c.row_id) order by row_id, hlc`,
  )
  const rows = new Map<string, Map<string, Value>>()
  for (const { rowId, patch } of lost.all(table)) {
    const row = rows.get(rowId) ?? new Map<string, Value>()
    for (const [column, value] of patchValues(patch)) row.set(column, value)
    rows.set(rowId, row)
  }
  let rebuilt = 0
  for (const row of rows.values()) {
    const known = columns.filter((column) => row.has(column))
    const names = known.map(quotedName).join(', ')
    const marks = known.map(() => '?').join(', ')
    // Ignored where the beginning of its history is lost, so that it lacks what every row has.
    const insert = fresh.prepare(`insert or ignore into ${quotedName(table)} (${names}) values (${marks})`)
    rebuilt += insert.run(...known.map((column) => row.get(column) ?? null)).changes
  }
  return rebuilt
}
