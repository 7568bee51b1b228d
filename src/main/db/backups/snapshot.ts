import Database from 'better-sqlite3'
import { openSqlite, type Sqlite } from '../connection'

/** How long the making of a copy waits for a writer to finish, in ms; nobody looks on meanwhile. */
const PATIENCE_MS = 5_000
/** Pages that the copy may hold back before it writes; few, since writers wait until the first is written. */
const COPY_CACHE_PAGES = 64

/** Holds all writers off until it is released. */
export type WriteLock = { readonly release: () => void }

/** Holds all writers off, so that several connections can begin to read the same moment. Throws SQLITE_BUSY after 5 s. */
export function lockWriters(path: string): WriteLock {
  const sqlite = openSqlite(path)
  try {
    sqlite.pragma(`busy_timeout = ${String(PATIENCE_MS)}`)
    sqlite.exec('begin immediate')
  } catch (error) {
    sqlite.close()
    throw error
  }
  return {
    release: () => {
      if (sqlite.inTransaction) sqlite.exec('rollback')
      sqlite.close()
    },
  }
}

/** Opens a database to read one moment of it, however long that takes and whatever is written meanwhile. */
export function openMoment(path: string): Sqlite {
  const sqlite = openSqlite(path)
  try {
    sqlite.pragma('query_only = ON')
    sqlite.exec('begin')
    // The moment is that of the first read, not of `begin`.
    sqlite.prepare('select count(*) from sqlite_schema').get()
    return sqlite
  } catch (error) {
    sqlite.close()
    throw error
  }
}

/** Copies the present moment of a live database into a new file, compactly. Does not wait for the disk. */
export function copyCompact(source: string, target: string): void {
  const sqlite = openSqlite(source)
  try {
    sqlite.pragma(`cache_size = ${String(COPY_CACHE_PAGES)}`)
    sqlite.prepare('vacuum into ?').run(target)
  } finally {
    sqlite.close()
  }
}

/** Opens a file that must be there, to be read only. Not read-only for SQLite, which then forgets the CHECKs of all tables. */
export function openToInspect(path: string): Sqlite {
  const sqlite = new Database(path, { fileMustExist: true })
  try {
    sqlite.pragma('query_only = ON')
    sqlite.pragma('cell_size_check = ON')
    sqlite.pragma('trusted_schema = OFF')
    return sqlite
  } catch (error) {
    sqlite.close()
    throw error
  }
}
