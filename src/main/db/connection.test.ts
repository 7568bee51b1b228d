import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterAll, describe, expect, test } from 'vitest'
import { applySchema } from '../testing/migrated'
import { assertDurable, assertSafeVersion, openSqlite, type Sqlite } from './connection'
import { databaseOf } from './database'

const folder = mkdtempSync(join(tmpdir(), 'connection-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const freshPath = () => join(folder, `${String((files += 1))}.db`)
const write = (sqlite: Sqlite) => sqlite.exec('create table t (a)')

describe('an opened file', () => {
  test('has every setting that makes a commit survive a power cut', () => {
    const sqlite = openSqlite(freshPath())
    write(sqlite)
    const names = [
      'journal_mode',
      'synchronous',
      'foreign_keys',
      'mmap_size',
      'cell_size_check',
      'trusted_schema',
      'secure_delete',
      'temp_store',
    ]
    expect(names.map((name) => [name, sqlite.pragma(name, { simple: true })])).toEqual([
      ['journal_mode', 'wal'],
      ['synchronous', 2],
      ['foreign_keys', 1],
      ['mmap_size', 0],
      ['cell_size_check', 1],
      ['trusted_schema', 0],
      ['secure_delete', 2],
      ['temp_store', 2],
    ])
    sqlite.close()
  })

  test('can be opened for reading only', () => {
    const path = freshPath()
    const sqlite = openSqlite(path)
    write(sqlite)
    const reader = openSqlite(path, { readOnly: true })
    expect(() => reader.exec('insert into t values (1)')).toThrow('attempt to write a readonly database')
    reader.close()
    sqlite.close()
  })

  test('that is no database is refused and let go', () => {
    const path = freshPath()
    writeFileSync(path, 'a letter to the tenants, certainly no database'.repeat(100))
    expect(() => openSqlite(path)).toThrow('file is not a database')
  })
})

describe('durability is proved, not believed', () => {
  test('the settings of this program pass', () => {
    const sqlite = openSqlite(freshPath())
    write(sqlite)
    expect(() => assertDurable(sqlite)).not.toThrow()
    sqlite.close()
  })

  test('a connection that is set to lose commits is refused', () => {
    const sqlite = openSqlite(freshPath())
    sqlite.pragma('synchronous = NORMAL')
    write(sqlite)
    expect(() => assertDurable(sqlite)).toThrow('synchronous=1 instead of FULL')
    sqlite.close()
  })

  test('the driver’s own default is refused, which shows itself only after a write', () => {
    const sqlite = new BetterSqlite(freshPath())
    sqlite.pragma('journal_mode = WAL')
    applySchema(sqlite)
    expect(() => databaseOf(sqlite, { deviceId: 'desk', now: Date.now })).toThrow('instead of FULL')
    sqlite.close()
  })

  test('the write that proves it is a write', () => {
    const path = freshPath()
    const first = new BetterSqlite(path)
    first.pragma('journal_mode = WAL')
    applySchema(first)
    first.close()
    // Nothing is written on this connection before the database is made of it.
    const sqlite = new BetterSqlite(path)
    sqlite.pragma('journal_mode = WAL')
    expect(() => databaseOf(sqlite, { deviceId: 'desk', now: Date.now })).toThrow('instead of FULL')
    sqlite.close()
  })

  test('a connection without foreign keys is refused', () => {
    const sqlite = openSqlite(freshPath())
    write(sqlite)
    sqlite.pragma('foreign_keys = OFF')
    expect(() => assertDurable(sqlite)).toThrow('without foreign keys')
    sqlite.close()
  })
})

test.each([
  { version: '3.51.2', safe: false },
  { version: '3.50.9', safe: false },
  { version: '2.99.9', safe: false },
  { version: '4.0.0', safe: false },
  { version: '', safe: false },
  { version: '3.51.3', safe: true },
  { version: '3.52.0', safe: true },
])('SQLite $version is taken only without the bug that can damage a file: $safe', ({ version, safe }) => {
  const sqlite = new BetterSqlite(':memory:')
  sqlite.function('sqlite_version', () => version)
  const ask = () => {
    assertSafeVersion(sqlite)
    return true
  }
  if (safe) expect(ask()).toBe(true)
  else expect(ask).toThrow('can damage a database')
  sqlite.close()
})
