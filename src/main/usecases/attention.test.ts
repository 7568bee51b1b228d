import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Touched } from '../db/database'
import { findIncoming, saveIncoming, storeIncoming } from '../db/inbox'
import { enqueue, findOutgoing, settleOutgoing } from '../db/outbox'
import { refusedWith } from '../testing/refused'
import { openWorld, type World } from '../testing/world'

const key = { botId: 7, epoch: 0, updateId: 900 }

let world: World
let told: string[]
beforeEach(() => {
  world = openWorld()
  world.write((db) => {
    storeIncoming(db, { ...key, chatId: 501, kind: 'message', receivedAt: 1, payload: '{}' })
    saveIncoming(db, { ...key, state: 'dead', attempts: 5, notBefore: 99, lastError: 'TypeError' })
    enqueue(db, {
      dedupeKey: 'x',
      chatId: 501,
      kind: 'assigned',
      cardId: null,
      requestId: null,
      method: 'message',
      payload: {},
      policy: 'at-most-once',
      notBefore: 0,
      createdAt: 0,
    })
  })
  told = []
  world.database.onCommit(({ topics, workers }: Touched) => told.push(...topics, ...workers))
})
afterEach(() => {
  world.close()
})

const fail = (state: 'unknown' | 'failed' | 'blocked' | 'sent') => {
  world.write((db) => {
    settleOutgoing(db, { id: 1, requestId: null, kind: 'assigned' }, { state, at: 5, error: 'ETIMEDOUT' })
  })
  told = []
}

describe('a message that was given up', () => {
  test('is handled once more, with all its tries', () => {
    world.attention.retryUpdate(key)
    expect([findIncoming(world.read, key), told]).toEqual([
      { ...findIncoming(world.read, key), state: 'new', attempts: 0, notBefore: 0, lastError: 'TypeError' },
      ['attention', 'processor'],
    ])
  })

  test('can be put aside and stays stored', () => {
    world.attention.dismissUpdate(key)
    expect([findIncoming(world.read, key)?.state, findIncoming(world.read, key)?.payload, told]).toEqual([
      'ignored',
      '{}',
      ['attention'],
    ])
  })

  test('is decided about once', () => {
    world.attention.dismissUpdate(key)
    expect([
      refusedWith(() => {
        world.attention.retryUpdate(key)
      }),
      refusedWith(() => {
        world.attention.dismissUpdate({ ...key, updateId: 1 })
      }),
    ]).toEqual(['not-found', 'not-found'])
  })
})

describe('a message that did not arrive', () => {
  test.each(['unknown', 'failed', 'blocked'] as const)(
    '(%s) is sent again when the manager says so',
    (state) => {
      fail(state)
      world.attention.sendAgain(1)
      expect([findOutgoing(world.read, 1), told]).toEqual([
        {
          ...findOutgoing(world.read, 1),
          state: 'pending',
          settledAt: null,
          notBefore: world.clock.now,
          lastError: 'ETIMEDOUT',
        },
        ['attention', 'sender'],
      ])
    },
  )

  test('can be left as it is', () => {
    fail('unknown')
    world.attention.leaveIt(1)
    expect([findOutgoing(world.read, 1)?.state, told]).toEqual(['cancelled', ['attention']])
  })

  test.each([
    { name: 'waits', prepare: () => {} },
    {
      name: 'was sent',
      prepare: () => {
        fail('sent')
      },
    },
  ])('is not one that $name', ({ prepare }) => {
    prepare()
    const before = findOutgoing(world.read, 1)
    expect([
      refusedWith(() => {
        world.attention.sendAgain(1)
      }),
      refusedWith(() => {
        world.attention.leaveIt(1)
      }),
      refusedWith(() => {
        world.attention.leaveIt(2)
      }),
      findOutgoing(world.read, 1),
    ]).toEqual(['not-found', 'not-found', 'not-found', before])
  })
})
