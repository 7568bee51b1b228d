import Database from 'better-sqlite3'
import { openSqlite, type Sqlite } from '../connection'

/** How long the making of a copy waits for a writer to finish, in ms; nobody looks on meanwhile. */
const PATIENCE_MS = 5_000
/** How much the copy may hold back before it writes, in KiB; little, since writers wait until the first page is written. */
const COPY_CACHE_KIB = 2000

/** Holds all writers off for a moment, and tells whether one came after all. */
export type WriteLock = {
  /** Throws SQLITE_BUSY when a writer does not finish within 5 s. */
  readonly hold: () => void
  readonly release: () => void
  /** Whether nobody has written since the lock was held first. */
  readonly isUndisturbed: () => boolean
  readonly close: () => void
}

/** Makes ready to hold all writers off, so that several connections can begin to read the same moment. */
export function openLock(path: string): WriteLock {
  const sqlite = openSqlite(path)
  const version = () => Number(sqlite.pragma('data_version', { simple: true }))
  sqlite.pragma(`busy_timeout = ${String(PATIENCE_MS)}`)
  let held: number | null = null
  const release = () => {
    if (sqlite.inTransaction) sqlite.exec('rollback')
  }
  return {
    hold: () => {
      sqlite.exec('begin immediate')
      held = version()
    },
    release,
    isUndisturbed: () => held !== null && version() === held,
    close: () => {
      release()
      sqlite.close()
    },
  }
}

/** A connection that can read one moment of a database, however long that takes and whatever is written meanwhile. */
export type Moment = { readonly sqlite: Sqlite; readonly begin: () => void; readonly close: () => void }

/** Opens a database to read one moment of it: that of `begin`. */
export function openMoment(path: string): Moment {
  const sqlite = openSqlite(path)
  sqlite.pragma('query_only = ON')
  const look = sqlite.prepare('select count(*) from sqlite_schema')
  return {
    sqlite,
    begin: () => {
      sqlite.exec('begin')
      // The moment is that of the first read, not of `begin`.
      look.get()
    },
    close: () => {
      sqlite.close()
    },
  }
}

/** A connection that can copy a live database into a new file. */
export type Copying = { readonly copyTo: (target: string) => void; readonly close: () => void }

/** Makes ready to copy a live database, compactly. The copy does not wait for the disk. */
export function openCopying(source: string): Copying {
  const sqlite = openSqlite(source)
  sqlite.pragma(`cache_size = -${String(COPY_CACHE_KIB)}`)
  const copy = sqlite.prepare('vacuum into ?')
  return {
    copyTo: (target) => {
      copy.run(target)
    },
    close: () => {
      sqlite.close()
    },
  }
}

/** Opens a file that must be there, to be read only. Not read-only for SQLite, which then forgets the CHECKs of all tables. */
export function openToInspect(path: string): Sqlite {
  const sqlite = new Database(path, { fileMustExist: true })
  sqlite.pragma('query_only = ON')
  sqlite.pragma('cell_size_check = ON')
  sqlite.pragma('trusted_schema = OFF')
  return sqlite
}
