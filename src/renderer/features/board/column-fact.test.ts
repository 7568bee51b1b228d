// @vitest-environment jsdom
import { expect, test } from 'vitest'
import type { RequestCard } from '../../../shared/model/request'
import type { BoardStatus } from '../../../shared/model/vocabulary'
import { currentText, startTexts } from '../../lib/texts'
import { readFact } from './column-fact'
import { ColumnList } from './column-list'

const HOUR = 3_600_000
const NOW = new Date(2026, 2, 9, 10, 42).getTime()

startTexts('en')

function factOf(status: BoardStatus, cards: readonly Partial<RequestCard>[], hasMore = false) {
  const column = new ColumnList()
  cards.forEach((over, boardOrder) => {
    const none = { dueAt: null, holdUntil: null, completedAt: null, createdAt: NOW - HOUR }
    column.insert({ id: String(boardOrder), boardOrder, status, ...none, ...over } as RequestCard)
  })
  if (hasMore) column.setEnd({ id: 'z', boardOrder: cards.length } as RequestCard)
  return readFact(status, column, NOW, 'en', currentText())?.text ?? null
}

const late = { dueAt: NOW - HOUR }
const inTime = { dueAt: NOW + HOUR }

test.each([
  ['nothing to tell', 'OPEN', [inTime], false, null],
  ['overdue wins', 'ASSIGNED', [late, { ...inTime, createdAt: NOW - 90 * HOUR }], false, '1 overdue'],
  ['the overdue stand first, so a later page holds none', 'OPEN', [late, late, inTime], true, '2 overdue'],
  ['all that is loaded is overdue', 'OPEN', [late, late], true, '2+ overdue'],
  ['the oldest', 'IN_PROGRESS', [{ createdAt: NOW - 80 * HOUR }, {}], false, 'oldest 3 d'],
  ['the oldest may not be loaded yet', 'IN_PROGRESS', [{ createdAt: NOW - 80 * HOUR }], true, null],
  ['the next hold to end', 'ON_HOLD', [{ holdUntil: NOW + HOUR }, {}], true, 'next today'],
  ['resolved today', 'RESOLVED', [{ completedAt: NOW }, { completedAt: NOW - 30 * HOUR }], true, 'today 1'],
  ['more may have been resolved today', 'RESOLVED', [{ completedAt: NOW }], true, null],
] as const)('%s', (_name, status, cards, hasMore, expected) => {
  expect(factOf(status, cards, hasMore)).toBe(expected)
})
