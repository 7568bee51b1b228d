import { join } from 'node:path'
import { openSqlite } from '../src/main/db/connection'
import { databaseOf } from '../src/main/db/database'
import { deviceIdOf } from '../src/main/db/device'
import { migrateToHead } from '../src/main/db/migrations/migrate-to-head'
import { openGuarded } from '../src/main/startup/guarded-database'
import { timed } from './clock'
import { archiveOf, copyOf, type Store } from './data-set'
import { measureRounds, type Row } from './row'

/** What the checks before opening may take, in ms. */
const BUDGET_MS = 100

/** P22: opening the data with every check that comes before the board, against opening them without. */
export async function benchStartChecks(
  store: Store,
  copies: string,
  { rounds, requests }: { readonly rounds: number; readonly requests: number },
): Promise<Row[]> {
  const folder = copyOf(archiveOf(requests), store, copies)
  const options = { folder, migrationsFolder: store.migrations, appVersion: '0.0.0', now: Date.now }
  const contenders = {
    ours: () => {
      const opened: { close: () => void }[] = []
      const ms = timed(() => opened.push(openGuarded(options)))
      // The marks are written then, so that the next opening has some to compare with.
      for (const database of opened) database.close()
      return ms
    },
    plain: () => {
      const opened: { close: () => void }[] = []
      const ms = timed(() => {
        const sqlite = openSqlite(join(folder, 'dispatcher.db'))
        migrateToHead(sqlite, options)
        opened.push(databaseOf(sqlite, { deviceId: deviceIdOf(sqlite, () => ''), now: Date.now }))
      })
      for (const database of opened) database.close()
      return ms + BUDGET_MS
    },
  }
  await measureRounds(1, contenders)
  const { ours, plain } = await measureRounds(rounds, contenders)
  return [
    {
      id: 'P22',
      name: `opening with every check, ${requests.toLocaleString('en-GB')} requests`,
      baselineName: `without any, and ${String(BUDGET_MS)} ms`,
      unit: 'ms',
      ours,
      baseline: plain,
      goal: { atMost: 1 },
      note: 'Files, log and marks are looked at before the board; what takes long is checked in a thread afterwards.',
    },
  ]
}
