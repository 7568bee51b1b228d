import type { Sqlite } from '../connection'
import { quotedName } from '../migrations/sql-text'

/** Rows of one comparison: enough to be fast, few enough to share the work fairly. */
const SHARE = 50_000

/** A part of the comparison of two databases: some rows of one table, or an index of the copy. */
export type Share =
  | { readonly kind: 'rows'; readonly table: string; readonly from: number; readonly to: number }
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'index'; readonly index: string }

type Table = { readonly name: string; readonly wr: number }
type Index = { readonly name: string; readonly table: string; readonly sql: string | null }

function tablesWithRows(sqlite: Sqlite): readonly Table[] {
  // SQLite's own tables too, but not the schema, which is compared as text.
  return sqlite
    .prepare<[], Table>(
      `select l.name, l.wr from pragma_table_list as l join main.sqlite_schema as s
         on s.type = 'table' and s.name = l.name
       where l.schema = 'main' and s.rootpage > 0 order by l.name`,
    )
    .all()
}

/** Attaches a copy, so that statements reach it as `copy`; the connection may stand in a transaction. */
export function attachCopy(moment: Sqlite, path: string): void {
  moment.prepare('attach ? as copy').run(path)
}

/** Every part of the comparison, the heavy ones first. */
export function sharesOf(moment: Sqlite): readonly Share[] {
  const tables = tablesWithRows(moment)
  const rows = tables.flatMap(({ name, wr }): Share[] => (wr === 1 ? [] : rowShares(moment, name)))
  const whole = tables.map(({ name }): Share => ({ kind: 'table', table: name }))
  const indexes = moment
    .prepare<[], string>("select name from main.sqlite_schema where type = 'index' order by name")
    .pluck()
    .all()
    .map((index): Share => ({ kind: 'index', index }))
  return [...rows, ...whole, ...indexes]
}

function rowShares(moment: Sqlite, table: string): Share[] {
  const range = moment
    .prepare<[], { first: number | null; last: number | null }>(
      `select (select min(rowid) from main.${quotedName(table)}) as first, (select max(rowid) from main.${quotedName(table)}) as last`,
    )
    .get()
  if (range?.first == null || range.last == null) return []
  const shares: Share[] = []
  for (let from = range.first; from <= range.last; from += SHARE)
    shares.push({ kind: 'rows', table, from, to: Math.min(from + SHARE - 1, range.last) })
  return shares
}

/** What is wrong with the version or the tables of the attached copy; null when they are those of the original. */
export function differenceOfSchema(moment: Sqlite): string | null {
  for (const name of ['application_id', 'user_version']) {
    const values = ['main', 'copy'].map((schema) => moment.pragma(`${schema}.${name}`, { simple: true }))
    if (values[0] !== values[1]) return `${name} is another one`
  }
  const [original, copied] = ['main', 'copy'].map((schema) =>
    JSON.stringify(
      moment
        .prepare(
          `select type, name, tbl_name, sql from ${schema}.sqlite_schema order by type, name, tbl_name, sql`,
        )
        .raw()
        .all(),
    ),
  )
  return original === copied ? null : 'its tables are others'
}

/** Rows of each table that were found the same. */
export type Same = Map<string, number>

/** Compares one part, and adds to what was found the same. Returns what differs, or null. */
export function differenceIn(moment: Sqlite, share: Share, same: Same): string | null {
  switch (share.kind) {
    case 'rows':
      same.set(share.table, (same.get(share.table) ?? 0) + countEqual(moment, share))
      return null
    case 'table':
      return tablesAreEqual(moment, share.table) ? null : `table ${share.table} has other rows`
    case 'index':
      return indexIsWhole(moment, share.index) ? null : `index ${share.index} has lost or gained entries`
  }
}

function columnsOf(moment: Sqlite, table: string): readonly { name: string; pk: number }[] {
  return moment
    .prepare<[string], { name: string; pk: number }>(
      `select name, pk from pragma_table_xinfo(?, 'main') where hidden = 0 order by cid`,
    )
    .all(table)
}

/** Whether a row of the copy says something else; by bytes, whatever a column sorts like. */
function anyDiffers(columns: readonly { name: string }[]): string {
  const each = columns.map(({ name }) => quotedName(name))
  return each.map((column) => `a.${column} collate binary is not b.${column}`).join(' or ')
}

function countOf(moment: Sqlite, sql: string, ...values: number[]): number {
  return Number(
    moment
      .prepare<number[], number>(sql)
      .pluck()
      .get(...values),
  )
}

function countEqual(moment: Sqlite, { table, from, to }: Extract<Share, { kind: 'rows' }>): number {
  const name = quotedName(table)
  // SQLite keeps the rowids in a compact copy that goes into another file, so each row has exactly one counterpart.
  return countOf(
    moment,
    `select count(*) from main.${name} as a cross join copy.${name} as b on b.rowid = a.rowid
     where a.rowid between ? and ? and not (${anyDiffers(columnsOf(moment, table))})`,
    from,
    to,
  )
}

/**
 * What is left to compare once all parts are: whether the rows that were found the same are all rows there are.
 * Counting them part by part would read everything once more.
 */
export function differenceOfCounts(moment: Sqlite, found: readonly Same[]): string | null {
  for (const { name, wr } of tablesWithRows(moment)) {
    const same = found.reduce((sum, one) => sum + (one.get(name) ?? 0), 0)
    if (wr === 0 && same !== countOf(moment, `select count(*) from main.${quotedName(name)}`))
      return `table ${name} differs from the original`
  }
  return null
}

function tablesAreEqual(moment: Sqlite, table: string): boolean {
  const name = quotedName(table)
  const [original, copied] = ['main', 'copy'].map((schema) =>
    countOf(moment, `select count(*) from ${schema}.${name}`),
  )
  if (original !== copied) return false
  const columns = columnsOf(moment, table)
  const keys = columns.filter(({ pk }) => pk > 0)
  if (tablesWithRows(moment).find((known) => known.name === table)?.wr !== 1) return true
  const on = keys.map((key) => `b.${quotedName(key.name)} is a.${quotedName(key.name)}`).join(' and ')
  const same = countOf(
    moment,
    `select count(*) from main.${name} as a cross join copy.${name} as b on ${on} where not (${anyDiffers(columns)})`,
  )
  return same === original
}

/** An index must have one entry for each row, and the same rows: their number and the sum of their ids tell. */
function indexIsWhole(moment: Sqlite, index: string): boolean {
  const found = moment
    .prepare<[string], Index>(
      `select name, tbl_name as "table", sql from main.sqlite_schema where type = 'index' and name = ?`,
    )
    .get(index)
  if (!found) return false
  const table = quotedName(found.table)
  if (tablesWithRows(moment).find(({ name }) => name === found.table)?.wr === 1) return true
  const condition = /\swhere\s[\s\S]*$/iu.exec(found.sql ?? '')?.[0] ?? ''
  const [inIndex, inTable] = [`indexed by ${quotedName(index)}`, 'not indexed'].map((way) =>
    JSON.stringify(
      moment.prepare(`select count(*), total(rowid) from copy.${table} ${way}${condition}`).raw().get(),
    ),
  )
  return inIndex === inTable
}
