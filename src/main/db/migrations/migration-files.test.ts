import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BadMigrationFiles } from './errors'
import { finishMigrations } from './finish'
import { changedSinceRelease, kindOfUp, problemsOf } from './lint'
import { parseMigrations, readMigrations, sha256OfSql } from './migration-files'
import { tempFolder } from './house-fixture'
import { type Draft, filesOf, FIRST, HOUSE, migrationsOf, REBUILD } from './house-migrations-fixture'

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder()
  mkdirSync(join(folder, 'meta'))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  return folder
}

const without = (files: Record<string, string>, gone: string) =>
  Object.fromEntries(Object.entries(files).filter(([file]) => file !== gone))

describe('the files of a folder', () => {
  test('become migrations in the order of their numbers', () => {
    const folder = folderOf({ ...filesOf([FIRST, REBUILD]), 'released.json': '{}' })
    expect(readMigrations(folder)).toEqual(HOUSE)
  })

  test.each([
    ['a way down', '0000_house.down.sql', ['0000_house.down.sql is missing']],
    ['a declaration', '0001_room_kind.json', ['0001_room_kind.json is missing']],
    ['a number', '0000_house.sql', ['0001_room_kind stands where number 0000 is expected']],
  ])('are refused without %s', (_, gone, problems) => {
    const files = without(filesOf([FIRST, REBUILD]), gone)
    expect(() => parseMigrations(files)).toThrow(new BadMigrationFiles(problems))
  })

  test('are refused with two of the same number', () => {
    const twins = { ...filesOf([FIRST]), ...filesOf([{ name: '0000_twin', up: ['select 1'] }]) }
    expect(() => parseMigrations(twins)).toThrow('0000_twin stands where number 0001 is expected')
  })

  test.each([
    ['{', /Expected property name/],
    ['{"kind":"additive","reversible":true}', /schemaAfter/],
    ['{"kind":"other","reversible":true,"schemaAfter":"0"}', /kind/],
  ])('are refused with the declaration %s', (json, message) => {
    const act = () => parseMigrations({ ...filesOf([FIRST]), '0000_house.json': json })
    expect(act).toThrow(BadMigrationFiles)
    expect(act).toThrow(message)
  })

  test('have the same hash with the line ends of Windows', () => {
    expect(sha256OfSql('a\r\nb\r\n')).toBe(sha256OfSql('a\nb\n'))
  })
})

describe('the rules for migration files', () => {
  const problems = (draft: Partial<Draft>) =>
    migrationsOf([{ name: '0000_a', up: ['select 1'], kind: 'rebuild', ...draft }]).flatMap(problemsOf)

  test('are kept by the house', () => {
    expect(HOUSE.flatMap(problemsOf)).toEqual([])
  })

  test.each([
    ['PRAGMA foreign_keys=OFF;', 'says pragma'],
    ['-- first\nBEGIN;', 'says begin'],
    ['COMMIT;', 'says commit'],
    ['vacuum;', 'says vacuum'],
    ['-- nothing', 'has a statement without SQL'],
    ['insert into a values (random());', 'uses random'],
    ['update a set b = RandomBlob (4);', 'uses randomblob'],
    ["update a set b = datetime('now');", "uses 'now'"],
    ['update a set b = unixepoch();', 'uses unixepoch'],
    ['alter table a add b text default current_timestamp;', 'uses current_timestamp'],
    ['create table a (b text);', 'creates a table that is not STRICT'],
    ['create temp table a (strict text);', 'creates a table that is not STRICT'],
    ['create table a as select 1;', 'creates a table that is not STRICT'],
  ])('refuse %s on both ways', (statement, problem) => {
    expect(problems({ up: [statement] })).toEqual([expect.stringContaining(`0000_a.sql ${problem}`)])
    expect(problems({ down: [statement] })).toEqual([expect.stringContaining(`0000_a.down.sql ${problem}`)])
  })

  test.each([
    ['create table a (b text) strict, without rowid;'],
    ['alter table a add random integer;'],
    ['create table changes (time integer) strict;'],
    ["update a set b = datetime(c, 'unixepoch');"],
    ["insert into a values ('BEGIN; random()');"],
    ['create trigger c after insert on a begin update a set b = 1; end;'],
  ])('allow %s', (statement) => {
    expect(problems({ up: [statement] })).toEqual([])
  })

  test('refuse empty ways', () => {
    expect(problems({ up: [], down: [] })).toEqual(['0000_a.sql is empty', '0000_a.down.sql is empty'])
  })

  test.each([
    ['create table a (b text) strict;', 'additive'],
    ['alter table a add b text;', 'additive'],
    ['insert into a values (1);', 'data'],
    ['with x as (select 1) delete from a;', 'data'],
    ['drop trigger a;', 'data'],
    ['drop index a;', 'data'],
    ['DROP TABLE `a`;', 'rebuild'],
    ['alter table a drop column b;', 'rebuild'],
    ['alter table a rename to b;', 'rebuild'],
  ] as const)('know that %s is of kind %s', (statement, kind) => {
    expect(kindOfUp(`create table x (y text) strict;--> statement-breakpoint\n${statement}`)).toBe(kind)
  })

  test('refuse to drop a table without calling it a rebuild', () => {
    expect(problems({ up: ['drop table a;'], kind: 'additive' })).toEqual([
      '0000_a.json must declare kind rebuild',
    ])
    expect([problems({ up: ['drop table a;'] }), kindOfUp('')]).toEqual([[], 'additive'])
  })

  test('refuse a released file that is edited or gone', () => {
    const hashes = Object.fromEntries(HOUSE.map(({ name, upSha256 }) => [name, upSha256]))
    const edited = migrationsOf([{ ...FIRST, up: [...FIRST.up, 'create view v as select 1;'] }])
    expect([changedSinceRelease(HOUSE, hashes), changedSinceRelease(edited, hashes)]).toEqual([
      [],
      ['0000_house', '0001_room_kind'].map((name) => `${name}.sql was released and must stay as it is`),
    ])
  })
})

describe('finishing the files of a folder', () => {
  test('writes the missing declaration and the fingerprints, once', () => {
    const files = {
      ...filesOf([FIRST, REBUILD]),
      '0000_house.json': filesOf([FIRST, REBUILD])['0001_room_kind.json'] ?? '',
    }
    const folder = folderOf(without(files, '0001_room_kind.json'))
    const written = [finishMigrations(folder), finishMigrations(folder)]
    const metas = ['0000_house', '0001_room_kind'].map((name): unknown =>
      JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')),
    )
    expect({ written, metas }).toEqual({
      written: [['0000_house.json', '0001_room_kind.json'], []],
      metas: [
        { kind: 'rebuild', reversible: true, schemaAfter: HOUSE[0]?.meta.schemaAfter },
        { kind: 'rebuild', reversible: 'lossy', schemaAfter: HOUSE[1]?.meta.schemaAfter },
      ],
    })
  })
})
