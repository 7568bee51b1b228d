import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { type Answer, createCopying, type Order } from './copier'
import { must } from '../../shared/model/refusal'
import { asBackupError, codeOf } from './errors'
import { type Job, runJob } from './jobs'

// Its own entry: making and checking backups takes seconds of work, which must not stand in the way of anybody.

/** What a thread is started for. */
export type ThreadData = { readonly role: 'copier' } | { readonly role: 'job'; readonly job: Job }

/** Behind whatever somebody waits for. */
const LOW = 10

const port = must(parentPort, 'the port of the thread')
// Set by whoever starts the thread: see copier.ts and run-job.ts.
const data = workerData as ThreadData

// Only on Linux does a thread have a priority of its own; elsewhere it would be that of the whole program.
if (process.platform === 'linux') setPriority(0, LOW)

if (data.role === 'copier') {
  const copying = createCopying()
  port.on('message', (order: Order) => {
    try {
      port.postMessage({ ok: true, value: copying.carryOut(order) } satisfies Answer)
    } catch (error) {
      port.postMessage({ ok: false, code: codeOf(error) } satisfies Answer)
    }
  })
} else {
  runJob(data.job, (progress) => {
    port.postMessage({ kind: 'progress', progress })
  }).then(
    (value) => {
      port.postMessage({ kind: 'done', value })
    },
    (error: unknown) => {
      const { code, message } = asBackupError(error, 'The work on the backups was given up')
      port.postMessage({ kind: 'failed', code, message })
    },
  )
}
