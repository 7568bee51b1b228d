import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openSqlite, type Sqlite } from '../connection'
import { contentOfAll } from './content'
import { schemaFingerprint } from './fingerprint'
import type { MigrationError } from './errors'
import { type MigrateOptions, upgrade } from './migrate'
import type { Migration } from './migration-files'
import { HOUSE } from './house-migrations-fixture'

/** A fixed present. */
export const NOON = Date.UTC(2026, 0, 2, 12)

const MEMORY = '/dev/shm'

/**
 * A new empty folder that goes when the test ends. In memory, where there is such a disk, it spares the waiting: a
 * kill loses nothing that was written, synced or not.
 */
export function tempFolder({ inMemory = false }: { readonly inMemory?: boolean } = {}): string {
  const folder = mkdtempSync(join(inMemory && existsSync(MEMORY) ? MEMORY : tmpdir(), 'migrations-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** Opens a database in a folder until the test ends. */
export function openIn(folder: string, name = 'house.db'): Sqlite {
  const sqlite = openSqlite(join(folder, name))
  onTestFinished(() => {
    sqlite.close()
  })
  return sqlite
}

/** Options of a run whose copies go to the folder's backups. */
export function optionsFor(folder: string, migrations: readonly Migration[] = HOUSE): MigrateOptions {
  return { migrations, appVersion: '1.2.3', now: () => NOON, copyTo: join(folder, 'backups') }
}

/** Two rooms with three lamps, a note and the tally that a trigger keeps. */
export function furnish(sqlite: Sqlite): void {
  sqlite.exec(`
    insert into tallies values ('rooms', 0);
    insert into rooms (id, name) values ('r1', 'Hall'), ('r2', 'Küche');
    insert into lamps values ('l1', 'r1', 60.5), ('l2', 'r1', 1e-300), ('l3', 'r2', null);
    insert into notes values (1, 'zero' || char(0) || 'inside'), (7, null);
  `)
}

/** Everything a run may change, in one comparable value. */
export function stateOf(sqlite: Sqlite) {
  return {
    schema: schemaFingerprint(sqlite),
    content: Object.fromEntries(contentOfAll(sqlite)),
    version: sqlite.pragma('user_version', { simple: true }),
    foreignKeys: sqlite.pragma('foreign_keys', { simple: true }),
    open: sqlite.inTransaction,
  }
}

/** What a file says after a crash: read from a copy of its set, as the next start would find it. */
export function stateOfFile(path: string, workFolder: string) {
  const copy = join(workFolder, 'after-crash')
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy)
  for (const suffix of ['', '-wal']) {
    if (existsSync(path + suffix)) cpSync(path + suffix, join(copy, `x.db${suffix}`))
  }
  const sqlite = openSqlite(join(copy, 'x.db'))
  try {
    return { integrity: sqlite.pragma('integrity_check', { simple: true }), ...stateOf(sqlite) }
  } finally {
    sqlite.close()
  }
}

/** A house with data, at the first migration. */
export function oldHouse() {
  const folder = tempFolder()
  const sqlite = openIn(folder)
  const options = optionsFor(folder)
  upgrade(sqlite, { ...options, to: 1 })
  furnish(sqlite)
  return { folder, sqlite, options }
}

/** The error that the work throws. */
export function refusalOf(work: () => unknown): MigrationError {
  try {
    work()
  } catch (error) {
    return error as MigrationError
  }
  throw new Error('nothing was refused')
}
