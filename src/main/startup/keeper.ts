import type { Database } from '../db/database'
import { readHighWater } from '../db/high-water'
import type { FilesFound } from './check-files'
import { databasePath, sizeOf } from './data-files'
import { type Manifest, markOf, writeManifest, writeMark, writeMarkLater } from './marks'

/** The least time between two marks, in ms: a mark costs one sync of the disk, beside those of the commits. */
const BETWEEN_MARKS_MS = 500
/** When the manifest says that the data are open, in ms after the start: the board comes first. */
const SETTLE_MS = 1000

type KeeperOptions = {
  readonly folder: string
  readonly appVersion: string
  readonly now: () => number
  readonly database: Database
  /** Id of the database. */
  readonly id: string
  readonly found: FilesFound
  /** Told once when the marks can't be written. */
  readonly onProblem?: (error: unknown) => void
}

/** Writes down, beside the database, how far it has come. */
export type Keeper = {
  /** When the whole file was last checked, in UTC ms; null for never. */
  readonly checkedAt: () => number | null
  /** Notes that the whole file was checked and found sound. */
  readonly noteChecked: () => void
  /** Resolves when everything that has been committed so far is marked. */
  readonly settled: () => Promise<void>
  /** Writes the last mark; just before the database is closed. Never throws. */
  readonly close: () => void
}

/** Writes marks one after another, never more often than it should. */
function createMarking(options: KeeperOptions, onProblem: (error: unknown) => void) {
  const { folder, database, now, found } = options
  let count = found.mark?.count ?? 0
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | null = null
  let isStale = true

  const next = () => {
    count += 1
    isStale = false
    return markOf(options.id, count, now(), readHighWater(database.sqlite))
  }
  const write = () => {
    timer = undefined
    // A batch is committed as a whole: what is in it is not reached yet.
    if (!isStale || database.sqlite.inTransaction) return
    writing = writeMarkLater(folder, next())
      .catch(onProblem)
      .finally(() => {
        writing = null
        timer ??= setTimeout(write, BETWEEN_MARKS_MS).unref()
      })
  }
  const soon = () => {
    isStale = true
    if (writing === null) timer ??= setTimeout(write, 0).unref()
  }
  return {
    soon,
    now: () => {
      writeMark(folder, next())
    },
    settled: async () => {
      while (isStale || writing !== null) {
        if (isStale) soon()
        await (writing ?? new Promise((resolve) => setTimeout(resolve, 1)))
      }
    },
    /** A mark on its way is written to its end; it is older than whatever comes after it. */
    stop: () => {
      clearTimeout(timer)
      // Never undefined again, so that no other is set.
      timer = setTimeout(() => {}, 0).unref()
    },
  }
}

/**
 * Keeps the marks of an open database: at once after a commit that follows a pause, and then at most twice a second,
 * without holding up anything. What they prove: changes that were there half a second before a crash are missed when
 * they are gone, whatever SQLite says.
 */
export function keepMarks(options: KeeperOptions): Keeper {
  const { folder, database, now, found } = options
  let checkedAt = found.manifest?.checkedAt ?? null
  let isTold = false
  const quietly = (error: unknown) => {
    if (!isTold) options.onProblem?.(error)
    isTold = true
  }
  const marking = createMarking(options, quietly)
  const note = (state: Manifest['state']) => {
    const bytes = sizeOf(databasePath(folder)) ?? 0
    const { id, appVersion } = options
    writeManifest(folder, { format: 1, database: id, state, bytes, at: now(), appVersion, checkedAt })
  }
  const unlisten = database.onCommit(marking.soon)
  const opened = setTimeout(() => {
    attempt(() => {
      note('open')
    }, quietly)
    marking.soon()
  }, SETTLE_MS).unref()
  // The first thing that is kept of new data: that there are some.
  if (found.manifest?.database !== options.id) {
    attempt(() => {
      note('open')
      marking.now()
    }, quietly)
  }
  return {
    checkedAt: () => checkedAt,
    noteChecked: () => {
      checkedAt = now()
      attempt(() => {
        note('open')
      }, quietly)
    },
    settled: marking.settled,
    close: () => {
      unlisten()
      clearTimeout(opened)
      marking.stop()
      attempt(() => {
        marking.now()
        note('closed')
      }, quietly)
    },
  }
}

/** The data matter more than the notes about them. */
function attempt(work: () => void, onProblem: (error: unknown) => void): void {
  try {
    work()
  } catch (error) {
    onProblem(error)
  }
}
