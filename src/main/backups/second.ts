import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { lockFile, unlockFile } from './age'
import { copyProven, hashFile, keepFile, makeFolder, PARTIAL } from './disk'
import { Altered, asBackupError, BackupError } from './errors'
import type { Manifest } from './manifest'
import { toLetGo } from './rotation'
import {
  fileOf,
  readFilesList,
  readManifest,
  readShelf,
  removeBackup,
  removeLeftovers,
  removeUnneededFiles,
  secondShelfName,
  storedFileOf,
  writeFilesList,
  writeManifest,
} from './shelf'
import type { MakeOptions } from './make'

/** What is copied where. */
export type SecondOptions = Pick<MakeOptions, 'lock'> & {
  readonly shelf: string
  /** The folder that somebody chose: a stick, or a folder of the network. */
  readonly secondFolder: string
  /** Keeps two offices in the same folder apart. */
  readonly officeId: string
}

/**
 * Brings a second folder up to date: every backup that is here and, by the rotation, should stay there, each read
 * back and compared. Gives the number of backups copied now. Throws a BackupError, `backup-missing` when the folder is
 * not connected; what is there already stays.
 */
export async function copyToSecond(options: SecondOptions): Promise<number> {
  const { shelf, secondFolder, officeId, lock } = options
  if (!statSync(secondFolder, { throwIfNoEntry: false })?.isDirectory())
    throw new BackupError('backup-missing', 'The second folder is not connected')
  const there = join(secondFolder, secondShelfName(officeId))
  try {
    makeFolder(there)
    removeLeftovers(there)
    const goes = readShelf(shelf)
      // What somebody locks must not lie on a stick in plain.
      .filter(({ encrypted }) => lock === null || encrypted !== null)
    const kept = new Set(goes.map(({ id }) => id))
    for (const id of toLetGo([...goes, ...readShelf(there).filter((known) => !kept.has(known.id))]))
      kept.delete(id)
    const copied = await copyAll(
      options,
      goes.filter(({ id }) => kept.has(id)),
      there,
    )
    for (const id of toLetGo(readShelf(there))) removeBackup(there, id)
    removeUnneededFiles(there)
    return copied
  } catch (cause) {
    throw asBackupError(cause, 'The second folder could not be written')
  }
}

/** A damaged backup is told of, but must not keep the others from their copies. */
async function copyAll(
  options: SecondOptions,
  manifests: readonly Manifest[],
  there: string,
): Promise<number> {
  let copied = 0
  let damaged: Altered | null = null
  for (const manifest of manifests) {
    try {
      copied += (await copyOne(options, manifest, there)) ? 1 : 0
    } catch (error) {
      if (!(error instanceof Altered)) throw error
      damaged = error
    }
  }
  if (damaged !== null) throw damaged
  return copied
}

async function copyOne({ shelf, lock }: SecondOptions, manifest: Manifest, there: string): Promise<boolean> {
  const known = readManifest(there, manifest.id)
  if (known !== null) {
    if (known.pinned !== manifest.pinned) writeManifest(there, { ...known, pinned: manifest.pinned })
    return false
  }
  const hashes = readFilesList(shelf, manifest) ?? []
  for (const hash of hashes) await copyFile(shelf, there, hash, lock)
  const sha256 = manifest.encrypted?.sha256 ?? manifest.sha256
  copyProven(fileOf(shelf, manifest), fileOf(there, manifest), sha256)
  writeManifest(there, { ...manifest, files: writeFilesList(there, manifest.id, hashes) })
  return true
}

async function copyFile(
  shelf: string,
  there: string,
  hash: string,
  lock: SecondOptions['lock'],
): Promise<void> {
  const from = storedFileOf(shelf, hash, false)
  const to = storedFileOf(there, hash, lock !== null)
  // A file that is missing here was told of when the backup was made.
  if (existsSync(to) || !existsSync(from)) return
  if (lock === null) {
    copyProven(from, to, hash)
    return
  }
  const partial = to + PARTIAL
  makeFolder(join(to, '..'))
  rmSync(partial, { force: true })
  const written = await lockFile(from, partial, lock.recipient)
  const opened = await unlockFile(partial, null, lock.key)
  if (opened.sha256 !== hash || hashFile(partial).sha256 !== written.sha256) {
    rmSync(partial, { force: true })
    throw new BackupError('backup-damaged', 'A locked file does not open to what was locked')
  }
  keepFile(partial, to)
}
