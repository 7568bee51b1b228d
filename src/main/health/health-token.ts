import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePrivateFile } from '../settings/private-file'

/** Bytes of a token: nobody tries so many. */
const LENGTH = 32
const SHAPE = /^[\w-]{43}$/

function pathOf(folder: string): string {
  return join(folder, 'health-token')
}

/** The token kept in a data folder; null when there is none that can be read. */
export function readHealthToken(folder: string): string | null {
  try {
    const token = readFileSync(pathOf(folder), 'utf8').trim()
    return SHAPE.test(token) ? token : null
  } catch {
    // Not there, or not for us to read: either way there is none.
    return null
  }
}

/** The token kept in a data folder, made if there is none yet. Throws what the file system says. */
export function keptHealthToken(folder: string): string {
  const known = readHealthToken(folder)
  if (known !== null) {
    // A copied folder may have given it other rights.
    chmodSync(pathOf(folder), 0o600)
    return known
  }
  const made = randomBytes(LENGTH).toString('base64url')
  writePrivateFile(pathOf(folder), `${made}\n`)
  return made
}

/** Whether a request's Authorization carries the token. Takes the same time whatever is wrong with it. */
export function isAuthorized(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`))
}
