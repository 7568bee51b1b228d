import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RequestId } from '../../../shared/model/ids'
import type { ColumnPage, RequestCard, StatusCounts } from '../../../shared/model/request'
import type { BoardStatus, Status } from '../../../shared/model/vocabulary'
import { BoardStore } from './board-store'
import { COLUMNS } from './columns'

const idOf = (n: number) => `0198a000-0000-7000-8000-${String(n).padStart(12, '0')}` as RequestId

function cardOf(n: number, over: Partial<RequestCard> = {}): RequestCard {
  return {
    id: idOf(n),
    number: String(n),
    title: `Request ${String(n)}`,
    place: '',
    status: 'OPEN',
    priority: 'MEDIUM',
    boardOrder: n,
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
    ...over,
  }
}

const byPlace = (a: RequestCard, b: RequestCard) => a.boardOrder - b.boardOrder || (a.id < b.id ? -1 : 1)

/** The main process, the naive way: every card in one list. */
class Office {
  readonly cards = new Map<RequestId, RequestCard>()

  column(status: BoardStatus): RequestCard[] {
    return [...this.cards.values()].filter((card) => card.status === status).sort(byPlace)
  }

  counts(): StatusCounts {
    const counts: StatusCounts = {
      OPEN: 0,
      ASSIGNED: 0,
      IN_PROGRESS: 0,
      ON_HOLD: 0,
      RESOLVED: 0,
      CLOSED: 0,
      DUPLICATE: 0,
      DECLINED: 0,
      CANCELLED: 0,
    }
    for (const { status } of this.cards.values()) counts[status] += 1
    return counts
  }

  page(status: BoardStatus, after: { order: number; id: string } | null, limit: number): ColumnPage {
    const rest = this.column(status).filter(
      ({ boardOrder, id }) =>
        after === null || boardOrder > after.order || (boardOrder === after.order && id > after.id),
    )
    return { status, cards: rest.slice(0, limit), hasMore: rest.length > limit }
  }

  open(limit: number) {
    return { columns: COLUMNS.map((status) => this.page(status, null, limit)), counts: this.counts() }
  }
}

function shownIds(store: BoardStore, status: BoardStatus): RequestId[] {
  const { cards } = store.column(status)
  return Array.from({ length: cards.size }, (_, index) => store.idAt(status, index)).filter(
    (id) => id !== null,
  )
}

function opened(cards: readonly RequestCard[], limit = 3): { office: Office; store: BoardStore } {
  const office = new Office()
  for (const card of cards) office.cards.set(card.id, card)
  const store = new BoardStore()
  store.expect()
  store.open(office.open(limit))
  return { office, store }
}

type Step =
  | { readonly kind: 'change'; readonly n: number; readonly status: Status; readonly order: number }
  | { readonly kind: 'ask'; readonly column: BoardStatus }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'answer' }
  | { readonly kind: 'late'; readonly n: number }

const STATUSES = [...COLUMNS, 'CLOSED', 'DECLINED'] as const
const change = fc.record({
  kind: fc.constant('change' as const),
  n: fc.nat(14),
  status: fc.constantFrom(...STATUSES),
  order: fc.nat(12),
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: change },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('ask' as const), column: fc.constantFrom(...COLUMNS) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('answer' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('late' as const), n: fc.nat(14) }) },
)

/** A window and an office between which answers take their time. */
class Day {
  readonly office: Office
  readonly store: BoardStore
  #answer: (() => void) | null = null
  readonly #history = new Map<RequestId, RequestCard>()

  constructor(cards: readonly RequestCard[]) {
    const { office, store } = opened(cards)
    this.office = office
    this.store = store
  }

  take(step: Step): void {
    if (step.kind === 'change') this.#change(step.n, step.status, step.order)
    else if (step.kind === 'late') this.#late(step.n)
    else if (step.kind === 'answer') this.answer()
    else if (this.#answer === null)
      this.#answer = step.kind === 'ask' ? this.#ask(step.column) : this.#reopen()
  }

  answer(): void {
    this.#answer?.()
    this.#answer = null
  }

  #change(n: number, status: Status, boardOrder: number): void {
    const before = this.office.cards.get(idOf(n))
    if (before) this.#history.set(before.id, before)
    const after = cardOf(n, { status, boardOrder, version: (before?.version ?? 0) + 1 })
    this.office.cards.set(after.id, after)
    this.store.apply([after], this.office.counts())
  }

