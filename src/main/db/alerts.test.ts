import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWorld, type World } from '../testing/world'
import { findLongestUnassigned, lastHeardAt, retryingSince } from './alerts'
import { saveListening } from './inbox'
import { enqueue } from './outbox'

let world: World
beforeEach(() => {
  world = openWorld()
})
afterEach(() => {
  world.close()
})

test('an office in which nothing waits and nobody was heard', () => {
  const { read } = world.database
  expect([retryingSince(read), lastHeardAt(read), findLongestUnassigned(read)]).toEqual([
    null,
    null,
    { urgent: null, any: null },
  ])
})

test('a message that was tried in vain counts from when it was written, whenever it is tried again', () => {
  world.write((db) => {
    enqueue(db, {
      dedupeKey: 'a',
      chatId: 1,
      kind: 'say',
      cardId: null,
      requestId: null,
      method: 'message',
      payload: {},
      policy: 'at-most-once',
      notBefore: 900,
      createdAt: 7,
    })
  })
  const before = retryingSince(world.database.read)
  world.database.sqlite.exec('update outbox set attempts = 2')
  expect([before, retryingSince(world.database.read)]).toEqual([null, 7])
})

test('Telegram was last heard when any bot of this desk heard it', () => {
  world.write((db) => {
    saveListening(db, { botId: 1, epoch: 0, nextOffset: 1, lastOkAt: 50 })
    saveListening(db, { botId: 2, epoch: 0, nextOffset: 1, lastOkAt: 40 })
  })
  expect(lastHeardAt(world.database.read)).toBe(50)
})

test('the requests that wait longest for somebody, the urgent one for itself', () => {
  const first = world.report(world.meet(501, 'Anna'))
  world.clock.now += 1000
  const second = world.report(world.meet(502, 'Boris'))
  world.dispatching.setPriority(second.id, 'URGENT')
  const named = ({ id, createdAt }: typeof first, number: string) => ({ id, number, at: createdAt })
  expect(findLongestUnassigned(world.database.read)).toEqual({
    urgent: named(second, '2'),
    any: named(first, '1'),
  })
})
