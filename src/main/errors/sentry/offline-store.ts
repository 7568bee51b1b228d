import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type OfflineStore, parseEnvelope, serializeEnvelope } from '@sentry/core'

/** Reports that wait for the network; one too many puts the oldest out. */
const MOST_REPORTS = 30
const MOST_BYTES = 5_000_000
/** A single report beyond this is not kept: memory of a crashed process can be large. */
const LARGEST_REPORT = 2_000_000
const OLDEST_MS = 30 * 24 * 3600_000

type Waiting = { readonly path: string; readonly bytes: number; readonly at: number }

/** Keeps reports that could not be sent in files of a folder, 0600, within a number, a size and an age. */
export function openOfflineStore(folder: string, now: () => number = Date.now): OfflineStore {
  let last = 0
  /** Names sort by time, those put back in front of all others. */
  const nameAt = (at: number, isFirst: boolean) => {
    last = Math.max(last + 1, at)
    return `${isFirst ? '0' : '1'}-${String(isFirst ? at : last).padStart(15, '0')}-${randomUUID()}.report`
  }
  const keep = (envelope: Parameters<OfflineStore['push']>[0], isFirst: boolean) => {
    const data = serializeEnvelope(envelope)
    if (Buffer.byteLength(data) > LARGEST_REPORT) return
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      writeFileSync(join(folder, nameAt(now(), isFirst)), data, { mode: 0o600, flag: 'wx' })
      makeRoom(folder, now())
    } catch {
      // A full disk: the report is lost, which harms nobody here.
    }
  }
  return {
    push: (envelope) => {
      keep(envelope, false)
      return Promise.resolve()
    },
    unshift: (envelope) => {
      keep(envelope, true)
      return Promise.resolve()
    },
    shift: () => {
      const [first] = makeRoom(folder, now())
      return Promise.resolve(first === undefined ? undefined : taken(first.path))
    },
  }
}

function taken(path: string): ReturnType<typeof parseEnvelope> | undefined {
  try {
    return parseEnvelope(readFileSync(path))
  } catch {
    return undefined
  } finally {
    rmSync(path, { force: true })
  }
}

/** Removes what is too old or too much, and gives what is left, the first to send first. */
function makeRoom(folder: string, now: number): readonly Waiting[] {
  const young = waitingIn(folder).filter(({ path, at }) => {
    if (now - at < OLDEST_MS) return true
    rmSync(path, { force: true })
    return false
  })
  const kept: Waiting[] = []
  let bytes = 0
  for (const one of [...young].reverse()) {
    bytes += one.bytes
    if (kept.length < MOST_REPORTS && bytes <= MOST_BYTES) kept.unshift(one)
    else rmSync(one.path, { force: true })
  }
  return kept
}

function waitingIn(folder: string): readonly Waiting[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.report'))
    return names.sort().map((name) => {
      const path = join(folder, name)
      return { path, bytes: statSync(path).size, at: Number(name.split('-')[1]) }
    })
  } catch {
    return []
  }
}
