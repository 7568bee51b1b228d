import { expect, test } from 'vitest'
import { at } from '../testing/sample-request'
import { boardOrder, dueAt } from './board-order'

const request = {
  status: 'OPEN',
  priority: 'MEDIUM',
  responseDueAt: at('2026-03-03 09:00'),
  resolutionDueAt: at('2026-03-20 09:00'),
  firstRespondedAt: null,
  holdUntil: null,
  completedAt: null,
} as const
const answered = { ...request, firstRespondedAt: at('2026-03-02 10:00') }

test.each([
  { name: 'a new one until somebody answers', given: request, due: '2026-03-03 09:00' },
  { name: 'a new one that was answered', given: answered, due: '2026-03-20 09:00' },
  { name: 'an assigned one', given: { ...request, status: 'ASSIGNED' }, due: '2026-03-20 09:00' },
  { name: 'one in progress', given: { ...request, status: 'IN_PROGRESS' }, due: '2026-03-20 09:00' },
] as const)('the next promise ends: $name', ({ given, due }) => {
  expect(dueAt(given)).toBe(at(due))
})

test.each(['ON_HOLD', 'RESOLVED', 'CLOSED', 'DUPLICATE', 'DECLINED', 'CANCELLED'] as const)(
  'no promise runs for %s',
  (status) => {
    expect(dueAt({ ...request, status })).toBeNull()
  },
)

test('a column stands by due time, then by priority, then without any promise', () => {
  const due = (resolutionDueAt: number | null, priority: 'URGENT' | 'LOW') =>
    boardOrder({ ...request, status: 'ASSIGNED', resolutionDueAt, priority })
  const order = [due(5, 'LOW'), due(10, 'URGENT'), due(10, 'LOW'), due(null, 'URGENT'), due(null, 'LOW')]
  expect(order).toEqual(order.toSorted((a, b) => a - b))
})

test('what is on hold stands by the day it waits for, what waits for no day comes last', () => {
  const held = (holdUntil: number | null) => boardOrder({ ...request, status: 'ON_HOLD', holdUntil })
  expect([held(1) < held(2), held(2) < held(null)]).toEqual([true, true])
})

test('among the resolved the latest stands first', () => {
  const resolved = (completedAt: number | null) => boardOrder({ ...request, status: 'RESOLVED', completedAt })
  expect([resolved(2) < resolved(1), resolved(1) < resolved(null)]).toEqual([true, true])
})
