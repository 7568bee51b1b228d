import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestDatabase } from '../../testing/test-database'
import { openSqlite, type Sqlite } from '../connection'
import { factsOf, storedHashes } from './facts'
import { prepareRestored, presentOf } from './restored'
import { damageOf } from './soundness'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facts-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** A file of a version that had none of the tables that are looked into. */
function strange(): { readonly path: string; readonly sqlite: Sqlite } {
  const path = join(folder, 'dispatcher.db')
  const sqlite = openSqlite(path)
  sqlite.exec(
    'create table notes (id integer primary key, words text) strict; insert into notes values (1, null)',
  )
  return { path, sqlite }
}

test('of a file without our tables it is told what there is', () => {
  const { sqlite } = strange()
  expect([factsOf(sqlite), storedHashes(sqlite)]).toEqual([
    { schemaVersion: 0, deviceId: null, counts: { notes: 1 }, newestRequestAt: null },
    [],
  ])
  sqlite.close()
})

test('a backup without our tables is made ready all the same, and stays as it was', () => {
  const { path, sqlite } = strange()
  sqlite.close()
  prepareRestored(path, { deviceId: 'new', now: 1, madeAt: 1, present: { lastSequence: 5 } })
  const after = openSqlite(path)
  expect(factsOf(after).counts).toEqual({ notes: 1 })
  after.close()
})

test('what the present data can not tell is null: no counter, no table, no database', () => {
  const { path, sqlite } = strange()
  const seen = [presentOf(path).lastSequence, presentOf(join(folder, 'missing.db')).lastSequence]
  sqlite.exec('create table counters (name text, value integer) strict')
  seen.push(presentOf(path).lastSequence)
  sqlite.exec("insert into counters values ('sequence', 12)")
  seen.push(presentOf(path).lastSequence)
  sqlite.close()
  expect(seen).toEqual([null, null, null, 12])
})

test('rows that point nowhere are found by every look, and counted', () => {
  const { sqlite } = openTestDatabase()
  const sound = damageOf(sqlite, 'orphans')
  sqlite.pragma('foreign_keys = OFF')
  sqlite.exec(
    `insert into comments (id, request_id, user_id, comment, created_at) values ('c', 'x', 'y', 'z', 1)`,
  )
  expect([sound, ...(['orphans', 'short', 'long'] as const).map((look) => damageOf(sqlite, look))]).toEqual([
    null,
    ...Array.from({ length: 3 }, () => '2 rows point at rows that are not there'),
  ])
})

test('a rule that a row breaks is found by the short and the long look, not by the quickest', () => {
  const { sqlite } = openTestDatabase()
  sqlite.pragma('ignore_check_constraints = ON')
  sqlite.exec("update users set role = 'nobody'")
  sqlite.pragma('ignore_check_constraints = OFF')
  expect((['orphans', 'short', 'long'] as const).map((look) => damageOf(sqlite, look))).toEqual([
    null,
    'it is damaged',
    'it is damaged',
  ])
})
