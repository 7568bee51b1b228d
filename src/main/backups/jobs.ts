import { type Drilled, drill, type DrillOptions } from './drill'
import type { MakeStep, RestoreProgress } from '../../shared/model/backups'
import { type Made, makeBackup, type MakeOptions } from './make'
import { type Restored, restoreBackup, type RestoreOptions } from './restore'
import { copyToSecond, type SecondOptions } from './second'
import { adoptMigrationCopies } from './make'
import { type Facts, factsOf } from '../db/backups/facts'
import { openSqlite } from '../db/connection'

/** A piece of work on the backups, as data: it is done in a thread of its own. */
export type Job =
  | ({ readonly kind: 'make' } & Omit<MakeOptions, 'onStep' | 'freeBytes'>)
  | ({ readonly kind: 'restore' } & Omit<RestoreOptions, 'onProgress' | 'onSwap'>)
  | ({ readonly kind: 'drill' } & DrillOptions)
  | ({ readonly kind: 'second' } & SecondOptions)
  /** Gives the runner's copies a manifest. */
  | { readonly kind: 'adopt'; readonly shelf: string; readonly appVersion: string }
  /** Counts what a database holds that is there and may be open; null when it can not be read. */
  | { readonly kind: 'count'; readonly path: string }

/** What each job gives back. */
export type JobResults = {
  readonly make: Made
  readonly restore: Restored
  readonly drill: Drilled
  readonly second: number
  readonly adopt: null
  readonly count: Facts | null
}

/** How far a job has come. */
export type JobProgress = { readonly kind: 'make'; readonly step: MakeStep } | RestoreProgress

/** Does a job. Throws a BackupError. */
export async function runJob(
  job: Job,
  onProgress: (progress: JobProgress) => void,
): Promise<JobResults[Job['kind']]> {
  switch (job.kind) {
    case 'make':
      return makeBackup({
        ...job,
        onStep: (step) => {
          onProgress({ kind: 'make', step })
        },
      })
    case 'restore':
      return restoreBackup({ ...job, onProgress })
    case 'drill':
      return drill(job)
    case 'second':
      return copyToSecond(job)
    case 'adopt':
      adoptMigrationCopies(job.shelf, job.appVersion)
      return null
    case 'count':
      return count(job.path)
  }
}

function count(path: string): Facts | null {
  try {
    const sqlite = openSqlite(path, { readOnly: true })
    try {
      return factsOf(sqlite)
    } finally {
      sqlite.close()
    }
  } catch {
    // Damaged or missing: there is nothing to compare with.
    return null
  }
}
