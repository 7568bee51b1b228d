import { describe, expect, test } from 'vitest'
import { openSqlite } from '../connection'
import { driftOfDatabase, driftOfFiles } from './drift'
import { BadTarget, CopyFailed, MigrationFailed, NotEnoughSpace } from './errors'
import { type AppliedMigration, readLedger } from './ledger'
import { lossOf } from './loss'
import { upgrade } from './migrate'
import { problemOfRevision } from './revision'
import { stamp } from './stamp'
import { statusOf } from './status'
import { furnish, openIn, optionsFor, refusalOf, stateOf, tempFolder } from './house-fixture'
import { LONG_DRAFTS, LONG_HOUSE, migrationsOf } from './house-migrations-fixture'

/** A furnished house with a long history. */
function longHouse() {
  const folder = tempFolder()
  const sqlite = openIn(folder)
  const options = optionsFor(folder, LONG_HOUSE)
  upgrade(sqlite, { ...options, to: 1 })
  furnish(sqlite)
  upgrade(sqlite, options)
  return { folder, sqlite, options }
}

describe('where a file stands', () => {
  test('is told for no file, an old one, and one that is not what it says', () => {
    const { sqlite } = longHouse()
    const nothing = statusOf(null, LONG_HOUSE)
    expect([
      nothing.applied,
      nothing.problem,
      nothing.isTrue,
      nothing.history.map(({ applied }) => applied),
    ]).toEqual([0, null, null, [null, null, null, null]])
    expect(statusOf(sqlite, LONG_HOUSE)).toMatchObject({ applied: 4, known: 4, problem: null, isTrue: true })
    sqlite.exec('drop index lamps_room')
    expect(statusOf(sqlite, LONG_HOUSE).isTrue).toBe(false)
    expect(statusOf(sqlite, LONG_HOUSE.slice(0, 1))).toMatchObject({
      problem: { code: 'newer-database' },
      history: [{ file: 'same' }, { file: 'unknown' }, { file: 'unknown' }, { file: 'unknown' }],
    })
    sqlite.exec("update schema_migrations set name = '0001_other' where version = 1")
    expect(statusOf(sqlite, LONG_HOUSE).history[1]).toMatchObject({ name: '0001_other', file: 'changed' })
  })

  test('is not told when it cannot be read at all', () => {
    const { sqlite } = longHouse()
    sqlite.exec('alter table schema_migrations rename column meta to other')
    expect(() => statusOf(sqlite, LONG_HOUSE)).toThrow('no such column: meta')
  })
})

describe('drift', () => {
  test('of a database is named object by object, or is its history', () => {
    const { sqlite } = longHouse()
    expect(driftOfDatabase(sqlite, LONG_HOUSE)).toEqual([])
    sqlite.exec(
      'drop trigger rooms_counted; create view v as select 1; drop index lamps_room; create index lamps_room on lamps (watt)',
    )
    expect(driftOfDatabase(sqlite, LONG_HOUSE)).toEqual([
      'index lamps_room is defined differently',
      'trigger rooms_counted is missing',
      'view v should not be there',
    ])
    expect(driftOfDatabase(sqlite, LONG_HOUSE.slice(0, 2))).toEqual([
      'The database has had 4 migrations by version 1.2.3 of the program, but this one knows only 2',
    ])
    sqlite.exec('alter table schema_migrations rename column meta to other')
    expect(() => driftOfDatabase(sqlite, LONG_HOUSE)).toThrow('no such column: meta')
  })

  test('is found also where the words are the same and the meaning is not', () => {
    const { sqlite } = longHouse()
    sqlite.unsafeMode(true)
    sqlite.exec(
      `pragma writable_schema = on;
       update sqlite_schema set sql = replace(sql, 'text not null, \`name\`', 'text not null /* */, \`name\`');
       pragma writable_schema = reset`,
    )
    // Remarks do not count: SQL that says the same is the same.
    expect(driftOfDatabase(sqlite, LONG_HOUSE)).toEqual([])
  })

  test('of files tells each broken promise', () => {
    const [first, ...others] = LONG_HOUSE
    if (first === undefined) throw new Error('no house')
    const lying = { ...first, meta: { ...first.meta, schemaAfter: '0'.repeat(64) } }
    expect(driftOfFiles(LONG_HOUSE, {})).toEqual([])
    expect(driftOfFiles([lying, ...others], { '0009_gone': 'x' })).toEqual([
      '0009_gone.sql was released and must stay as it is',
      '0000_house.json promises other tables than its SQL makes',
      '0001_room_kind.down.sql does not lead back to the tables before it',
    ])
    expect(driftOfFiles([{ ...first, down: 'drop table nowhere' }], {})).toEqual([
      '0000_house.down.sql cannot be run: SqliteError: no such table: nowhere',
    ])
  })
})

