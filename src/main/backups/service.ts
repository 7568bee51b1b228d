import type {
  BackupErrorCode,
  BackupPreview,
  BackupReason,
  BackupsState,
  BackupSummary,
  MakeStep,
  RestoreProgress,
} from '../../shared/model/backups'
import { withContext } from '../telemetry/context'
import type { Log } from '../telemetry/log'
import { APP_VERSION } from '../version'
import { type BackupDoor, createBackupDoor } from './door'
import { BackupError } from './errors'
import { dataSince, newestOf, readManifest, readShelf, setPinned, shelfOf, shelvesIn } from './shelf'
import { runInThread, THREAD_FILE } from './run-job'
import { dueBackup, isDrillDue, isOld } from './schedule'
import { changeBackupSettings, readBackupSettings } from './settings-file'

/** How often the schedule is looked at, in ms; the first time soon after the start, when the window is at rest. */
const LOOK_MS = 5 * 60_000
const FIRST_LOOK_MS = 2 * 60_000
/** What has failed is not tried again at once: it may take long to fail. */
const AFTER_FAILURE_MS = 30 * 60_000

/** Where the key to locked backups is kept. */
export type KeyStore = {
  /** Null when there is none, or this computer does not open it. */
  readonly load: () => string | null
  readonly save: (key: string) => void
}

/** What the backups of an office take. */
export type BackupsOptions = {
  readonly dataFolder: string
  readonly keys: KeyStore
  readonly now: () => number
  readonly log: Log
  /** Called when what is shown of the backups has changed. */
  readonly onChange: () => void
  readonly threadFile?: string
}

/** The backups of an office that is open. */
export type Backups = {
  readonly state: () => BackupsState
  /** The newest backup, as it was last looked for: costs nothing, and knows nothing before `start`. */
  readonly age: () => Pick<BackupsState, 'lastAt' | 'isOld'>
  readonly list: () => Promise<BackupSummary[]>
  readonly preview: (id: string) => Promise<BackupPreview>
  /** Makes one, proven, and brings the second folder up to date. Throws a BackupError. */
  readonly make: (reason: BackupReason) => Promise<void>
  readonly pin: (id: string, pinned: boolean) => void
  /** Null forgets the second folder. */
  readonly setSecondFolder: (path: string | null) => void
  /** New backups are locked with the passphrase, or, with null, plain. */
  readonly setPassphrase: (passphrase: string | null) => Promise<void>
  /** Throws when a restore could not be begun; call it before the data are closed. */
  readonly checkRestore: (id: string, passphrase: string | null) => Promise<void>
  /** Restores over data that have been closed. Throws a BackupError; the present data are then as they were. */
  readonly restore: (
    id: string,
    passphrase: string | null,
    onProgress: (progress: RestoreProgress) => void,
  ) => Promise<void>
  /** Something was written: an hourly backup has something to do. */
  readonly changed: () => void
  /** Begins to look at the clock. */
  readonly start: () => void
  /** Ends when nothing is being made any more. */
  readonly stop: () => Promise<void>
}

type Inner = {
  readonly options: BackupsOptions & { readonly threadFile: string }
  step: MakeStep | null
  problem: { code: BackupErrorCode; at: number } | null
  missingFiles: number
  /** When the newest backup was made; undefined until somebody has looked. */
  newestAt: number | null | undefined
  /** Whether something was written since the last backup; at the start nobody knows. */
  hasChanged: boolean
  /** One piece of work at a time. */
  queue: Promise<unknown>
  /** Ends what is being made. */
  readonly ending: AbortController
}

/** Creates the backups of an office. They do nothing by themselves before `start`. */
export function createBackups(given: BackupsOptions): Backups {
  const inner: Inner = {
    options: { ...given, threadFile: given.threadFile ?? THREAD_FILE },
    step: null,
    problem: null,
    missingFiles: 0,
    newestAt: undefined,
    hasChanged: true,
    queue: Promise.resolve(),
    ending: new AbortController(),
  }
  const { options } = inner
  const { dataFolder, onChange, keys } = options
  const clock = clockOf(inner)
  return {
    ...clock,
    state: () => stateOf(inner),
    age: () => ageOf(inner),
    list: () => doorOf(inner, null).list(),
    preview: (id) => doorOf(inner, null).preview(id),
    make: (reason) => inTurn(inner, () => makeOne(inner, reason)),
    pin: (id, pinned) => {
      setPinned(shelfOf(dataFolder), id, pinned)
      onChange()
    },
    setSecondFolder: (path) => {
      changeBackupSettings(dataFolder, { secondFolder: path, secondCopiedAt: null, secondFailsSince: null })
      onChange()
      if (path !== null) void inTurn(inner, () => copyAway(inner))
    },
    setPassphrase: async (passphrase) => {
      await setPassphrase(dataFolder, keys, passphrase)
      onChange()
    },
    checkRestore: (id, passphrase) => checkRestore(inner, id, passphrase),
    restore: async (id, passphrase, onProgress) => {
      await doorOf(inner, passphrase).restore(id, onProgress)
    },
    changed: () => {
      inner.hasChanged = true
    },
  }
}

