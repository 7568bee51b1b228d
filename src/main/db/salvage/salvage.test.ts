import { expect, test } from 'vitest'
import { openTestDatabase } from '../../testing/test-database'
import { fillerOf } from './into-fresh'
import { missingNumbers, salvage } from './salvage'

const nothing = () => {}

function empty() {
  const { sqlite } = openTestDatabase()
  sqlite.exec("delete from users; delete from changes; delete from counters where name = 'sequence'")
  sqlite.pragma('foreign_keys = OFF')
  return sqlite
}

test('a row that breaks a rule of the fresh database is left out and counted', async () => {
  const damaged = openTestDatabase().sqlite
  damaged.pragma('ignore_check_constraints = ON')
  damaged.exec("insert into users (id, role, created_at) values ('u', 'nobody', 1)")
  const fresh = empty()
  const { tables } = await salvage(damaged, fresh, 1, nothing)
  expect([
    tables.find(({ table }) => table === 'users'),
    fresh.prepare("select count(*) from users where id = 'u'").pluck().get(),
  ]).toEqual([{ table: 'users', read: 1, rebuilt: 0, leftOut: 1, unreadable: false }, 0])
})

test('a table that is not in the damaged file is told as one that could not be read', async () => {
  const damaged = openTestDatabase().sqlite
  damaged.pragma('foreign_keys = OFF')
  damaged.exec('drop table dialogues')
  const { tables } = await salvage(damaged, empty(), 1, nothing)
  expect(tables.filter(({ unreadable }) => unreadable).map(({ table }) => table)).toEqual(['dialogues'])
})

test('filling goes on over rows that break a rule, and stops at everything else', () => {
  const fresh = empty()
  const { put } = fillerOf(fresh, 'users', ['id', 'role', 'created_at'])
  const put1 = [
    put(['u', 'user', 1]),
    put(['u', 'user', 1]),
    put(['v', 'nobody', 1]),
    put(['w', 'user', 'late']),
  ]
  fresh.pragma('query_only = ON')
  expect([put1, () => put(['x', 'user', 1])]).toEqual([[true, false, false, false], expect.any(Function)])
  expect(() => put(['x', 'user', 1])).toThrow('readonly')
})

test('numbers that were given and are not there are counted, the first hundred by name', () => {
  const { sqlite } = openTestDatabase()
  sqlite.exec(
    "insert into counters (name, value) values ('sequence', 250) on conflict do update set value = 250",
  )
  const { count, first } = missingNumbers(sqlite)
  expect([count, first.length, first[0], first.at(-1)]).toEqual([250, 100, '1', '100'])
})

test('requests of which only the residents’ messages are left are made again from words and captions', async () => {
  const damaged = openTestDatabase().sqlite
  damaged.pragma('foreign_keys = OFF')
  const wrote = (requestId: string, messageId: number, message: object, part = 'description') => {
    damaged
      .prepare(
        `insert into inbox (bot_id, epoch, update_id, chat_id, kind, received_at, payload, state)
         values (7, 0, ?, 501, 'message', 1, ?, 'done')`,
      )
      .run(messageId, JSON.stringify({ message: { message_id: messageId, date: 60, ...message } }))
    damaged
      .prepare('insert into message_links (chat_id, message_id, request_id, part) values (501, ?, ?, ?)')
      .run(messageId, requestId, part)
  }
  damaged.exec("insert into users (id, telegram_id, created_at) values ('anna', 501, 1)")
  wrote('r1', 1, { text: 'The lift stands still' })
  wrote('r1', 2, { text: 'Third floor' })
  wrote('r2', 3, { caption: 'Water on the floor' }, 'file')
  wrote('r3', 4, {}, 'file')
  const fresh = empty()
  const { fromMessages } = await salvage(damaged, fresh, 1, nothing)
  const made = fresh
    .prepare('select id, user_id, title, description, created_at, sequence from requests order by id')
    .raw()
    .all()
  expect([fromMessages, made]).toEqual([
    3,
    [
      ['r1', 'anna', 'The lift stands still', 'The lift stands still\nThird floor', 60_000, 1],
      ['r2', 'anna', 'Water on the floor', 'Water on the floor', 60_000, 2],
      ['r3', 'anna', '', '', 60_000, 3],
    ],
  ])
})
