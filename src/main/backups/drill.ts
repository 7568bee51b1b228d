import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { prepareRestored } from '../db/backups/restored'
import { asBackupError, BackupError } from './errors'
import type { Manifest } from './manifest'
import { DRILL, readManifest, readShelf, writeManifest } from './shelf'
import { countMissingFiles, type Opener, problemOf, unpack } from './unpack'

/** What is tried out. */
export type DrillOptions = Opener & {
  readonly shelf: string
  /** Null for the newest. */
  readonly id: string | null
  readonly now: number
}

/** What a drill found. */
export type Drilled = { readonly id: string; readonly missingFiles: number }

/**
 * Restores a backup into a temporary folder and compares it with its manifest, every page and every index entry.
 * Notes in the manifest that it was found good. Throws a BackupError when it was not.
 */
export async function drill({ shelf, id, now, ...opener }: DrillOptions): Promise<Drilled> {
  const manifest = id === null ? readShelf(shelf).at(-1) : readManifest(shelf, id)
  if (manifest == null) throw new BackupError('backup-missing', 'There is no such backup')
  // On the disk of the backups, which has room; the system's folder for such things may lie in memory.
  const folder = mkdtempSync(join(shelf, DRILL))
  try {
    await tryOut(shelf, manifest, join(folder, 'dispatcher.db'), opener)
    const missingFiles = await countMissingFiles(shelf, manifest, opener)
    writeManifest(shelf, { ...manifest, verifiedAt: now })
    return { id: manifest.id, missingFiles }
  } catch (cause) {
    throw asBackupError(cause, 'The backup could not be tried out')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function tryOut(shelf: string, manifest: Manifest, path: string, opener: Opener): Promise<void> {
  await unpack(shelf, manifest, path, opener)
  const problem = problemOf(path, manifest)
  if (problem !== null)
    throw new BackupError('backup-damaged', `The backup could not be restored: ${problem}`)
  // The way to the end: what a restore changes in the file must be possible too.
  prepareRestored(path, { deviceId: 'drill', now: 0, madeAt: 0, present: { lastSequence: null } })
}
