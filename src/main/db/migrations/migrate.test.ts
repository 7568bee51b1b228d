import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate as migrateByDrizzle } from 'drizzle-orm/better-sqlite3/migrator'
import { describe, expect, test } from 'vitest'
import { openSqlite, type Sqlite } from '../connection'
import { contentOf, contentOfAll } from './content'
import { BadTarget, DatabaseFromTheFuture, NotEnoughSpace } from './errors'
import { schemaFingerprint } from './fingerprint'
import { APPLICATION_ID, readLedger } from './ledger'
import { type MigrationProgress, upgrade } from './migrate'
import { furnish, NOON, oldHouse, openIn, optionsFor, refusalOf, stateOf, tempFolder } from './house-fixture'
import { HOUSE, REBUILD } from './house-migrations-fixture'

function setVersion(sqlite: Sqlite, version: number): void {
  sqlite.pragma(`user_version = ${String(version)}`)
}

describe('upgrade', () => {
  test('a new file gets every migration, without a copy, and the ledger tells so', () => {
    const folder = tempFolder()
    const sqlite = openIn(folder)
    const result = upgrade(sqlite, optionsFor(folder))
    expect({
      result,
      schema: schemaFingerprint(sqlite),
      application: sqlite.pragma('application_id', { simple: true }),
      version: sqlite.pragma('user_version', { simple: true }),
      ledger: readLedger(sqlite).map((row) => ({ ...row, durationMs: 0 })),
      backups: existsSync(join(folder, 'backups')),
    }).toEqual({
      result: { from: 0, to: 2, backupFile: null },
      schema: HOUSE[1]?.meta.schemaAfter,
      application: APPLICATION_ID,
      version: 2,
      ledger: HOUSE.map(({ version, name, upSha256, down, meta }) => ({
        version,
        name,
        upSha256,
        downSql: down,
        meta: JSON.stringify(meta),
        appliedAt: NOON,
        appVersion: '1.2.3',
        durationMs: 0,
        backupFile: null,
      })),
      backups: false,
    })
  })

  test('an old file gets the tables of a new one and keeps every row, also those that cascade', () => {
    const { folder, sqlite, options } = oldHouse()
    const before = contentOfAll(sqlite)
    const { backupFile } = upgrade(sqlite, options)
    const fresh = openIn(folder, 'fresh.db')
    upgrade(fresh, options)
    expect(schemaFingerprint(sqlite)).toBe(schemaFingerprint(fresh))
    expect(['lamps', 'notes', 'tallies'].map((table) => contentOf(sqlite, table))).toEqual(
      ['lamps', 'notes', 'tallies'].map((table) => before.get(table)),
    )
    expect(sqlite.prepare('select * from rooms').raw().all()).toEqual([
      ['r1', 'Hall', 'room'],
      ['r2', 'Küche', 'room'],
    ])
    expect(readLedger(sqlite).map((row) => row.backupFile)).toEqual([null, backupFile])
  })

  test('the same migration loses the children with the migrator of Drizzle', () => {
    const { folder, sqlite } = oldHouse()
    const out = join(folder, 'drizzle')
    mkdirSync(join(out, 'meta'), { recursive: true })
    const pragmas = ['PRAGMA foreign_keys=OFF;', ...REBUILD.up, 'PRAGMA foreign_keys=ON;']
    writeFileSync(join(out, '0001_room_kind.sql'), pragmas.join('--> statement-breakpoint\n'))
    const entries = [{ idx: 0, version: '6', when: NOON, tag: '0001_room_kind', breakpoints: true }]
    writeFileSync(
      join(out, 'meta/_journal.json'),
      JSON.stringify({ version: '7', dialect: 'sqlite', entries }),
    )
    migrateByDrizzle(drizzle(sqlite), { migrationsFolder: out })
    expect([
      contentOf(sqlite, 'rooms').rows,
      contentOf(sqlite, 'lamps').rows,
      sqlite.pragma('foreign_key_check'),
    ]).toEqual([2, 0, []])
  })

  test('nothing to do costs less than 2 ms and writes nothing', () => {
    const { sqlite, options } = oldHouse()
    upgrade(sqlite, options)
    const before = sqlite.prepare('select total_changes()').pluck().get()
    const times = Array.from({ length: 50 }, () => {
      const started = performance.now()
      expect(upgrade(sqlite, options)).toEqual({ from: 2, to: 2, backupFile: null })
      return performance.now() - started
    }).sort((a, b) => a - b)
    expect(times[25]).toBeLessThan(2)
    expect(sqlite.prepare('select total_changes()').pluck().get()).toBe(before)
  })

  test('every step is told in order', () => {
    const { sqlite, options } = oldHouse()
    const told: MigrationProgress[] = []
    upgrade(sqlite, { ...options, onProgress: (progress) => told.push(progress) })
    const ofMigration = { migration: '0001_room_kind', done: 0, of: 1 }
    const inTransaction = [
      'begun',
      ...REBUILD.up.map(() => 'statement'),
      'checking',
      'recording',
      'committing',
    ]
    expect(told).toEqual([
      ...['copying', 'comparing', 'keeping', 'kept'].map((step) => ({
        step,
        migration: null,
        done: 0,
        of: 1,
      })),
      ...inTransaction.map((step) => ({ step, ...ofMigration })),
      { step: 'committed', ...ofMigration, done: 1 },
    ])
  })
})

