import type { Handlers, PushEvent } from '../../shared/ipc/contract'
import { Refusal } from '../../shared/model/refusal'
import { CHOICES, type TroubleChoice, type TroubleView } from '../../shared/model/trouble'
import type { Language } from '../../shared/model/vocabulary'
import type { Log } from '../telemetry/log'
import type { BackupPreview, BackupSummary, RestoreProgress } from '../../shared/model/backups'
import { BackupError } from '../backups/errors'
import { rescue } from './rescue'
import { Trouble, troubleOf } from './trouble'

/** Backups, as the trouble screen needs them. */
export type Backups = {
  readonly list: () => Promise<readonly BackupSummary[]>
  readonly preview: (id: string) => Promise<BackupPreview>
  /** Puts a backup in the place of the data, which are kept aside as they are. `passphrase` opens a locked one. */
  readonly restore: (
    id: string,
    passphrase: string | null,
    onProgress: (progress: RestoreProgress) => void,
  ) => Promise<void>
}

/** How the data are to be opened. */
export type Way = 'as-usual' | 'take-over' | 'read-only'

type TroubleDeskDeps = {
  /** Data folder of the data that can't be opened. */
  readonly folder: () => string
  /** True when they are those of the practice building: nothing in there is worth saving. */
  readonly isPractice: () => boolean
  readonly version: string
  readonly migrationsFolder: string
  readonly language: Language
  readonly backups: Backups
  readonly log: Log
  readonly now: () => number
  readonly push: (event: PushEvent) => void
  readonly showFolder: (folder: string) => void
  /** What opening the data has thrown; null when they are open. */
  readonly failure: () => Promise<unknown>
  /** Opens the data, now or again. Throws what is in the way. */
  readonly open: (way: Way) => Promise<void>
  /** Loads the window's page anew: it shows something else now. */
  readonly reload: () => void
  /** Closes the data because of this. */
  readonly enter: (trouble: Trouble) => Promise<void>
}

/** What the window may ask for while the data can't be opened. */
export function createTroubleDesk(deps: TroubleDeskDeps): Handlers['trouble'] {
  const { log, backups } = deps
  const view = async (): Promise<TroubleView | null> => {
    const failure = await deps.failure()
    return failure === null ? null : viewOf(troubleOf(failure), deps)
  }
  const opening = async (way: Way) => {
    const wasOpen = (await deps.failure()) === null
    await deps.open(way).catch((error: unknown) => {
      log.warn({ error, scope: 'trouble', state: way }, 'The data still can not be opened')
    })
    const found = await view()
    // After the answer to the call that asked for it.
    if (wasOpen || found === null) setImmediate(deps.reload)
    return found
  }
  const alone = createAlone(deps)
  return {
    state: view,
    tryAgain: () => opening('as-usual'),
    takeOver: () => opening('take-over'),
    openReadOnly: () => opening('read-only'),
    backups: async () => [...(await backups.list())],
    preview: ({ id }) => backups.preview(id),
    restore: ({ id, passphrase }) =>
      alone('copy-unusable', () =>
        backups.restore(id, passphrase, (progress) => {
          deps.push({ type: 'restore', progress })
        }),
      ),
    rescue: () => alone('rescue-failed', () => rescueData(deps)),
    showFolder: () => {
      deps.showFolder(deps.folder())
    },
    enter: () => {
      // After the answer to the call that asked for it.
      setImmediate(() => void deps.enter(new Trouble('damaged')))
    },
  }
}

/** Lets one piece of work at a time touch the files, and only while the data are closed. */
function createAlone({ isPractice, failure, log }: TroubleDeskDeps) {
  let isBusy = false
  return async <T>(refusal: 'copy-unusable' | 'rescue-failed', work: () => Promise<T>): Promise<T> => {
    if (isBusy || isPractice()) throw new Refusal('no-trouble')
    isBusy = true
    try {
      if ((await failure()) === null) throw new Refusal('no-trouble')
      return await work()
    } catch (error) {
      if (error instanceof Refusal) throw error
      if (error instanceof BackupError) throw new Refusal(error.code)
      log.error({ error, scope: 'trouble' }, 'The data could not be brought back')
      throw new Refusal(refusal)
    } finally {
      isBusy = false
    }
  }
}

function rescueData({ folder, version, migrationsFolder, now, push }: TroubleDeskDeps) {
  return rescue({
    folder: folder(),
    appVersion: version,
    migrationsFolder,
    now,
    onProgress: (progress) => {
      push({ type: 'rescuing', progress })
    },
  })
}

function viewOf(trouble: Trouble, { folder, isPractice, version, language }: TroubleDeskDeps): TroubleView {
  const { code, facts } = trouble
  // Only a lock of another computer may be one that nobody has.
  const more: readonly TroubleChoice[] = code === 'in-use' && facts['isHere'] === 0 ? ['take-over'] : []
  const choices: readonly TroubleChoice[] = isPractice()
    ? ['try-again', 'show-folder']
    : [...CHOICES[code], ...more]
  return { code, facts, choices: [...choices], folder: folder(), version, language }
}
