import { rmSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openSqlite, type Sqlite } from '../connection'
import { MigrationFailed } from './errors'
import { schemaFingerprint } from './fingerprint'
import { downgrade, type MigrationProgress, upgrade } from './migrate'
import { furnish, openIn, optionsFor, stateOf, tempFolder } from './house-fixture'
import { type Draft, FIRST, HOUSE, migrationsOf, REBUILD } from './house-migrations-fixture'

/** A furnished house at the first migration, and its upgrade by a second one. */
function houseBefore(second: Draft) {
  const folder = tempFolder()
  const sqlite = openIn(folder)
  upgrade(sqlite, { ...optionsFor(folder), to: 1 })
  furnish(sqlite)
  const options = optionsFor(folder, migrationsOf([FIRST, second]))
  return { folder, sqlite, options, run: () => upgrade(sqlite, options) }
}

function failureOf(work: () => unknown): MigrationFailed {
  try {
    work()
  } catch (error) {
    if (error instanceof MigrationFailed) return error
    throw error
  }
  throw new Error('nothing failed')
}

const noTable = 'no such table: nowhere'
const name = '0001_second'

describe('a migration that breaks its promise is taken back completely', () => {
  const cases: readonly [string, string, number | null, Draft][] = [
    [
      'a statement that fails',
      'statement',
      2,
      { name, up: ['delete from notes;', 'delete from nowhere;'], rowChanges: { notes: 'fewer' } },
    ],
    ['two statements in one piece', 'statement', 1, { name, up: ['select 1; select 2;'] }],
    [
      'a statement that ends the transaction',
      'statement',
      2,
      { name, up: ['delete from notes;', 'rollback;'] },
    ],
    [
      'a row that points nowhere',
      'orphans',
      null,
      { name, up: ["update lamps set room_id = 'r9' where id = 'l1';"] },
    ],
    [
      'a row that breaks a rule',
      'integrity',
      null,
      {
        name,
        up: [
          'create table ruled (a integer check(a > 0)) strict;',
          'pragma ignore_check_constraints = on;',
          'insert into ruled values (-1);',
          'pragma ignore_check_constraints = off;',
        ],
        rowChanges: { ruled: 1 },
      },
    ],
    ['a row lost without notice', 'row-count', null, { name, up: ['delete from notes where id = 1;'] }],
    [
      'a row gained without notice',
      'row-count',
      null,
      { name, up: ["insert into notes values (2, 'surprise');"] },
    ],
    [
      'more rows than declared',
      'row-count',
      null,
      { name, up: ["insert into notes values (2, 'a'), (3, 'b');"], rowChanges: { notes: 1 } },
    ],
    [
      'fewer rows where more are declared',
      'row-count',
      null,
      { name, up: ['delete from notes;'], rowChanges: { notes: 'more' } },
    ],
    [
      'more rows where fewer are declared',
      'row-count',
      null,
      { name, up: ["insert into notes values (2, 'a');"], rowChanges: { notes: 'fewer' } },
    ],
    ['a table dropped with its rows', 'row-count', null, { name, up: ['drop table notes;'] }],
    [
      'a table changed by a trigger',
      'untouched-table',
      null,
      { name, up: ["insert into rooms values ('r3', 'Attic');"], rowChanges: { rooms: 1 } },
    ],
    ['a trigger lost in a rebuild', 'lost-object', null, { ...REBUILD, name, up: REBUILD.up.slice(0, 4) }],
    [
      'other tables than promised',
      'schema',
      null,
      { name, up: ['create index rooms_name on rooms (name);'], schemaAfter: 'a'.repeat(64) },
    ],
  ]
  test.each(cases)('%s: %s', (_, reason, statement, second) => {
    const { sqlite, run } = houseBefore(second)
    const before = stateOf(sqlite)
    const failure = failureOf(run)
    expect([failure, stateOf(sqlite)]).toMatchObject([
      { code: 'migration-failed', reason, statement, migration: name },
      before,
    ])
  })

  test('one that fails at each of its statements leaves every value as it was', () => {
    for (const [index] of REBUILD.up.entries()) {
      const up = REBUILD.up.toSpliced(index, 0, 'delete from nowhere;')
      const { sqlite, run } = houseBefore({ ...REBUILD, name, up })
      const before = stateOf(sqlite)
      const failure = failureOf(run)
      expect([failure.statement, String(failure.cause), stateOf(sqlite)]).toEqual([
        index + 1,
        `SqliteError: ${noTable}`,
        before,
      ])
    }
  })

  test('one that fails on the way down leaves every value as it was', () => {
    const down = [...(REBUILD.down ?? []), 'delete from nowhere;']
    const { sqlite, options, run } = houseBefore({ ...REBUILD, name, down })
    run()
    const before = stateOf(sqlite)
    const failure = failureOf(() => downgrade(sqlite, { ...options, to: 1 }))
    expect([failure.statement, stateOf(sqlite)]).toEqual([6, before])
  })

  test('what is declared may happen', () => {
    const { sqlite, run } = houseBefore({
      name,
      up: [
        "insert into rooms values ('r3', 'Attic');",
        'delete from notes where id = 1;',
        'drop table lamps;',
      ],
      rowChanges: { rooms: 'more', notes: 'fewer', tallies: 0, lamps: -3 },
    })
    run()
    expect(Object.keys(stateOf(sqlite).content)).toEqual(['notes', 'rooms', 'tallies'])
  })
})

