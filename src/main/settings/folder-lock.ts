import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, uptime, userInfo } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/** Who has a data folder. */
export type FolderOwner = {
  readonly pid: number
  /** Name of the computer, and of the person working on it; empty when the lock does not say. */
  readonly host: string
  readonly user: string
  /** True when it is this computer: only then is it known that the process lives. */
  readonly isHere: boolean
}

/** This computer since it was last started: process numbers mean something only within it. */
export type Here = {
  readonly host: string
  /** Changes with every start of the computer; empty where the system does not tell. */
  readonly boot: string
  /** When it was started, in UTC ms. */
  readonly startedAt: number
}

type Claimant = { readonly pid?: number; readonly here?: Here; readonly force?: boolean }

const Lock = z.object({
  pid: z.int().positive(),
  host: z.string(),
  user: z.string(),
  boot: z.string(),
  startedAt: z.number(),
})
type Lock = z.infer<typeof Lock>

/** Two readings of the time since the start of the computer differ by less than this, in ms. */
const SAME_START_MS = 60_000

/** This computer now. */
export function here(): Here {
  return { host: hostname(), boot: bootId(), startedAt: Date.now() - uptime() * 1000 }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    // Only Linux has it.
    return ''
  }
}

/**
 * Claims a data folder for this process, so that two programs never work on it together: a window and one without,
 * two people on this computer, or two computers. Returns the owner when somebody else has it, otherwise how to give
 * it back. With `force`, a lock of another computer is no obstacle: a person has said that nobody works there.
 */
export function claimFolder(
  folder: string,
  { pid = process.pid, here: place = here(), force = false }: Claimant = {},
): { readonly release: () => void } | FolderOwner {
  const path = join(folder, 'running.pid')
  const mine = `${JSON.stringify({ ...place, pid, user: userName() } satisfies Lock)}\n`
  // Each round removes one lock that is worth nothing; another program may be doing the same.
  for (let round = 0; round < 5; round += 1) {
    if (createWhole(path, mine)) return { release: () => giveBack(path, mine) }
    const found = contentOf(path)
    if (found === null) continue
    const owner = ownerOf(found, pid, place)
    if (owner !== null && stands(owner, force)) return owner
    setAside(path, found)
  }
  throw new Error('The data folder could not be claimed')
}

/** Who has a data folder now; null when nobody has. Looks only. */
export function ownerOfFolder(folder: string): FolderOwner | null {
  const found = contentOf(join(folder, 'running.pid'))
  return found === null ? null : ownerOf(found, 0, here())
}

/** Nobody can say of a living process of this computer that it is not there. */
function stands(owner: FolderOwner, force: boolean): boolean {
  return owner.isHere || !force
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // Somebody without an entry in the list of users.
    return ''
  }
}

/** Writes the lock beside its place and links it there: it appears whole, and only if there is none. */
function createWhole(path: string, content: string): boolean {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, content, { mode: 0o600 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'EEXIST') return false
    // A file system without links: a file that must not exist is nearly as good.
    return createPlain(path, content)
  } finally {
    rmSync(draft, { force: true })
  }
}

function createPlain(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { mode: 0o600, flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Moves a worthless lock out of the way; one that somebody has put there in the meantime is put back. */
function setAside(path: string, found: string): void {
  const aside = `${path}.${process.pid}.old`
  try {
    renameSync(path, aside)
    if (contentOf(aside) !== found) linkSync(aside, path)
  } catch {
    // Somebody else was quicker: the next round sees what they did.
  } finally {
    rmSync(aside, { force: true })
  }
}

function giveBack(path: string, mine: string): void {
  if (contentOf(path) === mine) rmSync(path, { force: true })
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    // A lock that can't be read is one all the same, of somebody else.
    return ''
  }
}

/** Who is meant by a lock; null when it is worth nothing any more. */
function ownerOf(content: string, pid: number, place: Here): FolderOwner | null {
  const lock = parse(content, place)
  if (lock === null) return null
  const isHere = isThisStart(lock, place)
  const owner = { pid: lock.pid, host: lock.host, user: lock.user, isHere }
  if (isHere) return lock.pid !== pid && isAlive(lock.pid) ? owner : null
  // This computer has been started anew since: the process has ended with it.
  return lock.host === place.host ? null : owner
}

function isThisStart(lock: Lock, place: Here): boolean {
  if (lock.boot !== '' && place.boot !== '') return lock.boot === place.boot
  return lock.host === place.host && Math.abs(lock.startedAt - place.startedAt) < SAME_START_MS
}

function parse(content: string, place: Here): Lock | null {
  try {
    const value: unknown = JSON.parse(content)
    // Programs before this one wrote the number of the process only.
    const old = typeof value === 'number' ? { ...place, pid: value, user: '' } : value
    return Lock.parse(old)
  } catch {
    // A lock that names nobody: written in part when the power went.
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
