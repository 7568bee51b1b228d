import type { Handlers } from '../shared/ipc/contract'
import { readMigrations } from './db/migrations/migration-files'
import { pushToWindows } from './ipc/push'
import type { Session, SessionDeps } from './session'
import { practiceFolder } from './settings/environment'
import { createPlainBackups } from './startup/backups'
import type { Trouble } from './startup/trouble'
import { createTroubleDesk, type Way } from './startup/trouble-desk'
import { APP_VERSION, MIGRATIONS_FOLDER } from './version'

type TroublesDeps = Pick<SessionDeps, 'environment' | 'log' | 'systemLanguage'> & {
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
    backups: createPlainBackups({
      folder,
      knownMigrations: () => readMigrations(MIGRATIONS_FOLDER).length,
      now,
    }),
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