describe('the surroundings of a migration', () => {
  test('stopped at any step before the commit, nothing has happened; after it, everything', () => {
    const { sqlite, folder } = houseBefore(REBUILD)
    const options = optionsFor(folder)
    const before = stateOf(sqlite)
    const ends: [string, boolean][] = []
    for (let stop = 0; stateOf(sqlite).version === 1; stop += 1) {
      rmSync(options.copyTo, { recursive: true, force: true })
      let told = 0
      let last = ''
      const onProgress = ({ step }: MigrationProgress) => {
        last = step
        if (told === stop) throw new Error('stopped here')
        told += 1
      }
      expect(() => upgrade(sqlite, { ...options, onProgress })).toThrow('stopped here')
      const after = stateOf(sqlite)
      if (last !== 'committed') expect(after).toEqual(before)
      ends.push([last, after.schema === HOUSE[1]?.meta.schemaAfter])
    }
    expect(ends.filter(([, isNew]) => isNew)).toEqual([['committed', true]])
    expect(new Set(ends.map(([step]) => step)).size).toBe(10)
  })

  test('a disk that is full at a statement leaves every value as it was', () => {
    const { sqlite, run } = houseBefore({
      name,
      up: [
        'create table bulk (id integer primary key, body text) strict;',
        ...Array.from(
          { length: 40 },
          (_, i) => `insert into bulk values (${String(i + 2)}, printf('%.*c', 4000, 'x'));`,
        ),
      ],
      rowChanges: { bulk: 40 },
    })
    const before = stateOf(sqlite)
    const pages = Number(sqlite.pragma('page_count', { simple: true }))
    sqlite.pragma(`max_page_count = ${String(pages + 10)}`)
    expect(failureOf(run).cause).toMatchObject({ code: 'SQLITE_FULL' })
    expect(stateOf(sqlite)).toEqual(before)
  })

  test('another program that writes after the copy stops it', () => {
    const { sqlite, folder } = houseBefore(REBUILD)
    const other = openIn(folder)
    const meddle = ({ step }: MigrationProgress) => {
      if (step === 'kept') other.exec("insert into notes values (9, 'from elsewhere')")
    }
    const failure = failureOf(() => upgrade(sqlite, { ...optionsFor(folder), onProgress: meddle }))
    expect([failure.reason, stateOf(sqlite).version]).toEqual(['meanwhile', 1])
    expect(upgrade(sqlite, optionsFor(folder)).to).toBe(2)
  })

  test('another program that holds the file stops it', () => {
    const { sqlite, folder } = houseBefore(REBUILD)
    const other = openIn(folder)
    other.exec('begin immediate')
    const failure = failureOf(() => upgrade(sqlite, optionsFor(folder)))
    expect([failure.reason, stateOf(sqlite)]).toMatchObject(['storage', { version: 1, foreignKeys: 1 }])
  })

  test('SQLite may roll back by itself', () => {
    const { sqlite, run } = houseBefore({
      name,
      up: ["insert or rollback into notes values (1, 'twice');"],
    })
    const before = stateOf(sqlite)
    expect(failureOf(run).reason).toBe('statement')
    expect(stateOf(sqlite)).toEqual(before)
  })

  test('inside a transaction it does not begin, since foreign keys would stay on', () => {
    const sqlite: Sqlite = openSqlite(':memory:')
    sqlite.exec('begin')
    expect(() => upgrade(sqlite, optionsFor(tempFolder()))).toThrow('SQLite did not switch foreign keys')
    sqlite.close()
  })

  test('a table of many rows is compared by its sums', () => {
    const { sqlite, run } = houseBefore(REBUILD)
    sqlite.exec(
      "with recursive n(i) as (select 100 union all select i + 1 from n where i < 120000) insert into notes select i, 'note ' || i from n",
    )
    run()
    expect(schemaFingerprint(sqlite)).toBe(HOUSE[1]?.meta.schemaAfter)
  })
})
