import { type Conditions, NO_CONDITIONS } from '../../shared/model/conditions'
import type { Log } from '../telemetry/log'
import { createBallast } from './ballast'
import { freeBytesOf } from './check-files'
import { checkInThread, startChecking } from './checking'
import { databasePath, sizeOf } from './data-files'
import { createDiskWatch } from './disk-watch'
import type { GuardedDatabase } from './guarded-database'
import { placeFactsOf, unsafePlaceOf } from './unsafe-place'

/** The first look at the disk, in ms after the start: the board comes first. */
const LOOK_AFTER_MS = 2_000

type WatchDeps = {
  readonly folder: string
  readonly database: GuardedDatabase
  readonly log: Log
  /** Called when the conditions have changed. */
  readonly onChange: () => void
  /** Called when there is room again. */
  readonly onRoom: () => void
}

/** Everything that keeps an eye on the data while they are open. */
export type Watch = {
  readonly conditions: () => Conditions
  /** The disk was full when something was to be written. */
  readonly noteFull: () => void
  readonly mayStoreFiles: () => boolean
  readonly stop: () => void
}

/** Starts to watch the disk and the file; everything that takes time comes after the board. */
export function startWatch({ folder, database, log, onChange, onRoom }: WatchDeps): Watch {
  let conditions = NO_CONDITIONS
  const change = (part: Partial<Conditions>) => {
    conditions = { ...conditions, ...part }
    onChange()
  }
  const warn = (message: string) => (error: unknown) => {
    log.warn({ error, scope: 'watch' }, message)
  }
  const disk = createDiskWatch({
    freeBytes: () => freeBytesOf(folder),
    databaseBytes: () => sizeOf(databasePath(folder)) ?? 0,
    ballast: createBallast(folder),
    onState: (next) => {
      log.warn({ scope: 'watch', state: next.state }, 'The room on the disk has changed')
      change({ disk: next })
    },
    onRoom,
    onProblem: warn('The room on the disk could not be looked at'),
  })
  const stopChecking = watchFile({ folder, database, log }, () => {
    change({ damaged: true })
  })
  const first = setTimeout(() => {
    disk.look()
    const place = unsafePlaceOf(placeFactsOf(folder))
    if (place !== null) change({ place })
  }, LOOK_AFTER_MS).unref()
  return {
    conditions: () => conditions,
    noteFull: disk.noteFull,
    mayStoreFiles: disk.mayStoreFiles,
    stop: () => {
      clearTimeout(first)
      stopChecking()
      disk.stop()
    },
  }
}

/** Looks at the whole file now and then. Returns the end of it. */
function watchFile(
  { folder, database, log }: Pick<WatchDeps, 'folder' | 'database' | 'log'>,
  onDamage: () => void,
): () => void {
  return startChecking({
    wasUnclean: database.wasUnclean,
    checkedAt: database.keeper.checkedAt,
    onSound: database.keeper.noteChecked,
    onDamage: ({ kind, table }) => {
      log.error({ scope: 'watch', kind, table }, 'The file with the data is damaged')
      onDamage()
    },
    onProblem: (error) => {
      log.warn({ error, scope: 'watch' }, 'The file with the data could not be looked at')
    },
    check: (depth, stop) => checkInThread(databasePath(folder), depth, stop),
    now: Date.now,
  })
}
