import { mkdirSync, statfsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Sqlite } from '../connection'
import { countRows, tablesOf } from './content'
import { CopyFailed, MigrationError, NotEnoughSpace } from './errors'
import { type CopyStep, copyVerified, findCopy } from './verified-copy'

/** Where a copy goes, and what is asked before. */
export type CopyOptions = {
  /** The present, in UTC milliseconds. */
  readonly now: () => number
  /** Folder that takes the copy made before. */
  readonly copyTo: string
  /** Bytes that can still be written to the disk of a folder; asks the disk when left out. */
  readonly freeBytes?: (folder: string) => number
}

/** Room for the copy, for the journal of the migration and for some more, in sizes of the database. */
const ROOM = 2.5

function freeOnDisk(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

function sizeOf(sqlite: Sqlite): number {
  const pages = Number(sqlite.pragma('page_count', { simple: true }))
  return pages * Number(sqlite.pragma('page_size', { simple: true }))
}

function checkSpace(sqlite: Sqlite, { copyTo, freeBytes = freeOnDisk }: CopyOptions): void {
  const needed = Math.ceil(sizeOf(sqlite) * ROOM)
  const folders = sqlite.memory ? [copyTo] : [copyTo, dirname(sqlite.name)]
  for (const folder of folders) {
    const free = freeBytes(folder)
    if (free < needed) throw new NotEnoughSpace(folder, needed, free)
  }
}

/** Whether there is anything in the tables that could be lost. */
export function holdsData(sqlite: Sqlite): boolean {
  return tablesOf(sqlite).some((table) => countRows(sqlite, table) > 0)
}

function copyOf(
  sqlite: Sqlite,
  beginning: string,
  options: CopyOptions,
  onStep: (step: CopyStep) => void,
): string {
  mkdirSync(options.copyTo, { recursive: true, mode: 0o700 })
  const known = findCopy(sqlite, options.copyTo, beginning)
  if (known !== null) return known
  checkSpace(sqlite, options)
  const time = new Date(options.now()).toISOString().replaceAll(/[-:.]/g, '')
  const name = `${beginning}${time}.db`
  copyVerified(sqlite, join(options.copyTo, name), onStep)
  return name
}

/**
 * Copies a database that holds anything, under a name that begins as given, and gives that name; null when it holds
 * nothing. A good copy of an earlier attempt serves again, or failed starts would fill the disk. Throws
 * NotEnoughSpace or CopyFailed.
 */
export function copyBefore(
  sqlite: Sqlite,
  beginning: string,
  options: CopyOptions,
  onStep: (step: CopyStep) => void,
): string | null {
  if (!holdsData(sqlite)) return null
  try {
    return copyOf(sqlite, beginning, options, onStep)
  } catch (cause) {
    if (cause instanceof MigrationError) throw cause
    // A folder that cannot be made or read: whatever the reason, there is no copy.
    throw new CopyFailed(`There is no copy in ${options.copyTo}: ${String(cause)}`, { cause })
  }
}
