import { setImmediate } from 'node:timers/promises'
import { numberOf } from '../../domain/request'
import type { Sqlite } from '../connection'
import { tablesOf } from '../migrations/content'
import { JOURNALED, rebuildFromJournal } from './from-journal'
import { rebuildFromMessages } from './from-messages'
import { columnsOf, fillerOf } from './into-fresh'
import { mendReferences } from './mend'
import { readRows } from './read-rows'

/** What became of one table: rows read from the file, made again, and left out because they are damaged. */
export type SavedTable = {
  readonly table: string
  read: number
  rebuilt: number
  leftOut: number
  /** True when parts of it could not be read. */
  unreadable: boolean
}

/** What was saved from a damaged file. */
export type Salvage = {
  readonly tables: readonly SavedTable[]
  /** Requests made again from the residents' messages. */
  readonly fromMessages: number
}

/** The numbers of the columns of the board are kept by triggers, which count what is put in. */
const COUNTED = 'status:'

/**
 * Fills a fresh database of the same version with everything that a damaged one still tells: its rows, then those
 * that its journal tells of, then the requests of which only messages are left. `onPart` is told how much of the
 * tables has been read, from 0 to 1. Foreign keys must be off in the fresh one, and hold at the end.
 */
export async function salvage(
  damaged: Sqlite,
  fresh: Sqlite,
  at: number,
  onPart: (step: 'reading' | 'rebuilding', part: number) => void,
): Promise<Salvage> {
  const names = tablesOf(fresh)
  const tables: SavedTable[] = []
  for (const [index, table] of names.entries()) {
    onPart('reading', index / names.length)
    // Lets the window hear of it.
    await setImmediate()
    tables.push(fresh.transaction(() => saveTable(damaged, fresh, table))())
  }
  const byName = new Map(tables.map((saved) => [saved.table, saved]))
  const add = (table: string, change: (saved: SavedTable) => void) => {
    const saved = byName.get(table)
    if (saved) change(saved)
  }
  const fromMessages = fresh.transaction(() => {
    for (const [index, table] of JOURNALED.entries()) {
      onPart('rebuilding', index / JOURNALED.length)
      const rebuilt = rebuildFromJournal(fresh, table)
      add(table, (saved) => {
        saved.rebuilt += rebuilt
      })
    }
    const made = rebuildFromMessages(fresh)
    for (const [table, count] of mendReferences(fresh, at)) {
      add(table, (saved) => {
        saved.leftOut += count
      })
    }
    countAnew(fresh)
    return made
  })()
  return { tables, fromMessages }
}

function saveTable(damaged: Sqlite, fresh: Sqlite, table: string): SavedTable {
  const saved: SavedTable = { table, read: 0, rebuilt: 0, leftOut: 0, unreadable: false }
  const columns = columnsOf(fresh, table)
  if (table === 'counters') fresh.prepare(`delete from counters where name not like '${COUNTED}%'`).run()
  const { put } = fillerOf(fresh, table, columns)
  const onRow = (row: readonly unknown[]) => {
    if (table === 'counters' && String(row[0]).startsWith(COUNTED)) return
    if (put(row)) saved.read += 1
    else saved.leftOut += 1
  }
  try {
    saved.unreadable = readRows(damaged, table, columns, onRow).damaged
  } catch {
    // Its entry in the list of tables is damaged, or the list itself.
    saved.unreadable = true
  }
  return saved
}

/** Numbers of requests go on after the highest, even when the counter of them is lost. */
function countAnew(fresh: Sqlite): void {
  fresh.exec(
    `insert into counters (name, value) select 'sequence', coalesce(max(sequence), 0) from requests where desk = ''
     on conflict (name) do update set value = max(value, excluded.value)`,
  )
}

type Gap = { readonly desk: string; readonly after: number; readonly before: number }
const MOST_NAMED = 100

/** Numbers of requests that were given and are not there: how many, and the first hundred of them. */
export function missingNumbers(sqlite: Sqlite): {
  readonly count: number
  readonly first: readonly string[]
} {
  const gaps = sqlite
    .prepare<[], Gap>(
      `with given as (
         select desk, sequence from requests
         union all select '', value + 1 from counters where name = 'sequence')
       select desk, previous as after, sequence as before from (
         select desk, sequence, lag(sequence, 1, 0) over (partition by desk order by sequence) as previous
         from given) where sequence > previous + 1 order by desk, sequence`,
    )
    .all()
  const first: string[] = []
  let count = 0
  for (const { desk, after, before } of gaps) {
    count += before - after - 1
    for (let sequence = after + 1; sequence < before && first.length < MOST_NAMED; sequence += 1)
      first.push(numberOf({ desk, sequence }))
  }
  return { count, first }
}
