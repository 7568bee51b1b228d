import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { openSqlite } from '../connection'
import { MigrationError } from './errors'
import { migrateToHead } from './migrate-to-head'
import { told } from './told-error'
import { type AsideMessage, AsideWork } from './upgrade-aside'

// The thread that upgrades a database while the window lives on: see upgrade-aside.ts.

function say(message: AsideMessage): void {
  parentPort?.postMessage(message)
}

const work = AsideWork.parse(workerData)
const sqlite = openSqlite(join(work.folder, 'dispatcher.db'))
try {
  const onProgress = (progress: Extract<AsideMessage, { kind: 'progress' }>['progress']) => {
    say({ kind: 'progress', progress })
  }
  migrateToHead(sqlite, { ...work, now: Date.now, onProgress })
} catch (error) {
  if (!(error instanceof MigrationError)) throw error
  say({ kind: 'refused', error: told(error) })
} finally {
  sqlite.close()
}
