import { afterEach, expect, test } from 'vitest'
import { applySchema } from '../testing/migrated'
import { openSqlite, type Sqlite } from './connection'
import { databaseOf, reading } from './database'
import { findRequest } from './requests'
import { readSetting, writeSetting } from './settings'
import { settings } from './schema/desk'
import { nameOf, queryNames, type WatchedQuery } from './query-watch'
import { RequestId } from '../../shared/model/ids'
import { uuid } from '../testing/sample-request'

let sqlite: Sqlite
afterEach(() => sqlite.close())

function watchedDatabase() {
  sqlite = openSqlite(':memory:')
  applySchema(sqlite)
  const seen: { readonly query: WatchedQuery; readonly ms: number }[] = []
  const database = databaseOf(sqlite, {
    deviceId: 'desk',
    now: () => 0,
    watch: (query) => (ms) => seen.push({ query, ms }),
  })
  return { database, seen }
}

test('every run of a query is told, reads and writes alike, with what it answers', () => {
  const { database, seen } = watchedDatabase()

  database.transact((db) => {
    writeSetting(db, 'language', 'ru')
  })
  const read = readSetting(database.read, 'language')
  readSetting(database.read, 'language')

  expect({
    read,
    names: seen.map(({ query }) => query.name),
    timed: seen.every(({ ms }) => ms >= 0),
  }).toEqual({
    read: 'ru',
    names: expect.arrayContaining(['select settings by key', 'insert settings']) as unknown,
    timed: true,
  })
  expect(seen.filter(({ query }) => query.name === 'select settings by key').length).toBeGreaterThanOrEqual(2)
})

test('a query that fails is told too, and fails as before', () => {
  const { database, seen } = watchedDatabase()
  sqlite.exec('drop table settings')

  expect(() => readSetting(database.read, 'language')).toThrow('no such table: settings')
  sqlite.exec('create table settings (key text primary key, value text) ')
  readSetting(database.read, 'language')
  sqlite.exec('drop table settings')
  expect(() => readSetting(database.read, 'language')).toThrow('no such table: settings')

  expect(seen).toHaveLength(2)
})

test('the plan says which index is used, and no value', () => {
  const { database, seen } = watchedDatabase()

  findRequest(database.read, RequestId.parse(uuid(7)))
  const [{ query } = { query: null }] = seen

  expect({ name: query?.name, plan: query?.plan() }).toEqual({
    name: 'select requests by id',
    plan: 'SEARCH requests USING INDEX sqlite_autoindex_requests_1 (id=?)',
  })
})

test('two queries that do alike have names of their own', () => {
  const { database, seen } = watchedDatabase()

  reading((orm) => orm.select({ key: settings.key }).from(settings).prepare())(database.read).all()
  reading((orm) => orm.select({ value: settings.value }).from(settings).prepare())(database.read).all()

  expect(seen.map(({ query }) => query.name)).toEqual(['select settings', 'select settings (2)'])
})

test.each([
  ['select "id", "name" from "people" where "people"."id" = ? limit 1', 'select people by id'],
  ['insert into "inbox" ("bot_id") values (?) on conflict do nothing', 'insert inbox'],
  [
    'update "outbox" set "state" = ? where ("outbox"."id" = ? and "outbox"."chat_id" = ?)',
    'update outbox by id, chat_id',
  ],
  ['delete from "dialogues" where "dialogues"."chat_id" = ?', 'delete dialogues by chat_id'],
  [
    'select "id", (select count(*) from "files" where "files"."of" = ?) from "people" where (1 = 1 and "people"."role" = ?)',
    'select people by role',
  ],
  ['select count(*) from "requests"', 'select requests'],
])('%s is named %s', (sql, name) => {
  expect(nameOf(sql)).toBe(name)
})

test('a statement of which SQLite gives no account has no plan, and disturbs nobody', () => {
  const { database } = watchedDatabase()
  const named = queryNames(database.sqlite)
  expect(named({ stmt: { source: 'select * from nowhere where id = ?' } }).plan()).toBe('plan not known')
})
