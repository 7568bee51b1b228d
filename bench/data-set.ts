import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { openSqlite } from '../src/main/db/connection'
import { openOfficeDatabase } from '../src/main/office'
import { fillOffice } from './fill-office'

/** Raised when what is filled in changes, so that old data are made anew. */
const VERSION = '6'

/** A made office: how many requests, and how many of them are on the board. */
export type DataSet = { readonly name: string; readonly requests: number; readonly onBoard: number }

/** 120 requests on the board, all others over. */
export function archiveOf(requests: number): DataSet {
  return { name: `archive-${String(requests)}`, requests, onBoard: 120 }
}

/** Every request on the board. */
export function boardOf(requests: number): DataSet {
  return { name: `board-${String(requests)}`, requests, onBoard: requests }
}

/** Where the data sets are kept, and from which migrations they are made. */
export type Store = { readonly cache: string; readonly migrations: string }

/** The data folder of a set, made when it is not there yet. Programs may open it, but not change its requests. */
export function folderOf(set: DataSet, store: Store): string {
  const folder = join(store.cache, `data-${keyOf(store.migrations)}`, set.name)
  if (existsSync(join(folder, 'complete'))) return folder
  const started = Date.now()
  console.log(`… data: making ${set.requests.toLocaleString('en-GB')} requests, ${set.name}`)
  const making = `${folder}.making`
  rmSync(making, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
  for (const part of ['files', 'backups', 'logs'])
    mkdirSync(join(making, part), { recursive: true, mode: 0o700 })
  const now = Date.now()
  migrate(making, store)
  fill(join(making, 'dispatcher.db'), set, now)
  writeFileSync(join(making, 'complete'), `${String(now)}\n`)
  renameSync(making, folder)
  console.log(`✓ data: ${set.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  return folder
}

/** A copy of a set that may be changed, with every instant of the requests on the board brought to today. */
export function copyOf(set: DataSet, store: Store, copies: string): string {
  const source = folderOf(set, store)
  const folder = join(copies, `${set.name}-${String(readdirSync(copies).length)}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  copyFileSync(join(source, 'dispatcher.db'), join(folder, 'dispatcher.db'))
  freshen(join(folder, 'dispatcher.db'), Date.now() - Number(readFileSync(join(source, 'complete'), 'utf8')))
  return folder
}

function keyOf(migrations: string): string {
  const hash = createHash('sha256').update(VERSION)
  for (const name of readdirSync(migrations).sort())
    if (name.endsWith('.sql')) hash.update(name).update(readFileSync(join(migrations, name)))
  return hash.digest('hex').slice(0, 12)
}

function migrate(folder: string, { migrations }: Store): void {
  const options = { folder, appVersion: '0.0.0', migrationsFolder: migrations, now: Date.now }
  openOfficeDatabase(options).close()
}

function fill(path: string, set: DataSet, now: number): void {
  const sqlite = openSqlite(path)
  try {
    // Nothing of it is worth keeping when the computer stops.
    sqlite.pragma('journal_mode = OFF')
    sqlite.pragma('synchronous = OFF')
    sqlite.pragma('foreign_keys = OFF')
    sqlite.pragma('cache_size = -1500000')
    sqlite.transaction(() => {
      fillOffice(sqlite, set, now)
    })()
    sqlite.pragma('journal_mode = WAL')
  } finally {
    sqlite.close()
  }
}

/** Four ranks of priority share each ms of a card's place: see domain/board-order.ts. */
function freshen(path: string, by: number): void {
  const sqlite = openSqlite(path)
  try {
    sqlite.pragma('synchronous = OFF')
    sqlite
      .prepare(
        `update requests set created_at = created_at + @by, updated_at = updated_at + @by,
           response_due_at = response_due_at + @by, resolution_due_at = resolution_due_at + @by,
           completed_at = completed_at + @by, hold_until = hold_until + @by,
           board_order = board_order + iif(status = 'RESOLVED', -4, 4) * @by
         where ended_at is null`,
      )
      .run({ by })
    sqlite.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    sqlite.close()
  }
}
