import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { APPLICATION_ID } from '../db/migrations/ledger'
import { databasePath, hasTraces, sizeOf } from './data-files'
import { type Header, readHeader } from './header'
import { type Manifest, type Mark, readManifest, readMark } from './marks'
import { systemTrouble, Trouble } from './trouble'
import { scanWal, type WalScan } from './wal-scan'

/** What the files of a data folder tell before the database is opened. */
export type FilesFound = {
  /** True when there is no database yet and never was. */
  readonly isNew: boolean
  /** True when the program has not closed it in order: then the whole file is worth a look. */
  readonly wasUnclean: boolean
  readonly manifest: Manifest | null
  readonly mark: Mark | null
  /** How many commits SQLite will find in a log that breaks off before others; null when it does not. */
  readonly brokenLog: number | null
}

/** With less than this free nothing can be opened, in bytes: SQLite's own files need some. */
const LEAST_FREE = 2 * 1024 * 1024

/** Bytes that can still be written to the disk of a folder. */
export function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/**
 * Looks at the files of a data folder, in a few milliseconds and without changing any. Throws a Trouble when they
 * must not be opened: SQLite would take an empty file for a new database, and would drop what a damaged log holds.
 */
export function checkFiles(folder: string, freeBytes: (folder: string) => number = freeBytesOf): FilesFound {
  try {
    return check(folder, freeBytes)
  } catch (error) {
    if (error instanceof Trouble) throw error
    throw new Trouble(systemTrouble(error) ?? 'unknown', {}, { cause: error })
  }
}

function check(folder: string, freeBytes: (folder: string) => number): FilesFound {
  const path = databasePath(folder)
  checkRights(folder, path)
  const free = freeBytes(folder)
  if (free < LEAST_FREE) throw new Trouble('disk-full', { neededBytes: LEAST_FREE, freeBytes: free })
  const manifest = readManifest(folder)
  const isNew = isFirstStart(folder, path)
  if (isNew && hasTraces(folder)) throw new Trouble('missing', { bytes: manifest?.bytes ?? 0 })
  const wal = isNew ? null : checkDatabaseFile(path, manifest)
  const mark = readMark(folder)
  const brokenLog = breakOf(wal, mark)
  const hasLog = (sizeOf(`${path}-wal`) ?? 0) > 0
  return { isNew, wasUnclean: hasLog || manifest?.state === 'open', manifest, mark, brokenLog }
}

/** A first start that was cut off may have left a file of 0 bytes, and nothing else that tells of data. */
function isFirstStart(folder: string, path: string): boolean {
  const size = sizeOf(path)
  return size === null || (size === 0 && !hasTraces(folder))
}

/** Where the log breaks. Without a mark nobody knows what should be there: then it throws, for a person to decide. */
function breakOf(wal: WalScan | null, mark: Mark | null): number | null {
  if (wal?.broken !== true) return null
  if (mark === null) throw new Trouble('wal-lost', { commits: wal.commits })
  return wal.commits
}

/** Throws when the file is none of ours or is not whole; gives what its log looks like. */
function checkDatabaseFile(path: string, manifest: Manifest | null): WalScan | null {
  const size = sizeOf(path) ?? 0
  // SQLite would take it for a new database and throw its log away.
  if (size === 0) throw new Trouble('empty', { bytes: manifest?.bytes ?? 0 })
  const header = readHeader(path)
  if (header === null) throw new Trouble('not-a-database')
  if (!isOurs(header)) throw new Trouble('not-ours')
  const wal = scanWal(`${path}-wal`)
  checkSize(size, header, wal)
  return wal
}

function checkRights(folder: string, path: string): void {
  if (!isAllowed(folder, constants.R_OK | constants.X_OK)) throw new Trouble('no-permission')
  const set = [path, `${path}-wal`, `${path}-shm`].filter((file) => existsSync(file))
  if (set.some((file) => !isAllowed(file, constants.R_OK))) throw new Trouble('no-permission')
  // Without a place for its log SQLite can't even read.
  const writable = isAllowed(folder, constants.W_OK) && set.every((file) => isAllowed(file, constants.W_OK))
  if (!writable) throw new Trouble('read-only')
}

function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode)
    return true
  } catch (error) {
    // A folder or file that is not there is no matter of rights.
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
  }
}

/** A first start may have ended before its first migration; only its journal mode tells then that it was ours. */
function isOurs({ applicationId, usesLog }: Header): boolean {
  return applicationId === APPLICATION_ID || (applicationId === 0 && usesLog)
}

function checkSize(size: number, { pageSize, pages }: Header, wal: WalScan | null): void {
  const wanted = wal !== null && wal.commits > 0 ? wal.pages : pages
  if (wanted === null) return
  // While pages are moved from the log into the file, it may be shorter than it says: the log then has the rest.
  for (let page = Math.floor(size / pageSize) + 1; page <= wanted; page += 1) {
    if (wal?.has(page) === true) continue
    throw new Trouble('truncated', { bytes: size, wantedBytes: wanted * pageSize })
  }
}
