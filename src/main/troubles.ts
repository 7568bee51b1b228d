import type { Handlers } from '../shared/ipc/contract'
import { createBackupDoor } from './backups/door'
import { readBackupSettings } from './backups/settings-file'
import { pushToWindows } from './ipc/push'
import { openKeys } from './open-backups'
import type { Session, SessionDeps } from './session'
import { practiceFolder } from './settings/environment'
import type { Trouble } from './startup/trouble'
import { type Backups, createTroubleDesk, type Way } from './startup/trouble-desk'
import { APP_VERSION, MIGRATIONS_FOLDER } from './version'

type TroublesDeps = Pick<
  SessionDeps,
  'environment' | 'log' | 'systemLanguage' | 'safeStorage' | 'redactor'
> & {
  readonly session: () => Promise<Session>
  readonly isPractice: () => boolean
  readonly showFolder: (folder: string) => void
  readonly open: (way: Way) => Promise<Session>
  readonly enter: (trouble: Trouble) => Promise<void>
  readonly onMoved: () => void
}

/** The trouble desk of this program, loaded only when there is trouble. */
export function createTroubles(deps: TroublesDeps): Handlers['trouble'] {
  const { environment, log } = deps
  const folder = environment.dataFolder
  const now = Date.now
  return createTroubleDesk({
    folder: () => (deps.isPractice() ? practiceFolder(folder) : folder),
    isPractice: deps.isPractice,
    version: APP_VERSION,
    migrationsFolder: MIGRATIONS_FOLDER,
    language: deps.systemLanguage,
    backups: backupsOf(deps, now),
    log,
    now,
    push: (event) => {
      pushToWindows(event, log)
    },
    showFolder: deps.showFolder,
    failure: async () => {
      try {
        await deps.session()
        return null
      } catch (error) {
        return error
      }
    },
    open: async (way) => {
      await (await deps.open(way)).startBot()
    },
    reload: deps.onMoved,
    enter: async (trouble) => {
      await deps.enter(trouble)
      deps.onMoved()
    },
  })
}

/** The backups of the real data, while those are closed. */
function backupsOf(deps: TroublesDeps, now: () => number): Backups {
  const { dataFolder } = deps.environment
  const keys = openKeys(dataFolder, deps)
  const door = (passphrase: string | null) =>
    createBackupDoor({
      dataFolder,
      secondFolder: readBackupSettings(dataFolder).secondFolder,
      now,
      passphrase: () => passphrase,
      key: keys.load,
    })
  return {
    list: () => door(null).list(),
    preview: (id) => door(null).preview(id),
    restore: async (id, passphrase, onProgress) => {
      await door(passphrase).restore(id, onProgress)
    },
  }
}
