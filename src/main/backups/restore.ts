import { existsSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import type { RestoreProgress } from '../../shared/model/backups'
import { prepareRestored, presentOf, rebuildIndexes } from '../db/backups/restored'
import { syncFile, syncFolder } from '../db/sync-to-disk'
import { hashFile, linkProven, makeFolder } from './disk'
import { Altered, asBackupError, BackupError } from './errors'
import { comingFolder, decideSwap, finishRestore, type SwapStep } from './finish-restore'
import { makeBackup, type MakeOptions } from './make'
import type { Manifest } from './manifest'
import { readFilesList, readManifest, storedFileOf } from './shelf'
import { type Opener, problemOf, unpack } from './unpack'
import { unlockFile, unlockKey } from './age'

/** What is restored, and over what. */
export type RestoreOptions = Opener &
  Pick<MakeOptions, 'dataFolder' | 'appVersion' | 'now' | 'lock' | 'threadFile'> & {
    /** Folder of the backup. */
    readonly shelf: string
    readonly id: string
    /** How many migrations this program knows. */
    readonly knownVersion: number
    /** True when the present data were open a moment ago: a proven backup of them then replaces their files. */
    readonly presentIsSound: boolean
    readonly onProgress: (progress: RestoreProgress) => void
    readonly onSwap?: (step: SwapStep) => void
  }

/** What a restore did. */
export type Restored = {
  /** Backup that holds what was there before; null when that could not be read and lies in `aside` as it was. */
  readonly keptBackup: string | null
  readonly aside: string | null
  /** Files of requests that the backup names and nobody has. */
  readonly missingFiles: number
}

function manifestToRestore({ shelf, id, knownVersion }: RestoreOptions): Manifest {
  const manifest = readManifest(shelf, id)
  if (manifest === null) throw new BackupError('backup-missing', 'There is no such backup')
  if (manifest.schemaVersion > knownVersion)
    throw new BackupError('backup-newer', 'The backup was made by a newer version of the program')
  return manifest
}

function checkSpace(dataFolder: string, { sizeBytes }: Manifest): void {
  const { bavail, bsize } = statfsSync(dataFolder)
  // The copy, and the journal of the few rows that are changed in it.
  const needed = Math.ceil(sizeBytes * 1.2)
  if (bavail * bsize < needed)
    throw new BackupError(
      'not-enough-space',
      `${String(bavail * bsize)} bytes are free, ${String(needed)} needed`,
    )
}

/** Makes the database to come ready in a folder of its own; the present one is not touched. */
async function bringIn(options: RestoreOptions, manifest: Manifest): Promise<string> {
  const { dataFolder, shelf, onProgress } = options
  const coming = comingFolder(dataFolder)
  rmSync(coming, { recursive: true, force: true })
  makeFolder(coming)
  const path = join(coming, 'dispatcher.db')
  const onPart = (part: number) => {
    onProgress({ step: 'copying', part })
  }
  onPart(0)
  await unpack(shelf, manifest, path, { key: options.key, passphrase: options.passphrase, onPart })
  onProgress({ step: 'checking', part: 0.5 })
  let problem = problemOf(path, manifest)
  if (problem !== null) {
    // An index holds nothing that its table does not: a damaged one is built anew.
    rebuildIndexes(path)
    problem = problemOf(path, manifest)
  }
  if (problem !== null) throw new BackupError('backup-damaged', `The backup can not be restored: ${problem}`)
  onProgress({ step: 'checking', part: 1 })
  return path
}

/** Keeps what is there now as a backup like any other, where it can be read. Gives its id, or null. */
async function keepPresent(options: RestoreOptions): Promise<string | null> {
  const { dataFolder, onProgress } = options
  onProgress({ step: 'keeping', part: 0 })
  if (!options.presentIsSound || !existsSync(join(dataFolder, 'dispatcher.db'))) return null
  const made = await makeBackup({ ...options, reason: 'before-restore', pinned: true, onStep: () => {} })
  onProgress({ step: 'keeping', part: 1 })
  return made.manifest.id
}

/** Puts the files of the requests back that are not there, or are damaged. Gives how many nobody has. */
async function bringFiles(options: RestoreOptions, manifest: Manifest): Promise<number> {
  const { dataFolder, shelf, onProgress } = options
  const hashes = readFilesList(shelf, manifest)
  if (hashes === null) return manifest.files.count
  let missing = 0
  for (const [index, hash] of hashes.entries()) {
    onProgress({ step: 'files', part: index / hashes.length })
    const target = join(dataFolder, 'files', hash.slice(0, 2), hash)
    if (isWhole(target, hash)) continue
    if (!(await bringFile(shelf, hash, target, options, manifest))) missing += 1
  }
  return missing
}

function isWhole(path: string, sha256: string): boolean {
  try {
    return hashFile(path).sha256 === sha256
  } catch {
    // Not there.
    return false
  }
}

async function bringFile(
  shelf: string,
  hash: string,
  target: string,
  opener: Opener,
  { encrypted }: Manifest,
): Promise<boolean> {
  rmSync(target, { force: true })
  try {
    linkProven(storedFileOf(shelf, hash, false), target, hash)
    return true
  } catch {
    // Not kept as it is, or damaged: perhaps it is kept locked.
  }
  const locked = storedFileOf(shelf, hash, true)
  if (encrypted === null || !existsSync(locked)) return false
  const { key, passphrase } = opener
  const opened = passphrase === null ? key : await unlockKey(encrypted.lockedKey, passphrase)
  if (opened === null) return false
  try {
    makeFolder(join(target, '..'))
    const { sha256 } = await unlockFile(locked, target, opened)
    if (sha256 !== hash) throw new Altered('A file is not what its name says')
    syncFolder(join(target, '..'))
    return true
  } catch {
    rmSync(target, { force: true })
    return false
  }
}

/**
 * Puts a backup in the place of the present data, whose files nobody has open. Until the swap is decided the present
 * set is untouched; from then on the next start carries it through: see finishRestore. Throws a BackupError.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { dataFolder, now, onProgress } = options
  try {
    onProgress({ step: 'checking', part: 0 })
    const manifest = manifestToRestore(options)
    checkSpace(dataFolder, manifest)
    const path = await bringIn(options, manifest)
    const keptBackup = await keepPresent(options)
    const present = presentOf(join(dataFolder, 'dispatcher.db'))
    prepareRestored(path, { deviceId: uuidv7(), now, madeAt: manifest.madeAt, present })
    syncFile(path)
    const missingFiles = await bringFiles(options, manifest)
    onProgress({ step: 'swapping', part: 0 })
    const aside = `before-restore-${new Date(now).toISOString().replaceAll(/[-:.]/gu, '')}`
    syncFolder(comingFolder(dataFolder))
    decideSwap(dataFolder, { aside, dropAside: keptBackup !== null })
    finishRestore(dataFolder, options.onSwap)
    onProgress({ step: 'done', part: 1 })
    return { keptBackup, aside: keptBackup === null ? join(dataFolder, aside) : null, missingFiles }
  } catch (cause) {
    // Not decided: what was made ready is of no use.
    if (!existsSync(join(dataFolder, 'restore.json')))
      rmSync(comingFolder(dataFolder), { recursive: true, force: true })
    throw asBackupError(cause, 'The backup could not be restored')
  }
}
