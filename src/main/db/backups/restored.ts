import { openSqlite, type Sqlite } from '../connection'
import { holdOutgoing } from '../hold-outgoing'

/** What is known of the data that a backup takes the place of. */
export type Present = {
  /** The last number given to a request; null when the data could not be read. */
  readonly lastSequence: number | null
}

function has(sqlite: Sqlite, table: string): boolean {
  return (
    sqlite.prepare("select 1 from sqlite_schema where type = 'table' and name = ?").get(table) !== undefined
  )
}

/** Reads what a restored backup has to know of the present data. Null for everything that can not be read. */
export function presentOf(path: string): Present {
  let sqlite: Sqlite | undefined
  try {
    // Read-only: a connection that may write would tidy the set up, which may be damaged and is kept as it is.
    sqlite = openSqlite(path, { readOnly: true })
    const last = sqlite.prepare("select value from counters where name = 'sequence'").pluck().get()
    return { lastSequence: typeof last === 'number' ? last : null }
  } catch {
    // Damaged, or of another form: the restored data then go on from their own number.
    return { lastSequence: null }
  } finally {
    sqlite?.close()
  }
}

/**
 * Makes the database of a backup safe to work with again: nothing in it is sent by itself, no dialogue goes on in its
 * middle, its journal begins under a new id, and no number is given twice. Leaves one whole file on the disk.
 */
export function prepareRestored(
  path: string,
  given: {
    readonly deviceId: string
    readonly now: number
    /** When the backup was made, in UTC ms. */
    readonly madeAt: number
    readonly present: Present
  },
): void {
  const sqlite = openSqlite(path)
  try {
    sqlite.transaction(() => {
      if (has(sqlite, 'outbox')) holdOutgoing(sqlite, given.now)
      if (has(sqlite, 'dialogues')) sqlite.exec('delete from dialogues')
      if (has(sqlite, 'settings')) {
        putSetting(sqlite, 'deviceId', given.deviceId)
        putSetting(sqlite, 'restored', { madeAt: given.madeAt })
      }
      if (has(sqlite, 'counters') && given.present.lastSequence !== null)
        goOnCounting(sqlite, given.present.lastSequence)
    })()
    sqlite.pragma('wal_checkpoint(TRUNCATE)')
    // One file, without a journal beside it, can be moved by one rename.
    sqlite.pragma('journal_mode = DELETE')
  } finally {
    sqlite.close()
  }
}

function putSetting(sqlite: Sqlite, key: string, value: unknown): void {
  sqlite
    .prepare(
      'insert into settings (key, value) values (?, ?) on conflict do update set value = excluded.value',
    )
    .run(key, JSON.stringify(value))
}

function goOnCounting(sqlite: Sqlite, last: number): void {
  sqlite
    .prepare(
      `insert into counters (name, value) values ('sequence', ?)
       on conflict do update set value = max(value, excluded.value)`,
    )
    .run(last)
}

/** Builds all indexes of a database anew. */
export function rebuildIndexes(path: string): void {
  const sqlite = openSqlite(path)
  try {
    sqlite.exec('reindex')
    sqlite.pragma('journal_mode = DELETE')
  } finally {
    sqlite.close()
  }
}
