import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqlite } from '../connection'
import { attachCopy, differenceIn, differenceOfSchema, differenceOfTallies, sharesOf } from './compare'
import { openCopying, openMoment } from './snapshot'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compare-'))
  const sqlite = openSqlite(original())
  sqlite.pragma('user_version = 3')
  sqlite.exec(`
    create table people (id text primary key, name text collate nocase, at integer) strict;
    create index people_name on people (name);
    create index people_late on people (at) where at > 5;
    create table links (chat integer, message integer, request text, primary key (chat, message)) strict, without rowid;
    insert into people values ('a', 'Anna', 1), ('b', 'Boris', 7), ('c', null, 9);
    insert into links values (1, 1, 'a'), (1, 2, 'b');
  `)
  sqlite.close()
  const copying = openCopying(original())
  copying.copyTo(copy())
  copying.close()
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const original = () => join(folder, 'dispatcher.db')
const copy = () => join(folder, 'copy.db')

/** Changes the copy past every rule. */
function change(sql: string): void {
  const sqlite = new Database(copy())
  sqlite.unsafeMode(true)
  sqlite.pragma('writable_schema = ON')
  sqlite.exec(sql)
  sqlite.close()
}

/** What the whole comparison finds, as the two threads do it between them. */
function difference(): string | null {
  const moment = openMoment(original())
  try {
    moment.begin()
    const { sqlite } = moment
    attachCopy(sqlite, copy())
    const ofSchema = differenceOfSchema(sqlite)
    if (ofSchema !== null) return ofSchema
    const found = { same: new Map(), indexed: new Map() }
    for (const share of sharesOf(sqlite)) {
      const ofShare = differenceIn(sqlite, share, found)
      if (ofShare !== null) return ofShare
    }
    return differenceOfTallies(sqlite, [found])
  } finally {
    moment.close()
  }
}

test('a fresh copy is the same', () => {
  expect(difference()).toBeNull()
})

test.each([
  ['another value', "update people set at = 2 where id = 'a'", 'table people differs from the original'],
  [
    'another case, which the column sorts alike',
    "update people set name = 'ANNA' where id = 'a'",
    'table people differs from the original',
  ],
  [
    'nothing in place of a value',
    "update people set name = null where id = 'b'",
    'table people differs from the original',
  ],
  ['a row too few', "delete from people where id = 'c'", 'table people has other rows'],
  ['a row too many', "insert into people values ('d', 'Dora', 1)", 'table people has other rows'],
  [
    'another value in a table without numbers of rows',
    "update links set request = 'z' where message = 2",
    'table links has other rows',
  ],
  ['a row too few there', 'delete from links where message = 2', 'table links has other rows'],
  ['another version', 'pragma user_version = 4', 'user_version is another one'],
  ['another program’s mark', 'pragma application_id = 7', 'application_id is another one'],
  ['a table of its own', 'create table more (id integer)', 'its tables are others'],
])('a copy with %s is told apart', (_what, sql, expected) => {
  change(sql)
  expect(difference()).toBe(expected)
})

/** Puts a row in while an index is not in the list of indexes, so that it has no entry there. */
function putInWithoutEntry(index: string, values: string): void {
  const sqlite = new Database(copy())
  sqlite.unsafeMode(true)
  sqlite.pragma('writable_schema = ON')
  sqlite.exec(`
    create temp table kept as select * from main.sqlite_schema where name = '${index}';
    delete from main.sqlite_schema where name = '${index}'`)
  sqlite.pragma('writable_schema = RESET')
  sqlite.exec(`insert into people (rowid, id, name, at) values ${values}`)
  sqlite.pragma('writable_schema = ON')
  sqlite.exec('insert into main.sqlite_schema select * from temp.kept')
  sqlite.close()
}

test.each([
  // SQLite counts the rows of a table by its smallest index.
  ['people_name', "(1, 'a', 'Anna', 1)", 'table people has other rows'],
  ['people_late', "(2, 'b', 'Boris', 7)", 'index people_late has lost or gained entries'],
])('an index of the copy that has lost an entry is noticed: %s', (index, row, expected) => {
  change(`delete from people where rowid = ${row.slice(1, 2)}`)
  putInWithoutEntry(index, row)
  expect(difference()).toBe(expected)
})
