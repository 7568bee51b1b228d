import { join } from 'node:path'
import type { BackupPreview, BackupSummary, Holds, RestoreProgress } from '../../shared/model/backups'
import { readMigrations } from '../db/migrations/migration-files'
import { APP_VERSION, MIGRATIONS_FOLDER } from '../version'
import { BackupError } from './errors'
import type { Manifest } from './manifest'
import type { Restored } from './restore'
import type { Job } from './jobs'
import { runInThread, THREAD_FILE } from './run-job'
import { readManifest, readShelf, shelfOf, shelvesIn } from './shelf'

type DoorOptions = {
  readonly dataFolder: string
  readonly secondFolder: string | null
  readonly now: () => number
  /** Asked for when a locked backup is restored. */
  readonly passphrase: () => string | null
  /** The key, where this computer keeps it: then no passphrase is asked for. */
  readonly key?: () => string | null
  /** How the present is kept when it is locked too. */
  readonly lock?: { readonly recipient: string; readonly lockedKey: string; readonly key: string } | null
  /** True when the database was open a moment ago. Otherwise its files are kept aside untouched, as they are. */
  readonly presentIsSound?: boolean
  readonly threadFile?: string
  readonly migrationsFolder?: string
}

/** All that can be done with backups while no database is open. */
export type BackupDoor = {
  /** Newest first, those of the second folder too. */
  readonly list: () => Promise<BackupSummary[]>
  /** Throws `backup-missing`. */
  readonly preview: (id: string) => Promise<BackupPreview>
  /** Works on closed files only. Throws a BackupError; the present data are then untouched. */
  readonly restore: (id: string, onProgress: (progress: RestoreProgress) => void) => Promise<Restored>
}

/** How a backup is shown. */
export function summaryOf(manifest: Manifest, place: BackupSummary['place']): BackupSummary {
  const { id, madeAt, reason, counts, pinned, encrypted, verifiedAt } = manifest
  return {
    id,
    madeAt,
    reason,
    requests: counts['requests'] ?? 0,
    people: counts['users'] ?? 0,
    sizeBytes: encrypted?.sizeBytes ?? manifest.sizeBytes,
    pinned,
    encrypted: encrypted !== null,
    verifiedAt,
    place,
  }
}

/** What a state of the data holds, from its rows. */
export function holdsOf({ counts, newestRequestAt }: Pick<Manifest, 'counts' | 'newestRequestAt'>): Holds {
  const rows = (table: string) => counts[table] ?? 0
  return {
    requests: rows('requests'),
    people: rows('users'),
    comments: rows('comments'),
    files: rows('files'),
    newestRequestAt,
  }
}

/** Opens the backups of a data folder. Needs no database, no window and no Electron. */
export function createBackupDoor(options: DoorOptions): BackupDoor {
  const { dataFolder, threadFile = THREAD_FILE } = options
  const here = shelfOf(dataFolder)
  const shelves = () => [here, ...(options.secondFolder === null ? [] : shelvesIn(options.secondFolder))]
  const knownVersion = () => readMigrations(options.migrationsFolder ?? MIGRATIONS_FOLDER).length

  return {
    list: async () => {
      await runInThread({ kind: 'adopt', shelf: here, appVersion: APP_VERSION }, threadFile)
      return summariesOf(shelves())
    },
    preview: async (id) => {
      const { shelf, manifest } = findIn(shelves(), id)
      const path = join(dataFolder, 'dispatcher.db')
      const present = await runInThread({ kind: 'count', path }, threadFile)
      return {
        backup: summaryOf(manifest, shelf === here ? 'here' : 'second'),
        then: holdsOf(manifest),
        now: present === null ? null : holdsOf(present),
        tooNew: manifest.schemaVersion > knownVersion(),
        needsPassphrase: manifest.encrypted !== null && (options.key?.() ?? null) === null,
      }
    },
    restore: async (id, onProgress) => {
      const { shelf } = findIn(shelves(), id)
      const job = restoreJob(options, { shelf, id, knownVersion: knownVersion(), threadFile })
      return runInThread(job, threadFile, (progress) => {
        if ('part' in progress) onProgress(progress)
      })
    },
  }
}

type RestoreJob = Extract<Job, { kind: 'restore' }>

function restoreJob(
  options: DoorOptions,
  wish: Pick<RestoreJob, 'shelf' | 'id' | 'knownVersion' | 'threadFile'>,
): RestoreJob {
  return {
    kind: 'restore',
    ...wish,
    dataFolder: options.dataFolder,
    appVersion: APP_VERSION,
    now: options.now(),
    key: options.key?.() ?? null,
    passphrase: options.passphrase(),
    lock: options.lock ?? null,
    presentIsSound: options.presentIsSound ?? false,
  }
}

/** The backups of all folders, newest first; one that lies in several counts as that of the first. */
function summariesOf([here, ...others]: readonly string[]): BackupSummary[] {
  const mine = here === undefined ? [] : readShelf(here).map((manifest) => summaryOf(manifest, 'here'))
  const known = new Set(mine.map(({ id }) => id))
  const theirs = others
    .flatMap((shelf) => readShelf(shelf))
    .filter(({ id }) => !known.has(id))
    .map((manifest) => summaryOf(manifest, 'second'))
  return [...mine, ...theirs].toSorted((a, b) => b.madeAt - a.madeAt || (a.id < b.id ? 1 : -1))
}

function findIn(shelves: readonly string[], id: string): { shelf: string; manifest: Manifest } {
  for (const shelf of shelves) {
    const manifest = readManifest(shelf, id)
    if (manifest !== null) return { shelf, manifest }
  }
  throw new BackupError('backup-missing', 'There is no such backup')
}