function clockOf(inner: Inner): Pick<Backups, 'start' | 'stop'> {
  let timer: NodeJS.Timeout | undefined
  const look = () => {
    void lookAtClock(inner).finally(() => {
      if (!inner.ending.signal.aborted) timer = setTimeout(look, LOOK_MS)
    })
  }
  return {
    start: () => {
      inner.newestAt = newestOf(inner.options.dataFolder)
      inner.options.onChange()
      timer = setTimeout(look, FIRST_LOOK_MS)
    },
    stop: async () => {
      inner.ending.abort()
      clearTimeout(timer)
      await inner.queue
    },
  }
}

function inTurn<T>(inner: Inner, work: () => Promise<T>): Promise<T> {
  const turn = inner.queue.then(() => {
    inner.ending.signal.throwIfAborted()
    return withContext({ job: 'backups' }, work)
  })
  inner.queue = turn.catch(() => undefined)
  return turn
}

function ageOf({ options, newestAt }: Inner): Pick<BackupsState, 'lastAt' | 'isOld'> {
  if (newestAt === undefined) return { lastAt: null, isOld: false }
  const now = options.now()
  return { lastAt: newestAt, isOld: isOld(now, newestAt, dataSince(options.dataFolder, now)) }
}

function stateOf(inner: Inner): BackupsState {
  const { options, step, problem, missingFiles } = inner
  const { dataFolder } = options
  const settings = readBackupSettings(dataFolder)
  inner.newestAt = newestOf(dataFolder)
  const { secondFolder: path, secondCopiedAt: copiedAt, secondFailsSince: failsSince, lastDrill } = settings
  return {
    ...ageOf(inner),
    step,
    problem,
    second: path === null ? null : { path, copiedAt, failsSince },
    locked: settings.lock !== null,
    lastDrill: lastDrill === null ? null : { at: lastDrill.at, good: lastDrill.good },
    missingFiles,
  }
}

function doorOf({ options }: Inner, passphrase: string | null): BackupDoor {
  const { dataFolder, keys, now, threadFile } = options
  return createBackupDoor({
    dataFolder,
    secondFolder: readBackupSettings(dataFolder).secondFolder,
    now,
    passphrase: () => passphrase,
    key: keys.load,
    lock: lockOf(dataFolder, keys),
    presentIsSound: true,
    threadFile,
  })
}

/** How backups are locked; null for plain ones, and while the key is not at hand. */
function lockOf(dataFolder: string, keys: KeyStore) {
  const { lock } = readBackupSettings(dataFolder)
  const key = lock === null ? null : keys.load()
  return lock === null || key === null ? null : { ...lock, key }
}

async function makeOne(inner: Inner, reason: BackupReason): Promise<void> {
  const { dataFolder, keys, now, threadFile, onChange, log } = inner.options
  const tell = (step: MakeStep | null) => {
    inner.step = step
    onChange()
  }
  const isLocked = readBackupSettings(dataFolder).lock !== null
  const lock = lockOf(dataFolder, keys)
  inner.hasChanged = false
  try {
    // A plain copy in place of a locked one would be a broken promise.
    if (isLocked && lock === null)
      throw new BackupError('passphrase-needed', 'The key to the backups is not here')
    tell('copying')
    const made = await runInThread(
      {
        kind: 'make',
        dataFolder,
        reason,
        appVersion: APP_VERSION,
        now: now(),
        lock,
        pinned: reason === 'before-update' || reason === 'before-restore',
        threadFile,
      },
      threadFile,
      (progress) => {
        if ('kind' in progress) tell(progress.step)
      },
      inner.ending.signal,
    )
    inner.problem = null
    inner.newestAt = made.manifest.madeAt
    inner.missingFiles = made.missingFiles
    log.info({ scope: 'backups', reason }, 'A backup was made and proven')
    await copyAway(inner)
  } catch (error) {
    inner.hasChanged = true
    if (inner.ending.signal.aborted) throw error
    inner.problem = { code: error instanceof BackupError ? error.code : 'backup-failed', at: now() }
    log.error({ error, scope: 'backups' }, 'A backup could not be made')
    throw error
  } finally {
    tell(null)
  }
}

