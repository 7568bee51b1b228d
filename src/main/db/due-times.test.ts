import { expect, test } from 'vitest'
import { openWorld } from '../testing/world'
import { bringBackDueTimes } from './due-times'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

test('what a wrong clock has put off by a year is due at once; what waits as it should goes on waiting', () => {
  const world = openWorld()
  const { sqlite, clock } = world
  const at = clock.now
  const year = at + 365 * 24 * HOUR
  const message = sqlite.prepare(
    `insert into outbox (dedupe_key, chat_id, kind, method, payload, policy, not_before, created_at, last_error)
     values (?, 1, 'say', 'message', '{}', 'at-most-once', ?, 0, ?)`,
  )
  message.run('wrong', year, null)
  message.run('undo', at + 6_000, null)
  message.run('backoff', at + 10 * MINUTE, 'network')
  message.run('asked', at + 23 * HOUR, 'wait')
  message.run('asked by a wrong clock', year, 'wait')
  const update = sqlite.prepare(
    `insert into inbox (bot_id, epoch, update_id, kind, received_at, payload, not_before) values (7, 0, ?, 'message', 0, '{}', ?)`,
  )
  update.run(1, year)
  update.run(2, at + MINUTE)
  const file = sqlite.prepare(
    "insert into downloads (unique_id, file_id, not_before, created_at) values (?, 'f', ?, 0)",
  )
  file.run('a', year)
  file.run('b', at + 10 * MINUTE)
  const workers: string[] = []
  world.database.onCommit((touched) => workers.push(...touched.workers))

  world.write((db) => {
    bringBackDueTimes(db, at)
  })

  const due = (sql: string) =>
    sqlite
      .prepare<[], number>(sql)
      .pluck()
      .all()
      .map((time) => time - at)
  expect({
    messages: due('select not_before from outbox order by id'),
    updates: due('select not_before from inbox order by update_id'),
    files: due('select not_before from downloads order by unique_id'),
    workers: workers.sort(),
  }).toEqual({
    messages: [0, 6_000, 10 * MINUTE, 23 * HOUR, 0],
    updates: [0, MINUTE],
    files: [0, 10 * MINUTE],
    workers: ['downloader', 'processor', 'sender'],
  })
  world.close()
})
