import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import type { Sqlite } from '../connection'
import { damageOfFile } from '../damage-of-file'
import { syncFile, syncFolder } from '../sync-to-disk'
import { contentOfAll } from './content'
import { CopyFailed } from './errors'
import { schemaFingerprint } from './fingerprint'

/** Where the making of a copy stands. */
export type CopyStep = 'copying' | 'comparing' | 'keeping' | 'kept'

const PARTIAL = '.partial'

function identityOf(sqlite: Sqlite): string {
  return JSON.stringify({
    applicationId: sqlite.pragma('application_id', { simple: true }),
    userVersion: sqlite.pragma('user_version', { simple: true }),
    schema: schemaFingerprint(sqlite),
  })
}

function differenceIn(copy: Sqlite, original: Sqlite): string | null {
  const damage = damageOfFile(copy)
  if (damage !== null) return `it is damaged: ${damage}`
  if (identityOf(copy) !== identityOf(original)) return 'its version or tables differ from the original'
  const copied = contentOfAll(copy)
  for (const [table, { rows, digest }] of contentOfAll(original)) {
    const other = copied.get(table)
    if (other?.rows !== rows || other.digest !== digest) return `table ${table} differs from the original`
  }
  return null
}

function openCopy(path: string): Sqlite {
  // Not read-only: SQLite then forgets the CHECKs of all tables, and integrity_check would pass rows that break them.
  const copy = new Database(path, { fileMustExist: true })
  copy.pragma('query_only = ON')
  copy.pragma('cell_size_check = ON')
  copy.pragma('trusted_schema = OFF')
  return copy
}

/** Reads the whole copy and compares it with the original. Returns what is wrong with it, or null. */
export function problemOfCopy(original: Sqlite, path: string): string | null {
  let copy: Sqlite | undefined
  try {
    copy = openCopy(path)
    return differenceIn(copy, original)
  } catch (error) {
    return `it cannot be read: ${String(error)}`
  } finally {
    copy?.close()
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
  }
}

function removeLeftovers(folder: string): void {
  const leftovers = readdirSync(folder).filter((name) => name.includes(PARTIAL))
  for (const name of leftovers) rmSync(join(folder, name), { force: true })
}

/**
 * Copies a live database and proves the copy: a file of the given name is complete, on the disk and the same
 * as the original. Throws CopyFailed and leaves no file otherwise. Not inside a transaction.
 */
export function copyVerified(sqlite: Sqlite, path: string, onStep: (step: CopyStep) => void): void {
  const folder = dirname(path)
  const partial = path + PARTIAL
  try {
    mkdirSync(folder, { recursive: true })
    removeLeftovers(folder)
    onStep('copying')
    sqlite.prepare('vacuum into ?').run(partial)
    onStep('comparing')
    const problem = problemOfCopy(sqlite, partial)
    if (problem !== null) throw new CopyFailed(`The copy is useless: ${problem}`)
    // VACUUM INTO does not wait for the disk.
    syncFile(partial)
    onStep('keeping')
    renameSync(partial, path)
    syncFolder(folder)
    onStep('kept')
  } catch (cause) {
    // A full disk leaves a file of 0 bytes, which SQLite would open as a sound, empty database.
    for (const suffix of ['', '-journal']) rmSync(partial + suffix, { force: true })
    if (cause instanceof CopyFailed) throw cause
    throw new CopyFailed(`The copy ${basename(path)} could not be made: ${String(cause)}`, { cause })
  }
}

/** The newest file in a folder that is a good copy of this database, among those whose name begins so. */
export function findCopy(sqlite: Sqlite, folder: string, beginning: string): string | null {
  const newest = readdirSync(folder)
    .filter((name) => name.startsWith(beginning) && name.endsWith('.db'))
    .sort()
    .at(-1)
  if (newest === undefined) return null
  return problemOfCopy(sqlite, join(folder, newest)) === null ? newest : null
}