describe('a revision', () => {
  test('is judged by where its way down leads, and by what it takes away', () => {
    const [house, rooms, colours] = LONG_HOUSE
    if (!house || !rooms || !colours) throw new Error('no house')
    expect([
      problemOfRevision([]),
      problemOfRevision([{ ...house, down: '-- BY HAND: write it' }]),
      problemOfRevision([{ ...house, down: 'drop table notes' }]),
      problemOfRevision([house, rooms]),
      problemOfRevision([house, rooms, colours]),
    ]).toEqual([
      { problem: 'there is no way back yet', takesAway: false },
      { problem: 'there is no way back yet', takesAway: false },
      { problem: '0000_house.down.sql does not lead back to the tables before it', takesAway: false },
      { problem: null, takesAway: true },
      { problem: null, takesAway: true },
    ])
  })
})

describe('what would be lost', () => {
  const going = (rows: readonly AppliedMigration[], to: number) => rows.slice(to).toReversed()

  test('is counted in the file: tables with rows, columns with values of their own, declared rows', () => {
    const { sqlite } = longHouse()
    expect(lossOf(sqlite, going(readLedger(sqlite), 2))).toEqual([])
    sqlite.exec("update lamps set colour = 'red' where id <> 'l1'; insert into repairs values (1, 'l1')")
    expect(lossOf(sqlite, going(readLedger(sqlite), 2))).toEqual([
      { kind: 'table', migration: '0002_colours', table: 'repairs', rows: 1 },
      { kind: 'column', migration: '0002_colours', table: 'lamps', column: 'colour', values: 2 },
    ])
  })

  test.each([
    [{ tallies: 'more' }, 'fewer', ['fewer']],
    [{ tallies: 3 }, undefined, [-3]],
    [{ tallies: 'any' }, undefined, ['any']],
    [{ tallies: 'fewer' }, undefined, []],
    [{ tallies: -3 }, undefined, []],
  ] as const)('counts declared rows of %j', (rowChanges, _, changes) => {
    const sqlite = openSqlite(':memory:')
    const last = { name: '0001_rows', up: ['select 1'], reversible: 'lossy', rowChanges } as const
    upgrade(sqlite, { ...optionsFor(tempFolder(), migrationsOf([...LONG_DRAFTS.slice(0, 1)])) })
    const ledger = readLedger(sqlite)
    const [first] = ledger
    if (first === undefined) throw new Error('no ledger')
    const [, added] = migrationsOf([...LONG_DRAFTS.slice(0, 1), last])
    const row = { ...first, name: last.name, downSql: 'select 1', meta: JSON.stringify(added?.meta) }
    expect(lossOf(sqlite, [row])).toEqual(
      changes.map((change) => ({ kind: 'rows', migration: '0001_rows', table: 'tallies', change })),
    )
    sqlite.close()
  })

  test('ends where there is no way down, and full text tables do not disturb it', () => {
    const { sqlite } = longHouse()
    sqlite.exec('create virtual table words using fts5(body)')
    const rows = readLedger(sqlite).map((row) => ({
      ...row,
      meta: row.version === 3 ? row.meta.replace('"reversible":true', '"reversible":false') : row.meta,
    }))
    expect(lossOf(sqlite, going(rows, 0))).toEqual([])
  })
})

