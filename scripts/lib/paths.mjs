import { accessSync, constants, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

/** The project folder. */
export const root = join(import.meta.dirname, '..', '..')

/**
 * Whether files can be made in a folder; it is created when missing.
 * @param {string} folder
 */
export function canWrite(folder) {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * A folder that outlives this run: the user's cache, or one inside node_modules where the home is read-only.
 * @param {string} name
 */
export function cacheFolder(name) {
  const userCache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), name)
  if (canWrite(userCache)) return userCache
  const ownCache = join(root, 'node_modules', '.cache', name)
  mkdirSync(ownCache, { recursive: true })
  return ownCache
}

/**
 * Whether a program can be found in PATH.
 * @param {string} program
 */
export function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
