import { Worker } from 'node:worker_threads'
import { must } from '../../shared/model/refusal'
import { syncFile } from '../db/sync-to-disk'
import { hashFile } from './disk'
import { codeOf } from './errors'
import { attachCopy, differenceIn, type Found, type Share } from '../db/backups/compare'
import { type Copying, type Moment, openCopying, openMoment } from '../db/backups/snapshot'
import type { Sqlite } from '../db/connection'

/** A part of proving a copy: reading the file back, or comparing a share of the rows. */
export type Task = { readonly kind: 'hash' } | Share
/** Where two threads take their next task from. */
export type Queue = { readonly tasks: readonly Task[]; readonly next: SharedArrayBuffer }
/** What one thread found. */
export type Finding = {
  readonly difference: string | null
  readonly hash: { readonly sha256: string; readonly sizeBytes: number } | null
  readonly found: Found
}

/** What the second thread is told. */
export type Order =
  /** Opens what the next order needs, so that it begins at once. */
  | { readonly kind: 'prepare'; readonly source: string }
  | { readonly kind: 'copy'; readonly target: string }
  | { readonly kind: 'prove'; readonly queue: Queue; readonly target: string }

/** Takes tasks until none is left or one has found a difference. */
export function workOff(moment: Sqlite, { tasks, next }: Queue, copy: string): Finding {
  const place = new Int32Array(next)
  let hash: Finding['hash'] = null
  const found: Found = { same: new Map(), indexed: new Map() }
  for (let task = tasks[Atomics.add(place, 0, 1)]; task; task = tasks[Atomics.add(place, 0, 1)]) {
    if (task.kind === 'hash') {
      hash = hashFile(copy)
      continue
    }
    const difference = differenceOrDamage(moment, task, found)
    if (difference === null) continue
    Atomics.store(place, 0, tasks.length)
    return { difference, hash, found }
  }
  return { difference: null, hash, found }
}

function differenceOrDamage(moment: Sqlite, share: Share, found: Found): string | null {
  try {
    return differenceIn(moment, share, found)
  } catch (error) {
    return `it cannot be read: ${codeOf(error)}`
  }
}

/** Carries out the orders of one copy, in the second thread. */
export function createCopying(): { readonly carryOut: (order: Order) => unknown } {
  let open: { readonly moment: Moment; readonly copying: Copying } | null = null
  const prepared = () => must(open, 'what the second thread has prepared')
  return {
    carryOut: (order) => {
      switch (order.kind) {
        case 'prepare':
          open?.moment.close()
          open?.copying.close()
          open = { moment: openMoment(order.source), copying: openCopying(order.source) }
          return null
        case 'copy': {
          const { moment, copying } = prepared()
          moment.begin()
          copying.copyTo(order.target)
          // VACUUM INTO need not wait for the disk.
          syncFile(order.target)
          return null
        }
        case 'prove': {
          const { sqlite } = prepared().moment
          attachCopy(sqlite, order.target)
          return workOff(sqlite, order.queue, order.target)
        }
      }
    },
  }
}

/** The second thread of making a copy. */
export type Copier = {
  readonly order: <T>(order: Order) => Promise<T>
  readonly close: () => Promise<void>
}

/** What comes back for an order; of an error only its code, which can hold no word of anybody. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string }

/** Starts the second thread. Its orders are carried out one after another. */
export function startCopier(threadFile: string): Copier {
  const worker = new Worker(threadFile, { workerData: { role: 'copier' }, name: 'backup-copier' })
  let waiting: { resolve: (value: unknown) => void; reject: (error: Error) => void }[] = []
  worker.on('message', (answer: Answer) => {
    const first = waiting.shift()
    if (answer.ok) first?.resolve(answer.value)
    else first?.reject(Object.assign(new Error('The second thread failed'), { code: answer.code }))
  })
  const failAll = (error: Error) => {
    for (const { reject } of waiting) reject(error)
    waiting = []
  }
  worker.on('error', failAll)
  worker.on('exit', () => {
    failAll(new Error('The second thread has ended'))
  })
  return {
    order: <T>(order: Order) =>
      new Promise<T>((resolve, reject) => {
        // The order decides the type of its answer; see createCopying.
        waiting.push({ resolve: resolve as (value: unknown) => void, reject })
        worker.postMessage(order)
      }),
    close: async () => {
      await worker.terminate()
    },
  }
}
