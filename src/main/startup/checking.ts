import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { CheckDepth, CheckResult } from '../db/deep-check'

/** The first look is taken so long after the start that everything that people wait for is over, in ms. */
const FIRST_AFTER_MS = 15_000
const EVERY_MS = 24 * 3_600_000
/** How old the last full look may be, in ms. */
const FULL_EVERY_MS = 7 * 24 * 3_600_000

type CheckingDeps = {
  /** True when the program had not been closed in order before. */
  readonly wasUnclean: boolean
  /** When the whole file was last looked at, in UTC ms; null for never. */
  readonly checkedAt: () => number | null
  /** The whole file was looked at and is sound. */
  readonly onSound: () => void
  readonly onDamage: (result: Exclude<CheckResult, { kind: 'sound' }>) => void
  readonly onProblem: (error: unknown) => void
  /** Takes a look; its end can be called off through the signal. */
  readonly check: (depth: CheckDepth, stop: AbortSignal) => Promise<CheckResult>
  readonly now: () => number
  /** Calls after so many ms; returns how to call it off. */
  readonly later?: (work: () => void, ms: number) => () => void
}

/** What is looked at next: all of it after an end out of order or once a week, otherwise the structure only. */
export function depthOf(
  { checkedAt, now }: Pick<CheckingDeps, 'checkedAt' | 'now'>,
  wasUnclean: boolean,
): CheckDepth {
  const last = checkedAt()
  return wasUnclean || last === null || now() - last > FULL_EVERY_MS ? 'full' : 'quick'
}

/** Looks at the whole file in the background, soon after the start and then every day. Returns its end. */
export function startChecking(deps: CheckingDeps): () => void {
  const later = deps.later ?? realLater
  const abort = new AbortController()
  let isFirst = deps.wasUnclean
  let callOff: () => void
  const look = () => {
    const depth = depthOf(deps, isFirst)
    deps
      .check(depth, abort.signal)
      .then((result) => {
        if (abort.signal.aborted) return
        if (result.kind !== 'sound') deps.onDamage(result)
        else if (depth === 'full') {
          isFirst = false
          deps.onSound()
        }
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) deps.onProblem(error)
      })
    callOff = later(look, EVERY_MS)
  }
  callOff = later(look, FIRST_AFTER_MS)
  return () => {
    abort.abort()
    callOff()
  }
}

function realLater(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms).unref()
  return () => {
    clearTimeout(timer)
  }
}

/** Looks at a file in a thread of its own. Rejects when it could not be looked at. */
export function checkInThread(path: string, depth: CheckDepth, stop: AbortSignal): Promise<CheckResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'check-worker.js'), { workerData: { path, depth } })
    // The program may end in the middle of a look.
    worker.unref()
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => {
      reject(new Error('The look at the file has ended early'))
    })
    stop.addEventListener('abort', () => void worker.terminate(), { once: true })
  })
}
