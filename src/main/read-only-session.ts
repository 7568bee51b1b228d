import { randomUUID } from 'node:crypto'
import { constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contract, type DeskHandlers } from '../shared/ipc/contract'
import { NO_CONDITIONS } from '../shared/model/conditions'
import { Refusal } from '../shared/model/refusal'
import { openSqlite } from './db/connection'
import { type Database, databaseOf } from './db/database'
import { deviceIdOf } from './db/device'
import { DatabaseFromTheFuture } from './db/migrations/errors'
import { migrateToHead } from './db/migrations/migrate-to-head'
import { readSetting } from './db/settings'
import { createHandlers } from './ipc/handlers'
import { createDeps, createUseCases } from './office'
import { connectWindows, type Session, type SessionDeps } from './session'
import { DATABASE, databasePath, sizeOf } from './startup/data-files'
import { Trouble, troubleOf } from './startup/trouble'
import { APP_VERSION, MIGRATIONS_FOLDER } from './version'

/** What may be asked for while the data are only shown; everything else is refused with a code. */
const READING: Readonly<Record<string, readonly string[]>> = {
  app: ['state', 'openLink'],
  board: ['open', 'page'],
  requests: ['details', 'archive'],
  people: ['list', 'technicians', 'invites'],
  places: ['list'],
  bot: ['storage'],
  attention: ['list'],
}
/** What the window does by itself when something is looked at: it is left undone without a word. */
const SILENT: Readonly<Record<string, readonly string[]>> = { requests: ['markRead'], app: ['dismissGap'] }

/**
 * Shows the data as they are, on a private copy: SQLite can't even read beside a file that can't be written. The bot
 * stands still and nothing is changed, not even the copy. `failure` is why the data could not be opened for work.
 * Throws a Trouble when they can't be read either.
 */
export function openReadOnlySession(deps: SessionDeps, failure: unknown): Session {
  const { environment, log, systemLanguage } = deps
  const copy = mkdtempSync(join(tmpdir(), 'facility-dispatcher-copy-'))
  const discard = () => {
    rmSync(copy, { recursive: true, force: true })
  }
  try {
    const database = openCopy(environment.dataFolder, copy)
    const windows = connectWindows(log)
    const unlisten = windows.listen(database)
    return {
      folder: environment.dataFolder,
      inPractice: false,
      language: () => readSetting(database.read, 'language') ?? systemLanguage,
      handlers: readingOnly(handlersOf(deps, database, failure)),
      push: windows.push,
      startBot: () => Promise.resolve(),
      resumed: () => {},
      practiceFile: () => undefined,
      showHealth: () => {},
      close: () => {
        unlisten()
        windows.push.stop()
        database.close()
        discard()
        return Promise.resolve()
      },
    }
  } catch (error) {
    discard()
    throw troubleOf(error)
  }
}

function openCopy(folder: string, copy: string): Database {
  const size = sizeOf(databasePath(folder))
  // SQLite would show a new, empty office.
  if (size === null) throw new Trouble('missing')
  if (size === 0) throw new Trouble('empty')
  for (const suffix of ['', '-wal']) {
    const from = databasePath(folder) + suffix
    if (existsSync(from)) copyFileSync(from, databasePath(copy) + suffix, constants.COPYFILE_FICLONE)
  }
  const sqlite = openSqlite(join(copy, DATABASE))
  try {
    migrate(sqlite, copy)
    const database = databaseOf(sqlite, { deviceId: deviceIdOf(sqlite, randomUUID), now: Date.now })
    sqlite.pragma('query_only = ON')
    return database
  } catch (error) {
    sqlite.close()
    throw error
  }
}

/** The copy of an older file is upgraded; that of a newer one is shown as far as this program understands it. */
function migrate(sqlite: Parameters<typeof migrateToHead>[0], copy: string): void {
  try {
    migrateToHead(sqlite, {
      folder: copy,
      migrationsFolder: MIGRATIONS_FOLDER,
      appVersion: APP_VERSION,
      now: Date.now,
    })
  } catch (error) {
    if (!(error instanceof DatabaseFromTheFuture)) throw error
  }
}

function handlersOf(deps: SessionDeps, database: Database, failure: unknown): DeskHandlers {
  const { environment, systemLanguage, openLink } = deps
  const refuse = () => {
    throw new Refusal('read-only')
  }
  const conditions = { ...NO_CONDITIONS, readOnly: troubleOf(failure).code }
  return createHandlers({
    ...createUseCases(createDeps(database, Date.now, environment.undoMs)),
    database,
    bot: {
      state: () => ({ kind: 'no-token' }),
      check: refuse,
      connect: refuse,
      disconnect: refuse,
      retryNow: refuse,
      storage: () => ({ protected: true, backend: '' }),
    },
    conditions: () => conditions,
    lookNow: refuse,
    health: null,
    backups: null,
    chooseFolder: () => Promise.resolve(null),
    whileClosed: refuse,
    // Refused like everything that is not reading.
    practice: refusing('practice') as DeskHandlers['practice'],
    inPractice: false,
    // There is nothing to set up.
    tokenGiven: true,
    systemLanguage,
    version: APP_VERSION,
    undoMs: environment.undoMs,
    now: Date.now,
    openLink,
  })
}

type Area = Record<string, (input: unknown) => unknown>

function refusing(area: keyof typeof contract): Area {
  const refuse = () => {
    throw new Refusal('read-only')
  }
  return Object.fromEntries(Object.keys(contract[area]).map((name) => [name, refuse]))
}

/** The same handlers, of which only the reading ones do anything. */
function readingOnly(handlers: DeskHandlers): DeskHandlers {
  const areas = Object.entries(handlers).map(([area, methods]) => {
    const kept = Object.entries(methods as Area).map(([name, handle]) => {
      if (READING[area]?.includes(name) === true) return [name, handle] as const
      const isSilent = SILENT[area]?.includes(name) === true
      return [
        name,
        () => {
          if (!isSilent) throw new Refusal('read-only')
        },
      ] as const
    })
    return [area, Object.fromEntries(kept)] as const
  })
  // Built from the handlers' own keys.
  return Object.fromEntries(areas) as unknown as DeskHandlers
}
