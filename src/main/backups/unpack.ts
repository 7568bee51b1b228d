import { closeSync, fsyncSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { type Facts, factsOf } from '../db/backups/facts'
import { openToInspect } from '../db/backups/snapshot'
import { damageOf } from '../db/backups/soundness'
import { unlockFile, unlockKey } from './age'
import { hashFile } from './disk'
import { Altered, BackupError } from './errors'
import type { Manifest } from './manifest'
import { fileOf, readFilesList, storedFileOf } from './shelf'

/** What opens a locked backup: its key, or the passphrase that unlocks the key. */
export type Opener = { readonly key: string | null; readonly passphrase: string | null }

const CHUNK = 4 * 1024 * 1024

function copyHashing(from: string, to: string, onBytes: (bytes: number) => void): string {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(CHUNK)
  const input = openSync(from, 'r')
  try {
    const output = openSync(to, 'wx', 0o600)
    try {
      for (let read = readSync(input, buffer); read > 0; read = readSync(input, buffer)) {
        const bytes = buffer.subarray(0, read)
        hash.update(bytes)
        writeSync(output, bytes)
        onBytes(read)
      }
      fsyncSync(output)
    } finally {
      closeSync(output)
    }
  } finally {
    closeSync(input)
  }
  return hash.digest('hex')
}

/** The key to a backup; null for a plain one. Throws `passphrase-needed` or `wrong-passphrase`. */
async function keyTo({ encrypted }: Manifest, { key, passphrase }: Opener): Promise<string | null> {
  if (encrypted === null) return null
  if (passphrase !== null) return unlockKey(encrypted.lockedKey, passphrase)
  if (key !== null) return key
  throw new BackupError('passphrase-needed', 'The backup is locked')
}

/**
 * Brings the database of a backup into a new file, opened where it was locked, and proves that it is the one of the
 * manifest. Throws a BackupError and leaves no file otherwise.
 */
export async function unpack(
  folder: string,
  manifest: Manifest,
  target: string,
  options: Opener & { readonly onPart?: (part: number) => void },
): Promise<void> {
  const from = fileOf(folder, manifest)
  let done = 0
  try {
    const key = await keyTo(manifest, options)
    const written =
      key === null
        ? copyHashing(from, target, (bytes) => {
            done += bytes
            options.onPart?.(done / Math.max(1, manifest.sizeBytes))
          })
        : (await unlockFile(from, target, key)).sha256
    if (written !== manifest.sha256 || hashFile(target).sha256 !== manifest.sha256)
      throw new BackupError('backup-damaged', 'The file is not the one of its manifest')
  } catch (cause) {
    rmSync(target, { force: true })
    if (cause instanceof Altered) throw new BackupError('backup-damaged', cause.message, { cause })
    throw cause
  }
}

function differenceOfFacts(facts: Facts, manifest: Manifest): string | null {
  const { schemaVersion, deviceId, counts, newestRequestAt } = manifest
  const wanted: Facts = { schemaVersion, deviceId, counts, newestRequestAt }
  const order = (given: Facts) =>
    JSON.stringify([
      given.schemaVersion,
      given.deviceId,
      given.newestRequestAt,
      Object.entries(given.counts).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ])
  return order(facts) === order(wanted) ? null : 'it does not hold what its manifest says'
}

/** What is wrong with an unpacked database, read whole; null when it is what its manifest says. */
export function problemOf(path: string, manifest: Manifest): string | null {
  const sqlite = openToInspect(path)
  try {
    return damageOf(sqlite, 'long') ?? differenceOfFacts(factsOf(sqlite), manifest)
  } catch {
    return 'it can not be read'
  } finally {
    sqlite.close()
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
  }
}

/** How many files of requests a backup lacks: missing beside it, or changed. Locked ones are opened where the key is known. */
export async function countMissingFiles(folder: string, manifest: Manifest, opener: Opener): Promise<number> {
  const hashes = readFilesList(folder, manifest)
  if (hashes === null) return manifest.files.count
  const key = await keyTo(manifest, opener)
  let missing = 0
  for (const hash of hashes) if (!(await isWhole(folder, hash, key))) missing += 1
  return missing
}

async function isWhole(folder: string, sha256: string, key: string | null): Promise<boolean> {
  try {
    return hashFile(storedFileOf(folder, sha256, false)).sha256 === sha256
  } catch {
    // Not here as it is; in a second folder it may be locked.
  }
  if (key === null) return false
  try {
    return (await unlockFile(storedFileOf(folder, sha256, true), null, key)).sha256 === sha256
  } catch {
    return false
  }
}
