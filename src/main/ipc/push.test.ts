import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { channels } from '../../shared/ipc/channels'
import type { Topic } from '../../shared/ipc/contract'
import { RequestId } from '../../shared/model/ids'
import { RequestCard, type StatusCounts } from '../../shared/model/request'
import type { Log } from '../telemetry/log'
import type { Announcement } from './card-changes'
import { createPush, type Receiver } from './push'

const COUNTS: StatusCounts = {
  OPEN: 1,
  ASSIGNED: 0,
  IN_PROGRESS: 0,
  ON_HOLD: 0,
  RESOLVED: 0,
  CLOSED: 0,
  DUPLICATE: 0,
  DECLINED: 0,
  CANCELLED: 0,
}

function idOf(index: number): RequestId {
  return RequestId.parse(`00000000-0000-7000-8000-${String(index).padStart(12, '0')}`)
}

function cardOf(id: RequestId): RequestCard {
  return RequestCard.parse({
    id,
    number: '1',
    title: 'Leak',
    place: '12',
    status: 'OPEN',
    priority: 'HIGH',
    boardOrder: 0,
    createdAt: 0,
    dueAt: null,
    dueFrom: null,
    holdReason: null,
    holdUntil: null,
    completedAt: null,
    assignee: null,
    takenAt: null,
    photoCount: 0,
    commentCount: 0,
    unreadCount: 0,
    reopenedCount: 0,
    thumbnail: null,
    version: 1,
  })
}

function touched(topics: readonly Topic[], requestIds: readonly RequestId[]): Announcement {
  return { topics: new Set(topics), requestIds: new Set(requestIds) }
}

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout', 'performance'],
  })
})

afterEach(() => {
  vi.useRealTimers()
})

function rig({ windows = 1, known = (id: RequestId) => id !== '' } = {}) {
  const sent: unknown[] = []
  const reads: number[] = []
  const errors: unknown[] = []
  const failing = { on: false }
  const note = (fields: unknown) => void errors.push(fields)
  const log: Log = { error: note, warn: note, info: note, debug: note, child: () => log }
  const receivers: Receiver[] = Array.from({ length: windows }, () => ({
    send: (channel, event) => void sent.push(channel === channels.push ? event : channel),
  }))
  const push = createPush({
    log,
    windows: () => receivers,
    readCards: (ids) => {
      reads.push(ids.length)
      if (failing.on) throw new Error('no such table')
      return { cards: ids.filter(known).map(cardOf), counts: COUNTS }
    },
  })
  return { push, sent, reads, errors, failing, receivers }
}

test('an event goes to all windows at once, without fields that the contract does not name', () => {
  const { push, sent } = rig({ windows: 2 })
  const leaky = { type: 'phone', telegramId: 7, token: 'secret' } as const
  push.send(leaky)
  expect(sent).toEqual([
    { type: 'phone', telegramId: 7 },
    { type: 'phone', telegramId: 7 },
  ])
})

test('the first change goes out with the present turn, the next ones together after a frame', () => {
  const { push, sent, reads } = rig()
  push.announce(touched(['requests'], [idOf(1)]))
  push.announce(touched(['requests'], [idOf(2), idOf(1)]))
  const before = sent.length
  vi.advanceTimersByTime(0)
  const first = sent.splice(0)
  for (let index = 3; index <= 9; index += 1) push.announce(touched(['requests'], [idOf(index)]))
  vi.advanceTimersByTime(15)
  const early = sent.length
  vi.advanceTimersByTime(1)
  expect({ before, first, early, then: sent, reads }).toEqual({
    before: 0,
    first: [{ type: 'cards', cards: [cardOf(idOf(1)), cardOf(idOf(2))], counts: COUNTS }],
    early: 0,
    then: [
      { type: 'cards', cards: [3, 4, 5, 6, 7, 8, 9].map((index) => cardOf(idOf(index))), counts: COUNTS },
    ],
    reads: [2, 7],
  })
})

test('other topics go as changed, requests without a card too', () => {
  const { push, sent } = rig({ known: (id) => id !== idOf(2) })
  push.announce(touched(['requests', 'people'], [idOf(1), idOf(2)]))
  push.announce(touched(['people', 'attention'], []))
  vi.advanceTimersByTime(0)
  expect(sent).toEqual([
    { type: 'changed', topics: ['people', 'attention'], requestIds: null },
    { type: 'cards', cards: [cardOf(idOf(1))], counts: COUNTS },
    { type: 'changed', topics: ['requests'], requestIds: [idOf(2)] },
  ])
})

test.each([
  ['more than 300 in one frame', Array.from({ length: 301 }, (_, index) => [idOf(index)])],
  ['more than 300 in one announcement', [Array.from({ length: 301 }, (_, index) => idOf(index)), [idOf(1)]]],
  ['requests without ids', [[idOf(1)], [], [idOf(2)]]],
])('the windows read again after %s', (_what, announcements) => {
  const { push, sent, reads } = rig()
  for (const requestIds of announcements) push.announce(touched(['requests'], requestIds))
  vi.advanceTimersByTime(0)
  const after = sent.splice(0)
  push.announce(touched(['requests'], [idOf(1)]))
  vi.advanceTimersByTime(16)
  expect({ after, then: sent, reads }).toEqual({
    after: [{ type: 'changed', topics: ['requests'], requestIds: null }],
    then: [{ type: 'cards', cards: [cardOf(idOf(1))], counts: COUNTS }],
    reads: [1],
  })
})

test('300 changed requests in one frame still go as cards', () => {
  const { push, sent, reads } = rig()
  push.announce(
    touched(
      ['requests'],
      Array.from({ length: 300 }, (_, index) => idOf(index)),
    ),
  )
  vi.advanceTimersByTime(0)
  expect([reads, sent.length]).toEqual([[300], 1])
})

test('nothing is read when nobody listens', () => {
  const { push, sent, reads } = rig({ windows: 0 })
  push.announce(touched(['requests'], [idOf(1)]))
  push.send({ type: 'phone', telegramId: 7 })
  vi.advanceTimersByTime(100)
  expect([sent, reads]).toEqual([[], []])
})

test('cards that cannot be read and windows that cannot be told are logged, and the next change goes out', () => {
  const { push, sent, errors, failing, receivers } = rig()
  failing.on = true
  push.announce(touched(['requests'], [idOf(1)]))
  vi.advanceTimersByTime(0)
  failing.on = false
  const closed = {
    send: () => {
      throw new Error('Object has been destroyed')
    },
  }
  receivers.push(closed)
  push.announce(touched(['requests'], [idOf(2)]))
  vi.advanceTimersByTime(16)
  expect({ sent, errors }).toEqual({
    sent: [
      { type: 'changed', topics: ['requests'], requestIds: null },
      { type: 'cards', cards: [cardOf(idOf(2))], counts: COUNTS },
    ],
    errors: [
      { error: new Error('no such table'), count: 1 },
      { error: new Error('Object has been destroyed'), kind: 'cards' },
    ],
  })
})

test.each([0, 20])('what was announced is not sent after the end, %i ms after the last event', (pause) => {
  const { push, sent } = rig()
  push.announce(touched(['people'], []))
  vi.advanceTimersByTime(pause)
  sent.length = 0
  push.announce(touched(['requests'], [idOf(1)]))
  push.stop()
  vi.advanceTimersByTime(100)
  expect(sent).toEqual([])
})
