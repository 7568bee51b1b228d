import Database from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'

/** The bare SQLite connection. */
export type Sqlite = Database.Database
/** The same connection through Drizzle. */
export type Orm = BetterSQLite3Database

/** Oldest SQLite without the WAL-reset bug (sqlite.org/wal.html#walresetbug), as 1000·minor + patch of version 3. */
const OLDEST_SAFE_SQLITE = 51_003
/** How long a statement waits for another program that holds the file, in ms: longer would freeze the windows. */
const BUSY_MS = 250
const JOURNAL_LIMIT_BYTES = 64 * 1024 * 1024

/**
 * Opens a database file with the settings that make a commit survive a power cut, and proves that they hold.
 * Throws when SQLite is too old or a setting did not take.
 */
export function openSqlite(path: string, options: { readonly readOnly?: boolean } = {}): Sqlite {
  const sqlite = new Database(path, { readonly: options.readOnly ?? false, timeout: BUSY_MS })
  try {
    assertSafeVersion(sqlite)
    if (options.readOnly !== true) sqlite.pragma('journal_mode = WAL')
    // better-sqlite3 is compiled so that WAL silently means NORMAL, which loses acknowledged rows on power loss.
    sqlite.pragma('synchronous = FULL')
    if (process.platform === 'darwin') sqlite.pragma('fullfsync = ON')
    sqlite.pragma('foreign_keys = ON')
    sqlite.pragma('wal_autocheckpoint = 1000')
    sqlite.pragma(`journal_size_limit = ${String(JOURNAL_LIMIT_BYTES)}`)
    sqlite.pragma('mmap_size = 0')
    sqlite.pragma('cell_size_check = ON')
    sqlite.pragma('trusted_schema = OFF')
    sqlite.pragma('secure_delete = FAST')
    sqlite.pragma('temp_store = MEMORY')
    return sqlite
  } catch (error) {
    sqlite.close()
    throw error
  }
}

/**
 * Throws unless every commit is synced to the disk. Ask after the first write: before it SQLite still
 * answers FULL for a connection that will write with NORMAL.
 */
export function assertDurable(sqlite: Sqlite): void {
  const synchronous = sqlite.pragma('synchronous', { simple: true })
  if (synchronous !== 2)
    throw new Error(`SQLite runs with synchronous=${String(synchronous)} instead of FULL (2)`)
  if (sqlite.pragma('foreign_keys', { simple: true }) !== 1)
    throw new Error('SQLite runs without foreign keys')
}

/** The connection through Drizzle. */
export function ormOf(sqlite: Sqlite): Orm {
  return drizzle(sqlite)
}

/** Throws when the SQLite at hand has the WAL-reset bug. */
export function assertSafeVersion(sqlite: Sqlite): void {
  const version = String(sqlite.prepare('select sqlite_version()').pluck().get())
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  if (major !== 3 || minor * 1000 + patch < OLDEST_SAFE_SQLITE) {
    throw new Error(`SQLite ${version} can damage a database in WAL mode; 3.51.3 or newer is needed`)
  }
}
