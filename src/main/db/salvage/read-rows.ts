import type { Sqlite } from '../connection'
import { quotedName } from '../migrations/sql-text'

/** A row as it stands in a file: the values in the order of the columns asked for. */
export type RawRow = readonly unknown[]

/** Looks for rows behind damaged places at most so often in one table. */
const MOST_PROBES = 100_000
/** Gives up after so many looks in a row that found nothing: what is left reaches to where no row has ever been. */
const MOST_IN_VAIN = 2_000
const HIGHEST = 9_223_372_036_854_775_807n

type Reader = {
  /** Reads rows from low to high, or the other way; the number of the last one read, and whether damage ended it. */
  readonly read: (
    low: bigint,
    high: bigint,
    direction: 'up' | 'down',
  ) => { last: bigint | null; broken: boolean }
  readonly probes: () => number
}

function createReader(sqlite: Sqlite, sql: string, onRow: (row: RawRow) => void): Reader {
  let probes = 0
  const prepare = (order: 'asc' | 'desc') =>
    sqlite.prepare(`${sql} where rowid between ? and ? order by rowid ${order}`).raw().safeIntegers()
  const statements = { up: prepare('asc'), down: prepare('desc') }
  return {
    probes: () => probes,
    read: (low, high, direction) => {
      probes += 1
      let last: bigint | null = null
      try {
        for (const row of statements[direction].iterate(low, high)) {
          const [rowid, ...values] = row as [bigint, ...unknown[]]
          last = rowid
          onRow(values)
        }
        return { last, broken: false }
      } catch (error) {
        if (!isDamage(error)) throw error
        return { last, broken: true }
      }
    },
  }
}

function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^SQLITE_(?:CORRUPT|NOTADB|IOERR)/u.test(code)
}

/**
 * Reads every row of a table that can be read: up to a damaged place, then from the other end down to it, and what
 * lies between two damaged places by looking into halves of it. Returns whether there was damage. Throws when the
 * table is not there at all.
 */
export function readRows(
  sqlite: Sqlite,
  table: string,
  columns: readonly string[],
  onRow: (row: RawRow) => void,
): { readonly damaged: boolean } {
  // `not indexed` keeps to the rows themselves: an index may be sound while they are not.
  const sql = `select rowid, ${columns.map(quotedName).join(', ')} from ${quotedName(table)} not indexed`
  const reader = createReader(sqlite, sql, onRow)
  // Between two damaged places, in numbers of rows.
  const open: Range[] = [[-HIGHEST, HIGHEST]]
  let damaged = false
  let inVain = 0
  for (
    let next = takeSmallest(open);
    next !== undefined && reader.probes() < MOST_PROBES && inVain < MOST_IN_VAIN;
    next = takeSmallest(open)
  ) {
    const [low, high] = next
    const up = reader.read(low, high, 'up')
    if (!up.broken) continue
    damaged = true
    const from = up.last === null ? low : up.last + 1n
    const down = reader.read(from, high, 'down')
    const to = down.last === null ? high : down.last - 1n
    inVain = up.last === null && down.last === null ? inVain + 1 : 0
    if (!down.broken) continue
    pushHalves(from, to, open)
  }
  return { damaged }
}

type Range = readonly [bigint, bigint]

/** The smallest first: rows lie close together there, while the largest reach to where no row has ever been. */
function takeSmallest(open: Range[]): Range | undefined {
  let smallest = 0
  for (const [index, range] of open.entries()) {
    if (lengthOf(range) < lengthOf(open[smallest])) smallest = index
  }
  return open.splice(smallest, 1)[0]
}

function lengthOf(range: Range | undefined): bigint {
  return range === undefined ? HIGHEST : range[1] - range[0]
}

/** What is left between two damaged places: its ends are known to be bad, so each half is looked at on its own. */
function pushHalves(from: bigint, to: bigint, open: Range[]): void {
  if (from >= to) return
  const middle = from + (to - from) / 2n
  open.push([from, middle], [middle + 1n, to])
}
