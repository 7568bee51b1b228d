// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PersonId, RequestId } from '../../../shared/model/ids'
import type { RequestCard } from '../../../shared/model/request'
import { speak, startTexts } from '../../lib/texts'
import { BoardFocus } from './board-focus'
import { BoardStore } from './board-store'
import { CardSlot } from './card-slot'

startTexts('en')
beforeEach(() => speak('en'))
afterEach(cleanup)

const id = '0198a000-0000-7000-8000-000000000142' as RequestId

function cardOf(over: Partial<RequestCard> = {}): RequestCard {
  return {
    id,
    number: '142',
    title: 'Leak under the kitchen sink',
    place: 'Linden Court, flat 34',
    status: 'ASSIGNED',
    priority: 'HIGH',
    boardOrder: 1,
    createdAt: Date.now() - 82.5 * 60_000,
    dueAt: null,
    dueFrom: null,
    holdReason: null,
    holdUntil: null,
    completedAt: null,
    assignee: { id: '0198a000-0000-7000-8000-000000000001' as PersonId, name: 'Marek Novak' },
    takenAt: null,
    photoCount: 0,
    commentCount: 0,
    unreadCount: 0,
    reopenedCount: 0,
    thumbnail: null,
    version: 1,
    ...over,
  }
}

function show(card: RequestCard) {
  const store = new BoardStore()
  const counts = { ...store.counts.get() }
  store.open({ columns: [{ status: 'ASSIGNED', cards: [card], hasMore: false }], counts })
  if (card.status !== 'ASSIGNED') store.apply([card], counts)
  render(
    <ul>
      <CardSlot
        store={store}
        focus={new BoardFocus(store)}
        id={id}
        index={0}
        isOpen={false}
        isTabStop
        measure={() => undefined}
      />
    </ul>,
  )
  const item = screen.getByRole('listitem')
  return {
    item,
    change: (next: RequestCard) => {
      act(() => {
        store.apply([next], counts)
      })
    },
  }
}

test('is named by its number and title, then what else counts', () => {
  const { item } = show(cardOf())
  expect(item.getAttribute('aria-label')).toBe('142 Leak under the kitchen sink, Linden Court, flat 34, High')
})

test('a request without words says that it has pictures', () => {
  expect(show(cardOf({ title: '' })).item.getAttribute('aria-label')).toMatch(/^142 Pictures without words/)
})

test('names who has it, or how long it waits', () => {
  const { item, change } = show(cardOf())
  expect(item.textContent).toContain('Marek')
  change(cardOf({ version: 2, assignee: null }))
  expect(item.textContent).toContain('1 h 22')
})

test('unread replies take the place of the comments', () => {
  const { item, change } = show(cardOf({ commentCount: 7 }))
  expect(item.textContent).toContain('7')
  change(cardOf({ version: 2, commentCount: 7, unreadCount: 2 }))
  expect(item.textContent).not.toContain('7')
})

test('a new card shows its photo, and a mark when the file is not there', () => {
  show(cardOf({ status: 'OPEN', assignee: null, thumbnail: 'a'.repeat(64), photoCount: 1, version: 2 }))
  const photo = screen.getByRole('img', { name: 'Photo of the resident' })
  expect(photo.getAttribute('src')).toBe(`app://files/${'a'.repeat(64)}?w=80`)
  fireEvent.error(photo)
  expect(screen.queryByRole('img', { name: 'Photo of the resident' })).toBeNull()
})

test('a held card tells what it waits for', () => {
  const { item } = show(cardOf({ status: 'ON_HOLD', holdReason: 'Parts: belt ordered', version: 2 }))
  expect(item.textContent).toContain('Parts: belt ordered')
})
