import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PersonId } from '../../shared/model/ids'
import type { DeliveryState } from '../../shared/model/vocabulary'
import { sampleRequest, uuid } from '../testing/sample-request'
import { openTestDatabase } from '../testing/test-database'
import { newPerson } from '../usecases/people'
import type { Database, Touched } from './database'
import {
  cancelOutgoing,
  enqueue,
  findDue,
  findFirstDueOf,
  findOutgoing,
  findRetrying,
  findSending,
  findTrouble,
  isCardWaiting,
  type NewOutgoing,
  nextDueAt,
  retryOutgoing,
  settleOutgoing,
  startSending,
} from './outbox'
import { savePerson } from './people'
import { saveRequest } from './requests'

const ANNA = 501
const request = sampleRequest()
const by = { actor: null, at: 0 }

let database: Database
let told: string[]
beforeEach(() => {
  database = openTestDatabase(() => 0)
  database.transact((db) => {
    savePerson(db, null, newPerson(PersonId.parse(uuid(101)), 'Anna', 0, { telegramId: ANNA }), by)
    saveRequest(db, null, request, by)
  })
  told = []
  database.onCommit(({ topics, workers }: Touched) => told.push(...topics, ...workers))
})
afterEach(() => {
  database.close()
})

const message = (dedupeKey: string, given: Partial<NewOutgoing> = {}): NewOutgoing => ({
  dedupeKey,
  chatId: ANNA,
  kind: 'comment',
  cardId: null,
  requestId: request.id,
  method: 'message',
  payload: {},
  policy: 'at-most-once',
  notBefore: 10,
  createdAt: 10,
  ...given,
})
const put = (...rows: readonly NewOutgoing[]) => {
  database.transact((db) => {
    for (const row of rows) enqueue(db, row)
  })
}
const settle = (id: number, state: DeliveryState, kind = 'comment') => {
  database.transact((db) => {
    settleOutgoing(db, { id, requestId: request.id, kind }, { state, at: 50 })
  })
}
const due = (now: number, closed: readonly number[] = []) =>
  findDue(database.read, now, 10, new Set(closed)).map(({ dedupeKey }) => dedupeKey)

test('the same cause writes one message only', () => {
  put(message('x'), message('x', { payload: { again: true } }))
  expect(findOutgoing(database.read, 1)).toEqual({
    ...message('x'),
    id: 1,
    payload: '{}',
    state: 'pending',
    attempts: 0,
    settledAt: null,
    messageId: null,
    lastError: null,
  })
  expect(findOutgoing(database.read, 2)).toBeUndefined()
})

test('messages are due by their time, then in the order in which they were written, but not in closed chats', () => {
  put(
    message('late', { notBefore: 30 }),
    message('b'),
    message('c'),
    message('other', { chatId: 502, notBefore: 5 }),
  )
  expect([
    due(9),
    due(10),
    due(99),
    due(99, [ANNA]),
    nextDueAt(database.read, 10),
    nextDueAt(database.read, 30),
  ]).toEqual([['other'], ['other', 'b', 'c'], ['other', 'b', 'c', 'late'], ['other'], 30, null])
})

test('the first message of a chat goes first, though it is due later after a failure', () => {
  put(message('failed', { notBefore: 30 }), message('behind'))
  expect([
    findFirstDueOf(database.read, ANNA, 20)?.dedupeKey,
    findFirstDueOf(database.read, ANNA, 30)?.dedupeKey,
    findFirstDueOf(database.read, 502, 30),
  ]).toEqual(['behind', 'failed', undefined])
})

test('a message about to be sent is marked before, and found after a crash', () => {
  put(message('x'))
  database.transact((db) => {
    startSending(db, 1)
  })
  expect([findSending(database.read).map(({ id, attempts }) => [id, attempts]), due(99)]).toEqual([
    [[1, 1]],
    [],
  ])
})

