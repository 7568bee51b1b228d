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

/** How many rows there are, and the sum of their rowids: two sets of rows of one table that share both are the same. */
export type Tally = { readonly rows: number; readonly sum: number }
/** What was found the same in each table, and what each index holds. */
export type Found = { readonly same: Map<string, Tally>; readonly indexed: Map<string, Tally> }

/** Compares one part, and adds to what was found. Returns what differs, or null. */
export function differenceIn(moment: Sqlite, share: Share, found: Found): string | null {
  switch (share.kind) {
    case 'rows':
      found.same.set(share.table, added(found.same.get(share.table), tallyEqual(moment, share)))
      return null
    case 'table':
      return tablesAreEqual(moment, share.table) ? null : `table ${share.table} has other rows`
    case 'index':
      return differenceInIndex(moment, share.index, found)
  }
}

function added(first: Tally | undefined, second: Tally): Tally {
  return { rows: (first?.rows ?? 0) + second.rows, sum: (first?.sum ?? 0) + second.sum }
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

function tally(moment: Sqlite, from: string, ...values: number[]): Tally {
  const row = moment
    .prepare<number[], Tally>(`select count(*) as rows, total(a.rowid) as sum from ${from}`)
    .get(...values)
  return row ?? { rows: 0, sum: 0 }
}

function tallyEqual(moment: Sqlite, { table, from, to }: Extract<Share, { kind: 'rows' }>): Tally {
  const name = quotedName(table)
  // SQLite keeps the rowids in a compact copy that goes into another file, so each row has exactly one counterpart.
  return tally(
    moment,
    `main.${name} as a cross join copy.${name} as b on b.rowid = a.rowid
     where a.rowid between ? and ? and not (${anyDiffers(columnsOf(moment, table))})`,
    from,
    to,
  )
}

/**
 * What is left to compare once all parts are: whether the rows that were found the same are all rows there are, and
 * whether the indexes have an entry for each. Counting either part by part would read everything once more.
 */
export function differenceOfTallies(moment: Sqlite, found: readonly Found[]): string | null {
  const tables = tablesWithRows(moment).filter(({ wr }) => wr === 0)
  const same = new Map(
    tables.map(({ name }) => [
      name,
      found.map((one) => one.same.get(name)).reduce<Tally>(addedIfAny, { rows: 0, sum: 0 }),
    ]),
  )
  for (const [name, { rows }] of same) {
    if (rows !== countOf(moment, `select count(*) from main.${quotedName(name)}`))
      return `table ${name} differs from the original`
  }
  const indexed = new Map(found.flatMap((one) => [...one.indexed]))
  for (const { name, table } of wholeIndexes(moment)) {
    const entries = indexed.get(name)
    const rows = same.get(table)
    if (rows && (entries?.rows !== rows.rows || entries.sum !== rows.sum)) return lostEntries(name)
  }
  return null
}

function addedIfAny(sum: Tally, one: Tally | undefined): Tally {
  return one === undefined ? sum : added(sum, one)
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

function conditionOf({ sql }: Index): string | null {
  return /\swhere\s[\s\S]*$/iu.exec(sql ?? '')?.[0] ?? null
}

/** Every index that has an entry for each row of its table. */
function wholeIndexes(moment: Sqlite): readonly Index[] {
  return moment
    .prepare<[], Index>(
      `select name, tbl_name as "table", sql from main.sqlite_schema where type = 'index' order by name`,
    )
    .all()
    .filter((index) => conditionOf(index) === null)
}

function lostEntries(index: string): string {
  return `index ${index} has lost or gained entries`
}

/** Tallies the entries of an index. One with a condition is compared at once with the rows that meet it. */
function differenceInIndex(moment: Sqlite, name: string, found: Found): string | null {
  const index = moment
    .prepare<[string], Index>(
      `select name, tbl_name as "table", sql from main.sqlite_schema where type = 'index' and name = ?`,
    )
    .get(name)
  if (!index) return lostEntries(name)
  if (tablesWithRows(moment).find((table) => table.name === index.table)?.wr === 1) return null
  const table = `copy.${quotedName(index.table)} as a`
  const condition = conditionOf(index)
  const entries = tally(moment, `${table} indexed by ${quotedName(name)}${condition ?? ''}`)
  found.indexed.set(name, entries)
  if (condition === null) return null
  const rows = tally(moment, `${table} not indexed${condition}`)
  return rows.rows === entries.rows && rows.sum === entries.sum ? null : lostEntries(name)
}
