import type { Sqlite } from './connection'
import { readHighWater } from './high-water'

/** A change of one row: only the columns that changed, with their new values. */
export type Patch = Readonly<Record<string, string | number | boolean | null>>

/** What is written to the journal with every change of a shared row. */
export type Entry = {
  readonly table: string
  readonly rowId: string
  readonly patch: Patch
  /** The person who did it; null when the program did. */
  readonly actor: string | null
  readonly at: number
}

/** The append-only record of every change: history, audit log, and what will be synced. */
export type Journal = {
  /** Writes one entry, numbered densely on this device. */
  readonly record: (entry: Entry) => void
}

const WALL_DIGITS = 15
const COUNTER_DIGITS = 4

/**
 * A hybrid logical clock: never runs backwards, even when the computer's clock does, and its text sorts
 * like its time. (Kulkarni et al. 2014, "Logical Physical Clocks".)
 */
export function createClock(deviceId: string, now: () => number, last: string | null): () => string {
  let wall = last === null ? 0 : Number(last.slice(0, WALL_DIGITS))
  let counter =
    last === null ? 0 : Number.parseInt(last.slice(WALL_DIGITS + 1, WALL_DIGITS + 1 + COUNTER_DIGITS), 16)
  return () => {
    const physical = now()
    if (physical > wall) {
      wall = physical
      counter = 0
    } else {
      counter += 1
      // The counter has a fixed width; when it is full the clock goes on in the next millisecond.
      if (counter > 0xffff) {
        wall += 1
        counter = 0
      }
    }
    const time = String(wall).padStart(WALL_DIGITS, '0')
    return `${time}-${counter.toString(16).padStart(COUNTER_DIGITS, '0')}-${deviceId}`
  }
}

/** A device that is new to a file, after it was restored, writes later than all that is in it. */
function latestOf(sqlite: Sqlite): string | null {
  return readHighWater(sqlite).devices.reduce<string | null>(
    (latest, { hlc }) => (latest === null || hlc > latest ? hlc : latest),
    null,
  )
}

/** Opens the journal of a connection for one device; its numbering goes on where the file's ends. */
export function createJournal(
  sqlite: Sqlite,
  { deviceId, now }: { readonly deviceId: string; readonly now: () => number },
): Journal {
  const last = sqlite.prepare<[string], { hlc: string }>(
    'select hlc from changes where device_id = ? order by seq desc limit 1',
  )
  const tick = createClock(deviceId, now, last.get(deviceId)?.hlc ?? latestOf(sqlite))
  // The next number is read in the same statement, so that a rolled back savepoint leaves no hole; as a value, since
  // for `insert … select` from the same table SQLite fills a temporary one first, which takes longer than the rest.
  // The plus hides the device from the planner: see placeholders.ts.
  const insert = sqlite.prepare(
    `insert into changes (device_id, seq, hlc, table_name, row_id, patch, actor, at)
     values (@deviceId, (select coalesce(max(seq), 0) + 1 from changes where device_id = +@deviceId),
       @hlc, @table, @rowId, @patch, @actor, @at)`,
  )
  return {
    record: (entry) => {
      const { table, rowId, actor, at } = entry
      const patch = JSON.stringify(entry.patch)
      insert.run({ deviceId, hlc: tick(), table, rowId, patch, actor, at })
    },
  }
}
