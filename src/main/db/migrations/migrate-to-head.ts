import { join } from 'node:path'
import type { Sqlite } from '../connection'
import { type MigrateResult, type MigrationProgress, upgrade } from './migrate'
import { readMigrations } from './migration-files'

/** Which database is brought to the program's version, and by whom. */
export type HeadOptions = {
  /** The data folder; the copy goes to its folder of backups. */
  readonly folder: string
  readonly migrationsFolder: string
  readonly appVersion: string
  readonly now: () => number
  /** Told before each step; must not throw. */
  readonly onProgress?: (progress: MigrationProgress) => void
}

/** What every start does with its database before anything reads it. Throws a MigrationError: see upgrade. */
export function migrateToHead(
  sqlite: Sqlite,
  { folder, migrationsFolder, ...options }: HeadOptions,
): MigrateResult {
  return upgrade(sqlite, {
    ...options,
    migrations: readMigrations(migrationsFolder),
    copyTo: join(folder, 'backups'),
  })
}
