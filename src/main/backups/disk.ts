import { createHash } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { syncFile, syncFolder } from '../db/sync-to-disk'
import { Altered } from './errors'

/** What is still being written has this at the end of its name; left behind by a crash, it counts for nothing. */
export const PARTIAL = '.partial'

const CHUNK = 4 * 1024 * 1024

/** The SHA-256 of a file as it is read back, in hex, and its size. Throws what the file system says. */
export function hashFile(path: string): { readonly sha256: string; readonly sizeBytes: number } {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(CHUNK)
  const file = openSync(path, 'r')
  let sizeBytes = 0
  try {
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      hash.update(buffer.subarray(0, read))
      sizeBytes += read
    }
  } finally {
    closeSync(file)
  }
  return { sha256: hash.digest('hex'), sizeBytes }
}

/** Gives a finished partial file its name: after a power cut the whole file is there, or none. */
export function keepFile(partial: string, path: string): void {
  syncFile(partial)
  renameSync(partial, path)
  syncFolder(dirname(path))
}

/** Writes a small file as a whole. */
export function writeWhole(path: string, content: string): void {
  const partial = path + PARTIAL
  try {
    writeFileSync(partial, content, { mode: 0o600 })
    keepFile(partial, path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

/**
 * Makes a folder that nobody else may read, with those above it. A folder is a name in the one above: until that is
 * synced a power cut may take it away with all that has been put into it since.
 */
export function makeFolder(path: string): void {
  const first = mkdirSync(path, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made)) syncFolder(dirname(made))
}

/** Copies a file so that the new one is on the disk and read back the same. Throws Altered when it is not. */
export function copyProven(from: string, to: string, sha256: string): void {
  const partial = to + PARTIAL
  makeFolder(dirname(to))
  try {
    copyFileSync(from, partial)
    syncFile(partial)
    if (hashFile(partial).sha256 !== sha256) throw new Altered('A copy differs from its original')
    keepFile(partial, to)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

/** Gives a file a second name in another folder; copies it where the file system can not. The hash is checked either way. */
export function linkProven(from: string, to: string, sha256: string): void {
  if (hashFile(from).sha256 !== sha256) throw new Altered('A file is not what its name says')
  makeFolder(dirname(to))
  try {
    linkSync(from, to)
  } catch {
    // Another disk, or a file system without links.
    copyProven(from, to, sha256)
    return
  }
  syncFolder(dirname(to))
}