describe('a stamp', () => {
  test('keeps what is known of migrations that are the same, and copies first', () => {
    const { sqlite, options } = longHouse()
    const before = readLedger(sqlite)
    sqlite.exec("update schema_migrations set up_sha256 = 'x' where version = 2")
    const { from, to, backupFile } = stamp(sqlite, { ...options, appVersion: '9.9.9', now: () => 5, to: 4 })
    expect([from, to, backupFile]).toEqual([4, 4, 'pre-stamp-0004-19700101T000000005Z.db'])
    expect(readLedger(sqlite)).toEqual(
      before.map((row) =>
        row.version === 2 ? { ...row, appliedAt: 5, appVersion: '9.9.9', durationMs: 0, backupFile } : row,
      ),
    )
  })

  test('works on a ledger that cannot be read, and to base on a file without tables', () => {
    const { sqlite, options } = longHouse()
    sqlite.exec('alter table schema_migrations rename column meta to other')
    const steps: string[] = []
    stamp(sqlite, { ...options, to: 4, onProgress: ({ step }) => steps.push(step) })
    expect([statusOf(sqlite, LONG_HOUSE).problem, steps]).toEqual([
      null,
      ['copying', 'comparing', 'keeping', 'kept'],
    ])
    const empty = openSqlite(':memory:')
    expect(stamp(empty, { ...options, to: 0 })).toEqual({ from: 0, to: 0, backupFile: null })
    expect(upgrade(empty, options).to).toBe(4)
    empty.close()
  })

  test('is refused for a file of another program', () => {
    const { sqlite, options } = longHouse()
    sqlite.pragma('application_id = 7')
    expect(refusalOf(() => stamp(sqlite, { ...options, to: 4 })).code).toBe('foreign-database')
  })

  test('changes nothing when it is refused', () => {
    const { sqlite, options } = longHouse()
    const before = [stateOf(sqlite), readLedger(sqlite)]
    const refusals = [
      refusalOf(() => stamp(sqlite, { ...options, to: 2 })),
      refusalOf(() => stamp(sqlite, { ...options, to: 4, freeBytes: () => 0 })),
      refusalOf(() =>
        stamp(sqlite, {
          ...options,
          to: 4,
          now: () => {
            throw new Error('no time')
          },
        }),
      ),
    ]
    expect(refusals.map((error) => error.constructor)).toEqual([BadTarget, NotEnoughSpace, CopyFailed])
    expect([stateOf(sqlite), readLedger(sqlite)]).toEqual(before)
  })

  test('is taken back as a whole when it cannot be written', () => {
    const { sqlite, options } = longHouse()
    const before = readLedger(sqlite)
    let asked = 0
    const now = () => {
      asked += 1
      // The first time names the copy, the second the entry of the changed migration.
      if (asked === 2) throw new Error('the program died')
      return 1
    }
    sqlite.exec("update schema_migrations set up_sha256 = 'x' where version = 2")
    const changed = readLedger(sqlite)
    expect(refusalOf(() => stamp(sqlite, { ...options, now, to: 4 }))).toBeInstanceOf(MigrationFailed)
    expect([readLedger(sqlite), before.length]).toEqual([changed, 4])
  })
})

test('a folder for copies that cannot be made is no copy', () => {
  const { sqlite, options, folder } = longHouse()
  const refusal = refusalOf(() => stamp(sqlite, { ...options, to: 4, copyTo: `${folder}/house.db/backups` }))
  expect([refusal.code, refusal.message]).toEqual(['copy-failed', expect.stringContaining('ENOTDIR')])
})