describe('the copy before', () => {
  test('is the old state, complete, under a pinned name', () => {
    const { folder, sqlite, options } = oldHouse()
    const before = stateOf(sqlite)
    const { backupFile } = upgrade(sqlite, options)
    const copy = openSqlite(join(folder, 'backups', String(backupFile)), { readOnly: true })
    const copied = stateOf(copy)
    copy.close()
    expect(copied).toEqual(before)
    expect(readdirSync(join(folder, 'backups'))).toEqual(['pre-migration-0001-0002-20260102T120000000Z.db'])
  })

  test('is not made again when a start failed before, but is when the data has changed since', () => {
    const { folder, sqlite, options } = oldHouse()
    const failing = (at: number) => ({
      ...options,
      now: () => at,
      onProgress: ({ step }: MigrationProgress) => {
        if (step === 'checking') throw new Error('the program died')
      },
    })
    for (const at of [NOON, NOON + 1000])
      expect(() => upgrade(sqlite, failing(at))).toThrow('the program died')
    sqlite.exec("insert into notes values (8, 'later')")
    expect(() => upgrade(sqlite, failing(NOON + 2000))).toThrow('the program died')
    expect(readdirSync(join(folder, 'backups'))).toEqual([
      'pre-migration-0001-0002-20260102T120000000Z.db',
      'pre-migration-0001-0002-20260102T120002000Z.db',
    ])
  })

  test('is not made of a database without rows', () => {
    const folder = tempFolder()
    const sqlite = openIn(folder)
    upgrade(sqlite, { ...optionsFor(folder), to: 1 })
    expect(upgrade(sqlite, optionsFor(folder)).backupFile).toBe(null)
  })

  test('needs room for two and a half databases', () => {
    const { folder, sqlite, options } = oldHouse()
    const before = stateOf(sqlite)
    const pages = Number(sqlite.pragma('page_count', { simple: true }))
    const neededBytes = pages * 4096 * 2.5
    const room = (bytes: number) => ({ ...options, freeBytes: () => bytes })
    const refusal = refusalOf(() => upgrade(sqlite, room(neededBytes - 1)))
    expect(refusal).toEqual(new NotEnoughSpace(join(folder, 'backups'), neededBytes, neededBytes - 1))
    expect([refusal.code, stateOf(sqlite)]).toEqual(['not-enough-space', before])
    expect(upgrade(sqlite, room(neededBytes)).to).toBe(2)
  })

  test('needs the room beside the database too, and only where it is on a disk', () => {
    const { folder, sqlite, options } = oldHouse()
    const freeBytes = (asked: string) => (asked === folder ? 0 : 1e9)
    expect(refusalOf(() => upgrade(sqlite, { ...options, freeBytes }))).toMatchObject({ folder })
    const memory = openSqlite(':memory:')
    upgrade(memory, { ...options, to: 1 })
    furnish(memory)
    expect(upgrade(memory, { ...options, freeBytes }).backupFile).toMatch(/^pre-migration-0001-0002-/)
    memory.close()
  })
})

describe('a database that is not as this program left it is refused untouched', () => {
  const cases: readonly [string, string, (sqlite: Sqlite) => void][] = [
    ['of another program', 'foreign-database', (sqlite) => sqlite.pragma('application_id = 7')],
    ['without a mark', 'foreign-database', (sqlite) => sqlite.pragma('application_id = 0')],
    ['with a newer header', 'newer-database', (sqlite) => setVersion(sqlite, 3)],
    ['with an older header', 'broken-ledger', (sqlite) => setVersion(sqlite, 0)],
    [
      'whose ledger has a hole',
      'broken-ledger',
      (sqlite) => sqlite.exec('update schema_migrations set version = 5'),
    ],
    [
      'whose migration was edited',
      'changed-history',
      (sqlite) => sqlite.exec("update schema_migrations set up_sha256 = 'x'"),
    ],
    [
      'whose migration had another name',
      'changed-history',
      (sqlite) => sqlite.exec("update schema_migrations set name = '0000_flat'"),
    ],
  ]
  test.each(cases)('%s: %s', (_, code, spoil) => {
    const { folder, sqlite, options } = oldHouse()
    spoil(sqlite)
    const before = stateOf(sqlite)
    expect(refusalOf(() => upgrade(sqlite, options)).code).toBe(code)
    expect([stateOf(sqlite), existsSync(join(folder, 'backups'))]).toEqual([before, false])
  })

  test('a file with tables but without a mark, or with another mark and nothing else, is of another program', () => {
    const folder = tempFolder()
    const sqlite = openIn(folder)
    sqlite.exec('create table theirs (a)')
    expect(refusalOf(() => upgrade(sqlite, optionsFor(folder))).code).toBe('foreign-database')
    sqlite.exec('drop table theirs')
    sqlite.pragma('application_id = 7')
    expect(refusalOf(() => upgrade(sqlite, optionsFor(folder))).code).toBe('foreign-database')
    sqlite.pragma('application_id = 0')
    setVersion(sqlite, 4)
    expect(refusalOf(() => upgrade(sqlite, optionsFor(folder))).code).toBe('foreign-database')
  })

  test('the refusal of a newer database tells which program wrote it, when the file does', () => {
    const { sqlite, options } = oldHouse()
    upgrade(sqlite, { ...options, appVersion: '2.0.0' })
    expect(refusalOf(() => upgrade(sqlite, { ...options, migrations: HOUSE.slice(0, 1) }))).toEqual(
      new DatabaseFromTheFuture(2, 1, '2.0.0'),
    )
    expect(new DatabaseFromTheFuture(2, 1, null).message).toContain('a newer program')
  })

  test.each([0, 3, 1.5])('there is no way up from 1 to %s', (to) => {
    const { sqlite, options } = oldHouse()
    expect(refusalOf(() => upgrade(sqlite, { ...options, to }))).toBeInstanceOf(BadTarget)
  })
})
