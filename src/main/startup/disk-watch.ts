import type { Conditions, DiskState } from '../../shared/model/conditions'

/** Below this much room people are told, in bytes; also below three times the database, which a copy would need. */
const LOW = 500 * 1024 * 1024
const LOW_IN_DATABASES = 3
/** Below this much room attachments wait, and text goes on. */
const VERY_LOW = 100 * 1024 * 1024
/** Below this much room nothing can be relied on. */
const FULL = 4 * 1024 * 1024
/** Room that has to be there again before the state gets better, beyond its limit: it must not flicker. */
const MARGIN = 1.1
const EVERY_MS = 60_000
const EVERY_MS_WHEN_LOW = 5_000

/** A file that does nothing but take room, to be given up once when the disk is full. */
export type Ballast = {
  /** Takes the room, if it is not taken. Rejects when there is none. */
  readonly take: () => Promise<void>
  /** Gives the room back; false when it had none. Never throws. */
  readonly free: () => boolean
}

/** What the watch needs. */
export type DiskWatchDeps = {
  /** Bytes that can still be written. */
  readonly freeBytes: () => number
  /** Size of the database. */
  readonly databaseBytes: () => number
  readonly ballast: Ballast
  /** Called when the state has changed. */
  readonly onState: (disk: Conditions['disk']) => void
  /** Called when there is room again after the disk was full: what waited is tried at once. */
  readonly onRoom: () => void
  /** Told what went wrong with the ballast or the look at the disk. */
  readonly onProblem: (error: unknown) => void
  /** Calls after so many ms; returns how to call it off. */
  readonly later?: (work: () => void, ms: number) => () => void
}

/** Watches how much room the disk has. */
export type DiskWatch = {
  readonly disk: () => Conditions['disk']
  /** Looks now: at the start, or because somebody asked. */
  readonly look: () => void
  /** Something could not be written because the disk is full: gives up the ballast, once until there is room again. */
  readonly noteFull: () => void
  /** Whether attachments may be stored. */
  readonly mayStoreFiles: () => boolean
  readonly stop: () => void
}

function realLater(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms).unref()
  return () => {
    clearTimeout(timer)
  }
}

const ORDER: readonly DiskState[] = ['full', 'very-low', 'low', 'enough']

/** The state for so much room; a better one than before needs a margin. */
export function stateOf(freeBytes: number, databaseBytes: number, before: DiskState): DiskState {
  const limits: Readonly<Record<Exclude<DiskState, 'enough'>, number>> = {
    full: FULL,
    'very-low': VERY_LOW,
    low: Math.max(LOW, databaseBytes * LOW_IN_DATABASES),
  }
  const reached = (['full', 'very-low', 'low'] as const).find((state) => {
    const isLeaving = ORDER.indexOf(before) <= ORDER.indexOf(state)
    return freeBytes < limits[state] * (isLeaving ? MARGIN : 1)
  })
  return reached ?? 'enough'
}

/** Starts to watch. The first look is at `look`. */
export function createDiskWatch(deps: DiskWatchDeps): DiskWatch {
  const later = deps.later ?? realLater
  let disk: Conditions['disk'] = { state: 'enough', freeBytes: Number.MAX_SAFE_INTEGER }
  let callOff: () => void = () => {}
  let isStopped = false

  const show = (state: DiskState, freeBytes: number) => {
    const before = disk.state
    disk = { state, freeBytes }
    if (state === before) return
    deps.onState(disk)
    if (before === 'full') deps.onRoom()
  }
  const look = () => {
    callOff()
    if (isStopped) return
    try {
      const free = deps.freeBytes()
      show(stateOf(free, deps.databaseBytes(), disk.state), free)
      // Taken again only when that does not bring the trouble back.
      if (disk.state === 'enough' || disk.state === 'low') void deps.ballast.take().catch(deps.onProblem)
    } catch (error) {
      deps.onProblem(error)
    }
    callOff = later(look, disk.state === 'enough' ? EVERY_MS : EVERY_MS_WHEN_LOW)
  }
  return {
    disk: () => disk,
    look,
    noteFull: () => {
      const isFreed = deps.ballast.free()
      show('full', isFreed ? FULL : 0)
      callOff()
      callOff = later(look, EVERY_MS_WHEN_LOW)
      // What is in flight fits now; a moment later would do, but nobody else asks for it.
      if (isFreed) deps.onRoom()
    },
    mayStoreFiles: () => disk.state === 'enough' || disk.state === 'low',
    stop: () => {
      isStopped = true
      callOff()
    },
  }
}
