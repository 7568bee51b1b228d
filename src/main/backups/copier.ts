import { Worker } from 'node:worker_threads'
import { hashFile, syncFile } from './disk'
import { codeOf } from './errors'
import { attachCopy, differenceIn, type Share } from '../db/backups/compare'
import { copyCompact, openMoment } from '../db/backups/snapshot'
import type { Sqlite } from '../db/connection'

/** A part of proving a copy: reading the file back, or comparing a share of the rows. */
export type Task = { readonly kind: 'hash' } | Share
/** Where two threads take their next task from. */
export type Queue = { readonly tasks: readonly Task[]; readonly next: SharedArrayBuffer }
/** What one thread found. */
export type Finding = {
  readonly difference: string | null
  readonly hash: { readonly sha256: string; readonly sizeBytes: number } | null
}

/** What the second thread is told. */
export type Order =
  | { readonly kind: 'look'; readonly source: string }
  | { readonly kind: 'copy'; readonly source: string; readonly target: string }
  | { readonly kind: 'prove'; readonly queue: Queue; readonly target: string }

/** Takes tasks until none is left or one has found a difference. */
export function workOff(moment: Sqlite, { tasks, next }: Queue, copy: string): Finding {
  const place = new Int32Array(next)
  let hash: Finding['hash'] = null
  for (let task = tasks[Atomics.add(place, 0, 1)]; task; task = tasks[Atomics.add(place, 0, 1)]) {
    if (task.kind === 'hash') {
      hash = hashFile(copy)
      continue
    }
    const difference = differenceOrDamage(moment, task)
    if (difference === null) continue
    Atomics.store(place, 0, tasks.length)
    return { difference, hash }
  }
  return { difference: null, hash }
}

function differenceOrDamage(moment: Sqlite, share: Share): string | null {
  try {
    return differenceIn(moment, share)
  } catch (error) {
    return `it cannot be read: ${codeOf(error)}`
  }
}

/** Carries out the orders of one copy, in the second thread. */
export function createCopying(): {
  readonly carryOut: (order: Order) => unknown
  readonly close: () => void
} {
  let moment: Sqlite | null = null
  return {
    carryOut: (order) => {
      switch (order.kind) {
        case 'look':
          moment = openMoment(order.source)
          return null
        case 'copy':
          copyCompact(order.source, order.target)
          // VACUUM INTO need not wait for the disk.
          syncFile(order.target)
          return null
        case 'prove':
          if (!moment) throw new Error('The second thread has not looked')
          attachCopy(moment, order.target)
          return workOff(moment, order.queue, order.target)
      }
    },
    close: () => moment?.close(),
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
