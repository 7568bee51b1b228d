import { existsSync, statSync } from 'node:fs'
import { openSqlite, type Sqlite } from '../db/connection'
import { readMigrations } from '../db/migrations/migration-files'
import { statusOf } from '../db/migrations/status'
import { quickCheck } from '../db/quick-check'
import { databasePath } from '../startup/data-files'
import { type Check, type Finding, go, noGo, skipped, warn } from './check'

const TO_THE_SCREEN = 'Start the program: its screen offers to restore a copy or to rescue what can be read.'

/** The checks on the file with the requests; they only read, and can be made while the program is running. */
export function dataChecks(folder: string, migrationsFolder: string): readonly Check[] {
  return [
    { id: 'database', title: 'Database', look: () => reading(folder, soundness) },
    {
      id: 'migrations',
      title: 'Version of the data',
      look: () => reading(folder, (sqlite) => versionOf(sqlite, migrationsFolder)),
    },
  ]
}

function reading(folder: string, work: (sqlite: Sqlite) => Finding): Finding {
  const file = databasePath(folder)
  if (!existsSync(file)) return skipped('there is none yet', 'Start the program once.')
  if (statSync(file).size === 0) return noGo('the file is empty', TO_THE_SCREEN)
  const sqlite = openSqlite(file, { readOnly: true })
  try {
    return work(sqlite)
  } finally {
    sqlite.close()
  }
}

function soundness(sqlite: Sqlite): Finding {
  // A file that is no database at all is noticed here first, by an error.
  return quickCheck(sqlite) ? go('opens, and its pages are sound') : noGo('is damaged', TO_THE_SCREEN)
}

function versionOf(sqlite: Sqlite, migrationsFolder: string): Finding {
  const { applied, known, problem } = statusOf(sqlite, readMigrations(migrationsFolder))
  if (problem !== null)
    return noGo(`would not be opened (${problem.code})`, 'Install the version that made them.')
  const found = `${applied} of ${known} migrations`
  if (applied < known) return warn(found, 'The next start upgrades them, after a verified copy.')
  return go(`${found}, the newest`)
}
