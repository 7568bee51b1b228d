import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { BackupErrorCode } from '../../shared/model/backups'
import { BackupError } from './errors'
import type { Job, JobProgress, JobResults } from './jobs'

/** The thread's own script, beside the built program. */
export const THREAD_FILE = join(import.meta.dirname, 'backup-thread.js')

type Told =
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly code: BackupErrorCode; readonly message: string }

/** Does a job in a thread of its own, so that nobody waits for it; the signal ends it, with its traces left to the next one. Throws a BackupError. */
export function runInThread<K extends Job['kind']>(
  job: Extract<Job, { kind: K }>,
  threadFile: string,
  onProgress: (progress: JobProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<JobResults[K]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(threadFile, { workerData: { role: 'job', job }, name: `backup-${job.kind}` })
    worker.on('message', (told: Told) => {
      switch (told.kind) {
        case 'progress':
          onProgress(told.progress)
          break
        case 'done':
          // The kind of the job decides the type of its result: see runJob.
          resolve(told.value as JobResults[K])
          break
        case 'failed':
          reject(new BackupError(told.code, told.message))
      }
    })
    worker.on('error', (cause) => {
      reject(new BackupError('backup-failed', 'The thread of the backups failed', { cause }))
    })
    const stop = () => void worker.terminate()
    signal?.addEventListener('abort', stop, { once: true })
    worker.on('exit', () => {
      signal?.removeEventListener('abort', stop)
      // Of no consequence when it has answered before.
      reject(new BackupError('backup-failed', 'The thread of the backups ended'))
    })
  })
}