/** Brings the second folder up to date. That it is not connected is no error of the first. */
async function copyAway(inner: Inner): Promise<void> {
  const { dataFolder, keys, now, threadFile, onChange, log } = inner.options
  const { secondFolder, officeId, secondFailsSince, lock } = readBackupSettings(dataFolder)
  if (secondFolder === null) return
  const withKey = lockOf(dataFolder, keys)
  inner.step = 'second'
  onChange()
  try {
    if (lock !== null && withKey === null)
      throw new BackupError('passphrase-needed', 'The key to the backups is not here')
    await runInThread(
      { kind: 'second', shelf: shelfOf(dataFolder), secondFolder, officeId, lock: withKey },
      threadFile,
      undefined,
      inner.ending.signal,
    )
    changeBackupSettings(dataFolder, { secondCopiedAt: now(), secondFailsSince: null })
  } catch (error) {
    if (inner.ending.signal.aborted) return
    changeBackupSettings(dataFolder, { secondFailsSince: secondFailsSince ?? now() })
    log.warn({ error, scope: 'backups' }, 'The second folder of the backups could not be brought up to date')
  } finally {
    inner.step = null
    onChange()
  }
}

async function setPassphrase(dataFolder: string, keys: KeyStore, passphrase: string | null): Promise<void> {
  if (passphrase === null) {
    changeBackupSettings(dataFolder, { lock: null })
    return
  }
  // Not before it is needed: the start of the program would read all of it.
  const { makeLock } = await import('./age')
  const { key, recipient, lockedKey } = await makeLock(passphrase)
  // First the key: backups that nobody here could open again would not be made, but the promise would stand.
  keys.save(key)
  changeBackupSettings(dataFolder, { lock: { recipient, lockedKey } })
}

async function checkRestore({ options }: Inner, id: string, passphrase: string | null): Promise<void> {
  const { dataFolder, keys } = options
  const { secondFolder } = readBackupSettings(dataFolder)
  const shelves = [shelfOf(dataFolder), ...(secondFolder === null ? [] : shelvesIn(secondFolder))]
  const manifest = shelves.map((shelf) => readManifest(shelf, id)).find((found) => found !== null)
  if (!manifest) throw new BackupError('backup-missing', 'There is no such backup')
  if (manifest.encrypted === null) return
  const { unlockKey } = await import('./age')
  if (passphrase !== null) await unlockKey(manifest.encrypted.lockedKey, passphrase)
  else if (keys.load() === null) throw new BackupError('passphrase-needed', 'The backup is locked')
}

/** Does what is due. Never throws: what failed is shown and tried again. */
async function lookAtClock(inner: Inner): Promise<void> {
  const { dataFolder, now, log } = inner.options
  try {
    const due = dueBackup({ now: now(), newestAt: newestOf(dataFolder), changed: inner.hasChanged })
    const mayTry = inner.problem === null || Math.abs(now() - inner.problem.at) >= AFTER_FAILURE_MS
    if (due !== null && mayTry) await inTurn(inner, () => makeOne(inner, due))
    else if (readBackupSettings(dataFolder).secondFailsSince !== null)
      await inTurn(inner, () => copyAway(inner))
    await inTurn(inner, () => drillWhenDue(inner))
  } catch (error) {
    // Told by whoever has thrown it.
    log.debug({ error, scope: 'backups' }, 'The backups are looked at again later')
  }
  // The age of the last one goes on even when nothing happens.
  inner.options.onChange()
}

async function drillWhenDue(inner: Inner): Promise<void> {
  const { dataFolder, keys, now, threadFile, log } = inner.options
  const shelf = shelfOf(dataFolder)
  const newest = readShelf(shelf).at(-1)
  if (!newest || !isDrillDue(now(), readBackupSettings(dataFolder).lastDrill?.at ?? null)) return
  const note = (good: boolean) => {
    changeBackupSettings(dataFolder, { lastDrill: { at: now(), good, id: newest.id } })
  }
  try {
    await runInThread(
      { kind: 'drill', shelf, id: newest.id, now: now(), key: keys.load(), passphrase: null },
      threadFile,
      undefined,
      inner.ending.signal,
    )
    note(true)
  } catch (error) {
    if (inner.ending.signal.aborted) return
    note(false)
    log.error({ error, scope: 'backups' }, 'A backup that was tried out is not good')
  }
}