describe('a message that failed for now', () => {
  const fail = (id: number, error: string) => {
    database.transact((db) => {
      startSending(db, id)
      settleOutgoing(
        db,
        { id, requestId: null, kind: 'say' },
        { state: 'pending', at: 20, notBefore: 70, error },
      )
    })
  }

  test('waits for its next try, and keeps no end', () => {
    put(message('x'))
    fail(1, 'network')
    expect([findOutgoing(database.read, 1), told]).toEqual([
      {
        ...findOutgoing(database.read, 1),
        state: 'pending',
        notBefore: 70,
        settledAt: null,
        lastError: 'network',
        attempts: 1,
      },
      ['sender', 'sender'],
    ])
  })

  test('is tried at once when the network is back, but not when Telegram has asked to wait', () => {
    put(message('a'), message('b'), message('held', { notBefore: 70 }))
    fail(1, 'network')
    fail(2, 'wait')
    const resting = findRetrying(database.read)
    database.transact((db) => {
      retryOutgoing(db, 25)
    })
    expect([resting, due(25)]).toEqual([[{ chatId: ANNA, until: 70, asked: 1 }], ['a']])
  })
})

describe('a card', () => {
  const redraw = (cause: string, notBefore: number) => {
    database.transact((db) => {
      if (isCardWaiting(db, 'status:1', notBefore)) return
      enqueue(db, {
        ...message(cause, { kind: 'status', method: 'card' }),
        cardId: 'status:1',
        notBefore,
      })
    })
  }

  test('that waits is drawn once, at the earliest of all times', () => {
    redraw('a', 50)
    redraw('b', 20)
    redraw('c', 90)
    expect([findOutgoing(database.read, 1)?.notBefore, findOutgoing(database.read, 2), told]).toEqual([
      20,
      undefined,
      ['sender', 'sender', 'sender'],
    ])
  })

  test('that was drawn is drawn again', () => {
    redraw('a', 10)
    settle(1, 'sent', 'status')
    redraw('b', 20)
    expect(due(99)).toEqual(['b'])
  })
})

test.each([
  { state: 'sent', kind: 'comment', topics: ['requests'] },
  { state: 'sent', kind: 'status', topics: [] },
  { state: 'unknown', kind: 'comment', topics: ['attention', 'requests'] },
  { state: 'failed', kind: 'status', topics: ['attention'] },
  { state: 'blocked', kind: 'status', topics: ['attention'] },
  { state: 'cancelled', kind: 'status', topics: [] },
] as const)('the windows hear of a $kind that is $state: $topics', ({ state, kind, topics }) => {
  put(message('x', { kind }))
  told = []
  settle(1, state, kind)
  expect([told, findOutgoing(database.read, 1)?.settledAt]).toEqual([topics, 50])
})

test('undoing cancels what waits of that action, and nothing else', () => {
  put(
    message('of it', { payload: { undo: 'u1' } }),
    message('of another', { payload: { undo: 'u2' } }),
    message('of none'),
    message('sent', { payload: { undo: 'u1' } }),
    message('of another request', { payload: { undo: 'u1' }, requestId: null }),
  )
  settle(4, 'sent')
  const cancelled = database.transact((db) => cancelOutgoing(db, request.id, 'u1', 60))
  const states = [1, 2, 3, 4, 5].map((id) => findOutgoing(database.read, id)?.state)
  expect([cancelled, states]).toEqual([1, ['cancelled', 'pending', 'pending', 'sent', 'pending']])
})

test('what did not arrive is listed with who it was for', () => {
  put(
    message('a', { createdAt: 2 }),
    message('b', { createdAt: 1, chatId: 999, requestId: null }),
    message('c'),
  )
  settle(1, 'unknown')
  settle(2, 'blocked')
  settle(3, 'sent')
  expect(findTrouble(database.read)).toEqual([
    { id: 2, state: 'blocked', createdAt: 1, lastError: null, to: null, desk: null, sequence: null },
    { id: 1, state: 'unknown', createdAt: 2, lastError: null, to: 'Anna', desk: '', sequence: 1 },
  ])
})
