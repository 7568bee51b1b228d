import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the running program writes the port of its endpoint. */
export function pathOfPort(folder: string): string {
  return join(folder, 'health-port')
}

/** The port that the running program has written down; null when there is none. */
export function readKeptPort(folder: string): number | null {
  try {
    const text = readFileSync(pathOfPort(folder), 'utf8').trim()
    return /^\d{1,5}$/.test(text) ? Number(text) : null
  } catch {
    // Nothing listens, or its folder is not for us to read.
    return null
  }
}
