import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Name of the database within a data folder. */
export const DATABASE = 'dispatcher.db'
/** The database with what SQLite keeps beside it: they belong together and are only ever moved together. */
export const DATABASE_SET = [DATABASE, `${DATABASE}-wal`, `${DATABASE}-shm`, `${DATABASE}-journal`] as const
/** Says that there is data here, and which. */
export const MANIFEST = 'manifest.json'
/** How far the data had come: two files written in turn, so that one of them is always whole. */
export const MARKS = ['mark-a.json', 'mark-b.json'] as const
/** Beginning of the names of folders that keep what a restore or a rescue has replaced. */
export const KEPT_BEGINNING = 'damaged-'

/** Beginnings of the names of all such folders: a restore of a backup has its own. */
const KEPT = [KEPT_BEGINNING, 'before-restore-']

/** The database file of a data folder. */
export function databasePath(folder: string): string {
  return join(folder, DATABASE)
}

/** Size of a file in bytes; null when there is none. Throws when that can't be seen. */
export function sizeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null
}

/** Whether a data folder shows that there has been data, even when the database itself is gone. */
export function hasTraces(folder: string): boolean {
  const names = existsSync(folder) ? readdirSync(folder) : []
  const traces = new Set<string>([MANIFEST, ...MARKS])
  if (names.some((name) => traces.has(name) || KEPT.some((kept) => name.startsWith(kept)))) return true
  if ((sizeOf(`${databasePath(folder)}-wal`) ?? 0) > 0) return true
  return holdsAny(join(folder, 'files')) || holdsAny(join(folder, 'backups'))
}

function holdsAny(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).length > 0
}
