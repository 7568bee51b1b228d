import { join } from 'node:path'
import type { GuardedOptions } from '../startup/guarded-database'

/** How tests open the data of a folder. */
export function guardedOptions(folder: string): GuardedOptions {
  const migrationsFolder = join(import.meta.dirname, '../../../drizzle')
  return { folder, appVersion: '9.9.9', migrationsFolder, now: Date.now }
}