  /** The answer to an action arrives after a push that is newer than it. */
  #late(n: number): void {
    const old = this.#history.get(idOf(n))
    if (old) this.store.settle(old)
  }

  /** The office reads the page now; it arrives later. */
  #ask(column: BoardStatus): (() => void) | null {
    const { end } = this.store.column(column)
    if (end === null) return null
    this.store.expect()
    const page = this.office.page(column, end, 3)
    return () => {
      this.store.addPage(page)
    }
  }

  #reopen(): () => void {
    this.store.expect()
    const board = this.office.open(3)
    return () => {
      this.store.open(board)
    }
  }
}

describe('the board’s store', () => {
  test('shows exactly the loaded part of what the office has, whatever comes in which order', () => {
    const orders = fc.array(fc.nat(12), { maxLength: 25, size: 'max' })
    const steps = fc.array(step, { maxLength: 60, size: 'max' })
    const holds = (places: number[], taken: Step[]) => {
      const day = new Day(places.map((boardOrder, n) => cardOf(n, { boardOrder })))
      for (const next of taken) day.take(next)
      day.answer()
      const { office, store } = day
      for (const status of COLUMNS) {
        const column = store.column(status)
        const expected = office.column(status).filter((card) => column.reaches(card))
        expect(shownIds(store, status).map((id) => store.card(id))).toEqual(expected)
        if (!column.hasMore) expect(column.cards.size).toBe(office.column(status).length)
      }
      expect(COLUMNS.map((status) => store.counts.get()[status])).toEqual(
        COLUMNS.map((status) => office.counts()[status]),
      )
    }
    fc.assert(fc.property(orders, steps, holds), { numRuns: 300 })
  })

  test('an older version of a card is ignored', () => {
    const { store, office } = opened([cardOf(1, { version: 5, title: 'new words' })])
    store.apply([cardOf(1, { version: 4, title: 'old words' })], office.counts())
    expect(store.card(idOf(1))?.title).toBe('new words')
  })

  test('a card that is changed tells its watchers and nobody else', () => {
    const { store, office } = opened([cardOf(1), cardOf(2)])
    const told: string[] = []
    store.watchCard(idOf(1), () => told.push('1'))
    store.watchCard(idOf(2), () => told.push('2'))
    store.column('OPEN').changed.subscribe(() => told.push('column'))
    store.apply([cardOf(1, { version: 2, commentCount: 1 })], office.counts())
    expect(told).toEqual(['1'])
  })

  test('a move is shown at once, with its counts, and put back when it is refused', () => {
    const { store } = opened([cardOf(1), cardOf(2)])
    store.guess({ ...cardOf(1), status: 'ASSIGNED' })
    const moved = [shownIds(store, 'OPEN'), shownIds(store, 'ASSIGNED'), store.counts.get().ASSIGNED]
    store.withdraw(idOf(1))
    const back = [shownIds(store, 'OPEN'), shownIds(store, 'ASSIGNED'), store.counts.get().ASSIGNED]
    expect({ moved, back }).toEqual({
      moved: [[idOf(2)], [idOf(1)], 1],
      back: [[idOf(1), idOf(2)], [], 0],
    })
  })

  test('the answer to a move takes the place of the guess', () => {
    const { store, office } = opened([cardOf(1)])
    store.guess({ ...cardOf(1), status: 'ASSIGNED' })
    const answer = cardOf(1, { status: 'IN_PROGRESS', version: 2 })
    office.cards.set(answer.id, answer)
    store.settle(answer)
    store.apply([answer], office.counts())
    store.withdraw(idOf(1))
    expect([shownIds(store, 'IN_PROGRESS'), store.counts.get().IN_PROGRESS]).toEqual([[idOf(1)], 1])
  })

  test('a new card is fresh once, and only a new one', () => {
    const { store, office } = opened([cardOf(1)])
    store.apply([cardOf(2), cardOf(1, { version: 2 }), cardOf(3, { reopenedCount: 1 })], office.counts())
    expect([2, 2, 1, 3].map((n) => store.takeFresh(idOf(n)))).toEqual([true, false, false, false])
  })

  test('one change costs the same with many cards loaded as with few', () => {
    const cost = (loaded: number): number => {
      const cards = Array.from({ length: loaded }, (_, n) => cardOf(n))
      const { store, office } = opened(cards, loaded)
      const counts = office.counts()
      const started = performance.now()
      for (let version = 2; version < 2002; version += 1) {
        store.apply([cardOf(version % loaded, { version, boardOrder: (version * 7919) % loaded })], counts)
      }
      return performance.now() - started
    }
    cost(100)
    const few = Math.min(cost(100), cost(100), cost(100))
    const many = Math.min(cost(20_000), cost(20_000), cost(20_000))
    // Generous, because machines are noisy; copying 20,000 ids would be hundreds of times as much.
    expect(many / few).toBeLessThan(12)
  })
})
