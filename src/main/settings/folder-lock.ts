import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Who has a data folder: the number of that process. */
export type FolderOwner = { readonly pid: number }

/**
 * Claims a data folder for this process, so that a window and a program without one never work on it together.
 * Returns the owner when a living process has it, otherwise how to give it back.
 */
export function claimFolder(
  folder: string,
  pid = process.pid,
): { readonly release: () => void } | FolderOwner {
  const path = join(folder, 'running.pid')
  const owner = ownerOf(path)
  if (owner !== null && owner !== pid && isAlive(owner)) return { pid: owner }
  writeFileSync(path, `${String(pid)}\n`, { mode: 0o600 })
  return {
    release: () => {
      if (ownerOf(path) === pid) rmSync(path, { force: true })
    },
  }
}

function ownerOf(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim())
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null
  } catch {
    // No file: nobody has claimed the folder.
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is alive all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
