import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite, type Sqlite } from '../db/connection'
import { openOfficeDatabase } from '../office'
import type { MakeOptions } from './make'
import { makeFolder } from './disk'

/** Migrations of the program, from the sources. */
export const MIGRATIONS = join(import.meta.dirname, '../../../drizzle')

/** A moment of the tests: 1 June 2026, 12:00 UTC. */
export const NOON = Date.UTC(2026, 5, 1, 12)

const folders: string[] = []

/** An empty folder, gone after the tests: see clearFolders. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'backups-'))
  folders.push(folder)
  return folder
}

/** Removes what newFolder has made. */
export function clearFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** A data folder with a few people, requests and comments, and the file of one request. */
export function newOffice(requests = 3): { readonly folder: string; readonly sqlite: Sqlite } {
  const folder = newFolder()
  for (const part of ['files', 'backups']) mkdirSync(join(folder, part))
  openOfficeDatabase({ folder, appVersion: '0.1.0', migrationsFolder: MIGRATIONS, now: () => NOON }).close()
  const sqlite = openSqlite(join(folder, 'dispatcher.db'))
  sqlite.exec("insert into users (id, telegram_id, created_at, name) values ('anna', 501, 1, 'Anna')")
  // A table without any index.
  sqlite.exec('insert into listening (bot_id, next_offset) values (7, 100)')
  for (let number = 1; number <= requests; number += 1) addRequest(sqlite, number)
  return { folder, sqlite }
}

/** Adds a request, told to the resident. */
export function addRequest(sqlite: Sqlite, number: number): void {
  sqlite
    .prepare(
      `insert into requests (id, user_id, title, description, location, created_at, updated_at, sequence, board_order)
       values (@id, 'anna', 'Tap drips', 'It drips all night', 'Flat 7', @at, @at, @number, @number)`,
    )
    .run({ id: `request-${String(number)}`, at: NOON + number, number })
  sqlite
    .prepare(
      `insert into counters (name, value) values ('sequence', ?)
       on conflict do update set value = excluded.value`,
    )
    .run(number)
}

/** Adds a file of a request, on the disk and in the database. Gives its hash. */
export function addFile(office: { folder: string; sqlite: Sqlite }, text: string): string {
  const sha256 = createHash('sha256').update(text).digest('hex')
  const part = join(office.folder, 'files', sha256.slice(0, 2))
  makeFolder(part)
  writeFileSync(join(part, sha256), text)
  office.sqlite
    .prepare(
      `insert into files (id, request_id, file_type, file_id, file_name, uploaded_at, unique_id, state, sha256)
       values (?, 'request-1', 'photo', 'x', 'photo.jpg', 1, ?, 'stored', ?)`,
    )
    .run(`file-${sha256.slice(0, 8)}`, sha256.slice(0, 8), sha256)
  return sha256
}

/** Every row of every table, as text. */
export function contentOf(sqlite: Sqlite): Readonly<Record<string, string>> {
  const tables = sqlite
    .prepare<[], string>("select name from sqlite_schema where type = 'table' order by name")
    .pluck()
    .all()
  return Object.fromEntries(
    tables.map((table) => [table, JSON.stringify(sqlite.prepare(`select * from "${table}"`).raw().all())]),
  )
}

/** How a plain backup by hand is made at noon. */
export function byHand(folder: string, threadFile: string, given: Partial<MakeOptions> = {}): MakeOptions {
  return {
    dataFolder: folder,
    reason: 'by-hand',
    appVersion: '0.1.0',
    now: NOON,
    lock: null,
    pinned: false,
    threadFile,
    onStep: () => {},
    ...given,
  }
}

/** Names of everything in a folder and below it, in order. */
export function allNames(folder: string): readonly string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).toSorted()
}
