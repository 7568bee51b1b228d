import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openSqlite } from '../connection'
import { contentOf, contentOfAll, sketchOf } from './content'
import { schemaFingerprint, schemaObjects } from './fingerprint'
import { normalisedSql, statementsOf, tokensOf } from './sql-text'

const TABLE = 'create table t (a any, b any) strict'

function withRows(rows: readonly (readonly unknown[])[]) {
  const sqlite = openSqlite(':memory:')
  sqlite.exec(TABLE)
  for (const row of rows) sqlite.prepare('insert into t values (?, ?)').run(...row)
  return sqlite
}

function contentOfRows(rows: readonly (readonly unknown[])[]) {
  const sqlite = withRows(rows)
  try {
    return contentOf(sqlite, 't')
  } finally {
    sqlite.close()
  }
}

const value = fc.oneof(
  fc.constant(null),
  fc.maxSafeInteger().map(BigInt),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
  fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
)
const row = fc.tuple(value, value)

describe('the digest of a table', () => {
  test('is the same in every order of its rows', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        expect(contentOfRows(rows.toReversed())).toEqual(contentOfRows(rows))
      }),
      { numRuns: 60 },
    )
  })

  test('differs when any value differs', () => {
    fc.assert(
      fc.property(row, row, (one, other) => {
        const same = Buffer.from(JSON.stringify(asText(one))).equals(
          Buffer.from(JSON.stringify(asText(other))),
        )
        expect(contentOfRows([one]).digest === contentOfRows([other]).digest).toBe(same)
      }),
      { numRuns: 200 },
    )
  })

  const asText = (values: readonly unknown[]) =>
    values.map((item) => [
      typeof item,
      typeof item === 'number' && Object.is(item, -0) ? '0' : String(item),
      item instanceof Buffer ? item.toString('hex') : '',
    ])

  test.each([
    ['a NUL inside', ['a\0b', 1n], ['a\0c', 1n]],
    ['the border between two values', ['ab', 'c'], ['a', 'bc']],
    ['kinds', ['1', 1n], [1n, '1']],
    ['text and bytes', ['a', null], [Buffer.from('a'), null]],
    ['nothing and the word for it', [null, ''], ['null', '']],
    ['the last bit of a number', [0.1 + 0.2, null], [0.3, null]],
    ['bytes that are no text', [Buffer.of(0xff), null], [Buffer.of(0xfe), null]],
    ['a twin', [1n, 1n], [2n, 2n]],
  ])('tells apart %s', (_, one, other) => {
    expect(contentOfRows([one, other])).not.toEqual(contentOfRows([one, one]))
    expect(contentOfRows([one])).not.toEqual(contentOfRows([other]))
  })

  test.each([
    ['integer', 1n, 12n],
    ['integer', null, 0n],
    ['real', 0.1 + 0.2, 0.3],
    ['text', null, ''],
    ['text', 'null', null],
    ['blob', Buffer.of(0xff), Buffer.of(0xfe)],
  ])('tells apart values of a %s column: %s and %s', (type, one, other) => {
    const digestOf = (value: unknown, next: unknown) => {
      const sqlite = openSqlite(':memory:')
      sqlite.exec(`create table t (a ${type}, b ${type}) strict`)
      sqlite.prepare('insert into t values (?, ?)').run(value, next)
      const { digest } = contentOf(sqlite, 't')
      sqlite.close()
      return digest
    }
    expect(
      new Set([digestOf(one, other), digestOf(other, one), digestOf(one, one), digestOf(other, other)]).size,
    ).toBe(4)
  })

  test('covers every table except those of SQLite and the runner', () => {
    const sqlite = withRows([[1, 2]])
    sqlite.exec(
      'create table schema_migrations (a); create table "odd ""name" (id integer primary key autoincrement); create virtual table words using fts5(body)',
    )
    expect([...contentOfAll(sqlite)].map(([table, { rows }]) => [table, rows])).toEqual([
      ['odd "name', 0],
      ['t', 1],
    ])
    sqlite.close()
  })

  test('a sketch of a large table sees other lengths and kinds', () => {
    const sqlite = withRows([
      ['a', 'b'],
      ['c', 'd'],
    ])
    const before = sketchOf(sqlite, 't', 1)
    sqlite.exec("update t set a = 'longer' where a = 'a'")
    expect(sketchOf(sqlite, 't', 1)).not.toBe(before)
    sqlite.close()
  })
})

describe('the fingerprint of the tables', () => {
  const fingerprintOf = (sql: string) => {
    const sqlite = openSqlite(':memory:')
    sqlite.exec(sql)
    const fingerprint = schemaFingerprint(sqlite)
    sqlite.close()
    return fingerprint
  }

  test('does not depend on quotes, spaces, comments, order or the ledger', () => {
    expect(
      fingerprintOf(
        'create table `b` (`x` TEXT -- comment\n) strict; create table a (y integer); create table schema_migrations (z)',
      ),
    ).toBe(fingerprintOf('CREATE TABLE a ( "y"   integer ); CREATE TABLE [b] (x text /* what */) STRICT'))
  })

  test.each([
    ['a type', 'create table a (x integer) strict'],
    ['a default', "create table a (x text default 'n') strict"],
    ['a case in a default', "create table a (x text default 'N') strict"],
    ['NOT NULL', 'create table a (x text not null) strict'],
    ['STRICT', 'create table a (x text)'],
    ['a rule', "create table a (x text check(x in ('a'))) strict"],
    ['a reference', 'create table a (x text references a(x)) strict'],
    ['an index', 'create table a (x text) strict; create index i on a (x)'],
    ['a partial index', 'create table a (x text) strict; create index i on a (x) where x is null'],
    ['a unique index', 'create table a (x text) strict; create unique index i on a (x)'],
    ['a trigger', 'create table a (x text) strict; create trigger i after insert on a begin select 1; end'],
    ['a view', 'create table a (x text) strict; create view i as select 1'],
  ])('tells %s', (_, sql) => {
    expect(fingerprintOf(sql)).not.toBe(fingerprintOf('create table a (x text) strict'))
  })

  test('lists what belongs to which table', () => {
    const sqlite = openSqlite(':memory:')
    sqlite.exec('create table A (x text unique); create index I on A (x)')
    expect(schemaObjects(sqlite)).toEqual([
      { type: 'index', name: 'I', table: 'A', sql: 'create index i on a ( x )' },
      { type: 'table', name: 'A', table: 'A', sql: 'create table a ( x text unique )' },
    ])
    sqlite.close()
  })
})

describe('the text of SQL', () => {
  test('is split into words without quotes and comments', () => {
    expect(tokensOf(`SELECT "a""b", \`C\`, [d e], 'It''s -- no' -- yes\n/* and */ <> Ünï1 2.5`)).toEqual([
      'select',
      'a""b',
      ',',
      'c',
      ',',
      'd e',
      ',',
      "'It''s -- no'",
      '<',
      '>',
      'ünï1',
      '2.5',
    ])
  })

  test('means the same with and without its last semicolon', () => {
    expect(normalisedSql('Select 1 ;')).toBe(normalisedSql('select\n1'))
  })

  test('is cut at the marks, without empty pieces', () => {
    expect(statementsOf('a;--> statement-breakpoint\n\n--> statement-breakpoint\r\nb;\n')).toEqual([
      'a;',
      'b;',
    ])
  })
})
