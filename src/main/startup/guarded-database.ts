import { v7 as uuidv7 } from 'uuid'
import { finishRestore } from '../backups/finish-restore'
import { openSqlite, type Sqlite } from '../db/connection'
import { type Database, databaseOf } from '../db/database'
import type { QueryWatch } from '../db/query-watch'
import { databaseIdOf, deviceIdOf, storedDatabaseId } from '../db/device'
import { lackOf } from '../db/high-water'
import { APPLICATION_ID } from '../db/migrations/ledger'
import { migrateToHead } from '../db/migrations/migrate-to-head'
import { checkFiles, type FilesFound } from './check-files'
import { databasePath } from './data-files'
import { type Keeper, keepMarks } from './keeper'
import type { Manifest, Mark } from './marks'
import { Trouble, troubleOf } from './trouble'

/** Which data are opened, and by whom. */
export type GuardedOptions = {
  /** Data folder; prepared. */
  readonly folder: string
  readonly appVersion: string
  readonly migrationsFolder: string
  readonly now: () => number
  /** Told how long each commit took, in ms. */
  readonly onCommitted?: ((ms: number) => void) | undefined
  /** Told how long each query took. */
  readonly watch?: QueryWatch | undefined
  /** Bytes that can still be written to the disk of a folder; asks the disk when left out. */
  readonly freeBytes?: (folder: string) => number
}

/** A database that was found sound, with what keeps watch over it. */
export type GuardedDatabase = Database & {
  readonly keeper: Keeper
  /** True when the program had not closed it in order. */
  readonly wasUnclean: boolean
}

/**
 * Opens the database of a data folder, brought to the present schema, after every check that takes no time: the long
 * ones follow while it is in use. Throws a Trouble, and has changed nothing then.
 */
export function openGuarded(options: GuardedOptions): GuardedDatabase {
  try {
    // A restore that was cut off is carried through before anybody looks at the data.
    finishRestore(options.folder)
    return open(options, checkFiles(options.folder, options.freeBytes))
  } catch (error) {
    throw troubleOf(error)
  }
}

function open(options: GuardedOptions, found: FilesFound): GuardedDatabase {
  const { folder, now } = options
  if (!found.isNew) checkMarks(databasePath(folder), found)
  const sqlite = openSqlite(databasePath(folder))
  try {
    migrateToHead(sqlite, options)
    const { onCommitted, watch } = options
    const database = databaseOf(sqlite, { deviceId: deviceIdOf(sqlite, uuidv7), now, onCommitted, watch })
    const id = databaseIdOf(sqlite, uuidv7)
    const keeper = keepMarks({ ...options, database, id, found })
    const close = () => {
      keeper.close()
      database.close()
    }
    return { ...database, keeper, wasUnclean: found.wasUnclean, close }
  } catch (error) {
    sqlite.close()
    throw error
  }
}

/**
 * Throws when the file is another one than the marks beside it tell of, or an older one. Read-only: any other
 * connection that is closed moves what it takes for the log into the file and removes the log, damaged or not.
 */
function checkMarks(path: string, { mark, manifest, brokenLog }: FilesFound): void {
  const known = mark ?? manifest
  if (known === null) return
  const sqlite = openSqlite(path, { readOnly: true })
  try {
    compare(sqlite, known, mark, brokenLog)
  } catch (error) {
    // Other tables than this program's: taken back on purpose, or newer. The history knows.
    if (!isOfAnotherSchema(error)) throw error
  } finally {
    sqlite.close()
  }
}

function isOfAnotherSchema(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_ERROR'
}

function compare(sqlite: Sqlite, known: Manifest | Mark, mark: Mark | null, brokenLog: number | null): void {
  if (sqlite.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    // An empty database in the place of one with data; what has content of its own is refused by its history.
    const isEmpty = sqlite.prepare('select 1 from sqlite_schema').get() === undefined
    if (isEmpty) throw new Trouble('older', { changes: 0, at: known.at })
    return
  }
  const id = storedDatabaseId(sqlite)
  if (id !== null && id !== known.database) throw new Trouble('another-database')
  const lack = mark === null ? null : lackOf(sqlite, mark)
  if (lack === null) return
  // What is lacking stands behind the break.
  if (brokenLog !== null) throw new Trouble('wal-lost', { commits: brokenLog })
  throw new Trouble('older', { changes: lack.changes, at: known.at })
}
