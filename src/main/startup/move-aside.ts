import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { syncFile, syncFolder } from '../db/sync-to-disk'
import { DATABASE, DATABASE_SET, KEPT_BEGINNING, MANIFEST, MARKS } from './data-files'

const TRIES = 10
const FIRST_PAUSE_MS = 20
/** What scanners and backup programs on Windows cause while they look at a file. */
const HELD = new Set(['EBUSY', 'EPERM', 'EACCES'])

/** Renames a file, trying again for about ten seconds while another program holds it. Throws what the system says. */
export async function renameHeld(
  from: string,
  to: string,
  rename: (from: string, to: string) => void = renameSync,
): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      rename(from, to)
      return
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (tried >= TRIES || !HELD.has(code)) throw error
      await pause(FIRST_PAUSE_MS * 2 ** tried)
    }
  }
}

/**
 * Moves the database with all that belongs to it, and the marks about it, into a folder of their own: nothing is ever
 * deleted. Returns the name of that folder within the data folder. Throws what the file system says; whatever has
 * been moved by then is in that folder, and the next start misses the file.
 */
export async function moveAside(folder: string, now: number): Promise<string> {
  const name = newName(folder, now)
  const aside = join(folder, name)
  mkdirSync(aside, { mode: 0o700 })
  // The database first: without it nothing starts, and its log is never put beside another one.
  for (const file of [...DATABASE_SET, MANIFEST, ...MARKS]) {
    if (existsSync(join(folder, file))) await renameHeld(join(folder, file), join(aside, file))
  }
  syncFolder(aside)
  syncFolder(folder)
  return name
}

function newName(folder: string, now: number): string {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/gu, '').replace('T', '-')
  const name = `${KEPT_BEGINNING}${time}`
  for (let count = 2; ; count += 1) {
    const candidate = count === 2 ? name : `${name}-${String(count - 1)}`
    if (!existsSync(join(folder, candidate))) return candidate
  }
}

/** Puts a finished database file into its place. Throws when anything of another one is still there. */
export async function installDatabase(folder: string, path: string): Promise<void> {
  const left = [...DATABASE_SET, MANIFEST, ...MARKS].filter((name) => existsSync(join(folder, name)))
  if (left.length > 0) throw new Error(`Still in its place: ${left.join(', ')}`)
  syncFile(path)
  await renameHeld(path, join(folder, DATABASE))
  syncFolder(folder)
}
