import { openSqlite, type Sqlite } from './connection'
import { tablesOf } from './migrations/content'
import { quotedName } from './migrations/sql-text'
import { columnsOf } from './salvage/into-fresh'
import { JOURNALED, type Journaled, patchValues } from './salvage/from-journal'

/** How much of a file is looked at: its structure, or also every index, reference and the journal. */
export type CheckDepth = 'quick' | 'full'

/** What a look at a whole file has found; the first thing is enough. */
export type CheckResult =
  | { readonly kind: 'sound' }
  /** The structure is damaged, or an index, a rule or a reference does not hold. */
  | { readonly kind: 'damaged'; readonly table: string }
  /** A row says something else than its own history: a bit has changed, or somebody wrote past the program. */
  | { readonly kind: 'contradicts'; readonly table: string; readonly rows: number }

type Step = { readonly table: string; readonly look: () => CheckResult }

/**
 * Looks at a whole file, table by table, on a connection of its own that only reads. It takes long: between two
 * tables others can write, and SQLite's log can be emptied. Throws what SQLite says when it can't be opened.
 */
export function* checkFile(path: string, depth: CheckDepth): Generator<Step, void, void> {
  // Not read-only: SQLite then forgets the CHECKs of all tables.
  const sqlite = openSqlite(path)
  try {
    sqlite.pragma('query_only = ON')
    for (const table of tablesOf(sqlite)) yield { table, look: () => lookAt(sqlite, table, depth) }
    if (depth === 'quick') return
    for (const table of JOURNALED) yield { table, look: () => compareWithJournal(sqlite, table) }
  } finally {
    sqlite.close()
  }
}

/** Runs all steps at once and returns the first that is not sound. */
export function checkWholeFile(path: string, depth: CheckDepth): CheckResult {
  for (const { look } of checkFile(path, depth)) {
    const result = look()
    if (result.kind !== 'sound') return result
  }
  return { kind: 'sound' }
}

function lookAt(sqlite: Sqlite, table: string, depth: CheckDepth): CheckResult {
  const pragma = depth === 'quick' ? 'quick_check' : 'integrity_check'
  try {
    const found = sqlite.pragma(`${pragma}(${quotedName(table)})`, { simple: true })
    if (found !== 'ok') return { kind: 'damaged', table }
    if (depth === 'quick') return { kind: 'sound' }
    const orphans = sqlite.pragma(`foreign_key_check(${quotedName(table)})`) as unknown[]
    return orphans.length === 0 ? { kind: 'sound' } : { kind: 'damaged', table }
  } catch (error) {
    if (isDamage(error)) return { kind: 'damaged', table }
    throw error
  }
}

function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^SQLITE_(?:CORRUPT|NOTADB)/u.test(code)
}

type Entry = { readonly rowId: string; readonly patch: string }

/**
 * Compares every row with the sum of its changes: the journal holds each value a second time, so that a bit that has
 * changed in either is noticed, which no check of SQLite can do. Rows and columns that no change tells of are left
 * out, such as those of a person whose history began before the journal.
 */
function compareWithJournal(sqlite: Sqlite, table: Journaled): CheckResult {
  const columns = columnsOf(sqlite, table)
  const row = sqlite.prepare<[string], Record<string, unknown>>(
    `select ${columns.map(quotedName).join(', ')} from ${quotedName(table)} where id = ?`,
  )
  const entries = sqlite.prepare<[string], Entry>(
    'select row_id as rowId, patch from changes where table_name = ? order by row_id, hlc',
  )
  let rows = 0
  let present: string | null = null
  let folded = new Map<string, unknown>()
  const settle = () => {
    if (present !== null && differs(row.get(present), folded)) rows += 1
  }
  try {
    sqlite.exec('begin')
    for (const { rowId, patch } of entries.iterate(table)) {
      if (rowId !== present) {
        settle()
        present = rowId
        folded = new Map()
      }
      for (const [column, value] of patchValues(patch)) folded.set(column, value)
    }
    settle()
  } finally {
    if (sqlite.inTransaction) sqlite.exec('commit')
  }
  return rows === 0 ? { kind: 'sound' } : { kind: 'contradicts', table, rows }
}

function differs(
  row: Readonly<Record<string, unknown>> | undefined,
  folded: ReadonlyMap<string, unknown>,
): boolean {
  // Nothing that is journaled is ever deleted.
  if (row === undefined) return true
  for (const [column, value] of folded) if (column in row && row[column] !== value) return true
  return false
}
