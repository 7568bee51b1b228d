import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Replaces a file as a whole, mode 0600: after a crash at any point the old or the new content is there.
 * Throws what the file system says.
 */
export function writePrivateFile(path: string, content: string): void {
  const draft = `${path}.new`
  // A draft left by a crash may have other rights.
  rmSync(draft, { force: true })
  try {
    const file = openSync(draft, 'wx', 0o600)
    try {
      writeSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  syncFolder(dirname(path))
}

/** Removes a file for good; one that is not there is fine. */
export function removeFile(path: string): void {
  rmSync(path, { force: true })
  syncFolder(dirname(path))
}

/** Makes a rename or removal in this folder survive a power loss. */
function syncFolder(folder: string): void {
  // Windows has no way to open a folder for this, and writes names through by itself.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
