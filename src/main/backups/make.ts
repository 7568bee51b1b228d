import { existsSync, rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { BackupReason, MakeStep } from '../../shared/model/backups'
import { openToInspect } from '../db/backups/snapshot'
import { factsOf, storedHashes } from '../db/backups/facts'
import { damageOf } from '../db/backups/soundness'
import { type Lock, lockFile, unlockFile } from './age'
import { type Copied, copyLive } from './copy'
import { startCopier } from './copier'
import { hashFile, keepFile, linkProven, makeFolder, PARTIAL } from './disk'
import { claimFolder } from '../settings/folder-lock'
import { asBackupError, BackupError } from './errors'
import { idOf, type Manifest, MANIFEST_FORMAT } from './manifest'
import { toLetGo } from './rotation'
import {
  readManifest,
  readShelf,
  removeBackup,
  removeLeftovers,
  removeUnneededFiles,
  shelfOf,
  storedFileOf,
  strayCopies,
  writeFilesList,
  writeManifest,
} from './shelf'

/** How a backup is made. */
export type MakeOptions = {
  readonly dataFolder: string
  readonly reason: BackupReason
  readonly appVersion: string
  /** UTC ms. */
  readonly now: number
  /** Null for a plain file. */
  readonly lock: (Lock & { readonly key: string }) | null
  readonly pinned: boolean
  readonly threadFile: string
  readonly onStep: (step: MakeStep) => void
  /** Bytes that can still be written to the disk of a folder; asks the disk when left out. */
  readonly freeBytes?: (folder: string) => number
}

/** What was made, and what it lacks. */
export type Made = {
  readonly manifest: Manifest
  /** Files of requests that the database names but the disk does not have, or has damaged. */
  readonly missingFiles: number
}

function freeOnDisk(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Throws `not-enough-space` when a copy of the present database would not fit. */
function checkSpace({ dataFolder, lock, freeBytes = freeOnDisk }: MakeOptions): void {
  const size = statSync(join(dataFolder, 'dispatcher.db')).size
  const needed = Math.ceil(size * (lock === null ? 1.1 : 2.2))
  const free = freeBytes(shelfOf(dataFolder))
  if (free < needed) {
    throw new BackupError('not-enough-space', `${String(free)} bytes are free, ${String(needed)} are needed`)
  }
}

/**
 * Makes a backup of a live database: proven, on the disk, with the files of requests that it needs, and lets those go
 * that the rotation no longer keeps. Throws a BackupError; what was there before is then untouched.
 */
export async function makeBackup(options: MakeOptions): Promise<Made> {
  const shelf = shelfOf(options.dataFolder)
  makeFolder(shelf)
  const claim = claimFolder(shelf)
  if ('pid' in claim) throw new BackupError('data-in-use', 'Another program is making a backup')
  try {
    return await makeClaimed(options, shelf)
  } finally {
    claim.release()
  }
}

async function makeClaimed(options: MakeOptions, shelf: string): Promise<Made> {
  const { dataFolder, now, reason, threadFile, onStep } = options
  removeLeftovers(shelf)
  checkSpace(options)
  const id = freeId(shelf, now, reason)
  const partial = join(shelf, `${id}.db${PARTIAL}`)
  const copier = startCopier(threadFile)
  try {
    const source = join(dataFolder, 'dispatcher.db')
    const copied = await copyLive({
      source,
      target: partial,
      copier,
      look: reason === 'hourly' ? 'orphans' : 'short',
      onStep,
    })
    const encrypted = await keepCopy(options, id, partial, copied)
    onStep('files')
    const missingFiles = keepFiles(dataFolder, copied.hashes)
    const manifest = describe(options, id, copied, {
      encrypted,
      files: writeFilesList(shelf, id, copied.hashes),
    })
    writeManifest(shelf, manifest)
    onStep('rotating')
    adoptMigrationCopies(shelf, options.appVersion)
    rotate(shelf)
    return { manifest, missingFiles }
  } catch (cause) {
    throw asBackupError(cause, 'The backup could not be made')
  } finally {
    await copier.close()
    rmSync(partial, { force: true })
  }
}

/** Two backups of the same millisecond would share a name. */
function freeId(shelf: string, now: number, reason: BackupReason): string {
  let at = now
  while (readManifest(shelf, idOf(at, reason)) !== null) at += 1
  return idOf(at, reason)
}

async function keepCopy(
  { lock, dataFolder, onStep }: MakeOptions,
  id: string,
  partial: string,
  copied: Copied,
): Promise<Manifest['encrypted']> {
  const shelf = shelfOf(dataFolder)
  if (lock === null) {
    keepFile(partial, join(shelf, `${id}.db`))
    return null
  }
  onStep('locking')
  const target = join(shelf, `${id}.db.age`)
  const lockedPartial = target + PARTIAL
  const written = await lockFile(partial, lockedPartial, lock.recipient)
  const opened = await unlockFile(lockedPartial, null, lock.key)
  if (opened.sha256 !== copied.sha256 || hashFile(lockedPartial).sha256 !== written.sha256) {
    rmSync(lockedPartial, { force: true })
    throw new BackupError('backup-damaged', 'The locked copy does not open to what was locked')
  }
  keepFile(lockedPartial, target)
  return { ...written, lockedKey: lock.lockedKey }
}

function describe(
  { now, reason, appVersion, pinned }: MakeOptions,
  id: string,
  { facts, sha256, sizeBytes }: Copied,
  parts: Pick<Manifest, 'encrypted' | 'files'>,
): Manifest {
  return {
    format: MANIFEST_FORMAT,
    id,
    madeAt: now,
    reason,
    appVersion,
    ...facts,
    counts: { ...facts.counts },
    sha256,
    sizeBytes,
    pinned,
    verifiedAt: now,
    ...parts,
  }
}

/** Takes the files of requests along that are not there yet. Gives how many the disk does not have or has damaged. */
function keepFiles(dataFolder: string, hashes: readonly string[]): number {
  const shelf = shelfOf(dataFolder)
  let missing = 0
  for (const hash of hashes) {
    const target = storedFileOf(shelf, hash, false)
    if (existsSync(target)) continue
    try {
      linkProven(join(dataFolder, 'files', hash.slice(0, 2), hash), target, hash)
    } catch (error) {
      // The request is worth more than its picture: the backup counts without it, and says so.
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw error
      missing += 1
    }
  }
  return missing
}

/** Lets those backups go that the rotation does not keep, and the files that none needs. */
export function rotate(shelf: string): void {
  for (const id of toLetGo(readShelf(shelf))) removeBackup(shelf, id)
  removeUnneededFiles(shelf)
}

/**
 * Gives the copies of the migration runner a manifest like that of every backup, once they have been read whole. A
 * damaged one is left as it is, without.
 */
export function adoptMigrationCopies(shelf: string, appVersion: string): void {
  for (const { id, madeAt } of strayCopies(shelf)) {
    const path = join(shelf, `${id}.db`)
    const sqlite = openToInspect(path)
    try {
      if (damageOf(sqlite, 'long') !== null) continue
      const facts = factsOf(sqlite)
      const manifest: Manifest = {
        format: MANIFEST_FORMAT,
        id,
        madeAt,
        reason: 'before-migration',
        appVersion,
        ...facts,
        counts: { ...facts.counts },
        ...hashFile(path),
        files: writeFilesList(shelf, id, storedHashes(sqlite)),
        pinned: true,
        encrypted: null,
        verifiedAt: Date.now(),
      }
      writeManifest(shelf, manifest)
    } catch {
      // Not a database, or not to be read: it stays, and does not count.
      continue
    } finally {
      sqlite.close()
    }
  }
}
