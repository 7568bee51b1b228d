import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Call, type Option, UsageError } from '../command-line/command'
import { openSqlite, type Sqlite } from '../db/connection'
import { type Migration, readMigrations } from '../db/migrations/migration-files'
import { prepareDataFolder, readEnvironment } from '../settings/environment'
import { claimFolder } from '../settings/folder-lock'
import type { ToolDeps } from './deps'

const DATA_DIR: Option = {
  name: 'data-dir',
  value: 'folder',
  summary: 'the data folder, instead of DISPATCHER_DATA_DIR or the usual one',
}

const MIGRATIONS: Option = {
  name: 'migrations',
  value: 'folder',
  summary: 'another folder of migrations than drizzle/',
}

/** What every command takes that is about a database or its migrations. */
export function placeOptions({ development }: ToolDeps): readonly Option[] {
  // A packaged program has one set of migrations.
  return development === null ? [DATA_DIR] : [DATA_DIR, MIGRATIONS]
}

/** Prints instead of doing. */
export const SQL: Option = {
  name: 'sql',
  summary: 'only print what would be run and checked, as SQL with remarks; changes nothing',
}

/** The program is working with the data: only reading is possible beside it. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
  readonly code = 'folder-in-use'
}

/** There is no database file yet. */
export class NoDatabase extends Error {
  override readonly name = 'NoDatabase'
  readonly code = 'no-database'
}

/** What a call is about. */
export type Place = {
  readonly folder: string
  readonly file: string
  readonly migrationsFolder: string
  readonly migrations: readonly Migration[]
}

/** The folder and the migrations that a call is about. Throws what wrong variables and migration files throw. */
export function placeOf(call: Call, deps: ToolDeps): Place {
  const given = call.values.get('data-dir')
  if (given === '') throw new UsageError('--data-dir needs a folder')
  const folder = given === undefined ? readEnvironment(deps.variables).dataFolder : resolve(given)
  const migrationsFolder = resolve(call.values.get('migrations') ?? deps.migrationsFolder)
  return {
    folder,
    file: join(folder, 'dispatcher.db'),
    migrationsFolder,
    migrations: readMigrations(migrationsFolder),
  }
}

/** The file holds nothing at all, not even what SQLite writes into a new one: something has gone wrong. */
export class EmptyFile extends Error {
  override readonly name = 'EmptyFile'
  readonly code = 'empty-file'
}

function isThere(file: string): boolean {
  if (!existsSync(file)) return false
  // SQLite would take it for a sound, new database.
  if (statSync(file).size === 0)
    throw new EmptyFile(`${file} is empty, which no database is: restore a backup, or move that file away`)
  return true
}

/** Runs the work on the open file, or on null when there is none yet. Can be done while the program is running. */
export function reading<T>({ file }: Place, work: (sqlite: Sqlite | null) => T): T {
  if (!isThere(file)) return work(null)
  const sqlite = openSqlite(file, { readOnly: true })
  try {
    return work(sqlite)
  } finally {
    sqlite.close()
  }
}

/** As reading, but throws NoDatabase when there is none. */
export function readingExisting<T>(place: Place, work: (sqlite: Sqlite) => T): T {
  return reading(place, (sqlite) => {
    if (sqlite === null) throw noDatabase(place)
    return work(sqlite)
  })
}

function noDatabase({ folder }: Place): NoDatabase {
  return new NoDatabase(`There is no database in ${folder}`)
}

/**
 * Runs the work on the open file, with the folder claimed as the program claims it. Makes folder and file when
 * they may be made. Throws FolderInUse or NoDatabase.
 */
export function writing<T>(
  place: Place,
  { mayCreate }: { readonly mayCreate: boolean },
  work: (sqlite: Sqlite) => T,
): T {
  const { folder, file } = place
  if (!isThere(file) && !mayCreate) throw noDatabase(place)
  prepareDataFolder(folder)
  const claim = claimFolder(folder)
  if ('pid' in claim)
    throw new FolderInUse(`Process ${String(claim.pid)} is working with this data folder: close it first`)
  try {
    const sqlite = openSqlite(file)
    try {
      return work(sqlite)
    } finally {
      sqlite.close()
    }
  } finally {
    claim.release()
  }
}
