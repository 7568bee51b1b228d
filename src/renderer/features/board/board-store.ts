import type { RequestId } from '../../../shared/model/ids'
import type { ColumnPage, RequestCard, StatusCounts } from '../../../shared/model/request'
import type { BoardStatus } from '../../../shared/model/vocabulary'
import { createStore, type Store } from '../../lib/store'
import { ColumnList } from './column-list'
import { LeftCards } from './left-cards'
import { COLUMNS, columnOf, factTime, lateTime } from './columns'

/** What `board.open` answers. */
export type OpenedBoard = { readonly columns: readonly ColumnPage[]; readonly counts: StatusCounts }

/** Where the board is on its way to being shown. */
export type BoardPhase = 'loading' | 'ready' | 'failed'

type Guess = { readonly shown: RequestCard; readonly base: RequestCard }

const NO_COUNTS: StatusCounts = {
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

/**
 * The cards of the board. Main pages them in and pushes what changes; components watch one card or one
 * column each, so that a change costs the same however many are loaded.
 */
export class BoardStore {
  readonly phase: Store<BoardPhase> = createStore<BoardPhase>('loading')
  readonly counts: Store<StatusCounts> = createStore(NO_COUNTS)
  readonly #columns = new Map(COLUMNS.map((status) => [status, new ColumnList()]))
  /** What main said last about each loaded card. */
  readonly #told = new Map<RequestId, RequestCard>()
  /** What the board shows: as told, or as a move that main has not answered yet would make it. */
  readonly #shown = new Map<RequestId, RequestCard>()
  readonly #guesses = new Map<RequestId, Guess>()
  readonly #watchers = new Map<RequestId, Set<() => void>>()
  /** Cards pushed while a page is on its way: the page may have been read before them. */
  readonly #meanwhile = new Map<RequestId, RequestCard>()
  #countsMeanwhile: StatusCounts | null = null
  readonly #fresh = new Set<RequestId>()
  readonly #left = new LeftCards()
  #toldCounts: StatusCounts = NO_COUNTS
  #loading = 0

  column(status: BoardStatus): ColumnList {
    const column = this.#columns.get(status)
    if (!column) throw new Error(`No column ${status}`)
    return column
  }

  card(id: RequestId): RequestCard | undefined {
    return this.#shown.get(id)
  }

  watchCard(id: RequestId, listener: () => void): () => void {
    const watchers = this.#watchers.get(id) ?? new Set()
    this.#watchers.set(id, watchers)
    watchers.add(listener)
    return () => {
      watchers.delete(listener)
      if (watchers.size === 0 && this.#watchers.get(id) === watchers) this.#watchers.delete(id)
    }
  }

  /** Where a shown card stands; null when it is not on the board. */
  placeOf(id: RequestId): { readonly status: BoardStatus; readonly index: number } | null {
    const card = this.#shown.get(id)
    const status = card ? columnOf(card.status) : null
    if (!card || status === null) return null
    return { status, index: this.column(status).cards.rank({ order: card.boardOrder, id }) }
  }

  /** The id at a place of a column. */
  idAt(status: BoardStatus, index: number): RequestId | null {
    return this.column(status).cards.at(index)?.id ?? null
  }

  /** True once for a card that has just arrived in New, so that it slides in once. */
  takeFresh(id: RequestId): boolean {
    return this.#fresh.delete(id)
  }

  /** Says that a page or the whole board was asked for; answer with `open`, `addPage` or `giveUp`. */
  expect(): void {
    this.#loading += 1
  }

  /** The answer to a request for data did not come. */
  giveUp(): void {
    this.#arrived()
  }

  /** Shows the board as main has just read it, in place of what was there. */
  open({ columns, counts }: OpenedBoard): void {
    const before = [...this.#shown.keys()]
    const told = [...this.#told.values()]
    for (const column of this.#columns.values()) column.clear()
    this.#told.clear()
    this.#shown.clear()
    for (const page of columns) this.#fill(page)
    for (const card of told) if (!this.#told.has(card.id)) this.#left.remember(card)
    for (const guess of [...this.#guesses.values()]) this.#reapply(guess)
    this.#setCounts(this.#countsMeanwhile ?? counts)
    this.#arrived()
    for (const id of before) this.#notify(id)
    for (const column of this.#columns.values()) column.touch()
    this.phase.set('ready')
  }

  /** Adds the next page of a column. */
  addPage(page: ColumnPage): void {
    this.#fill(page)
    this.#arrived()
    this.column(page.status).touch()
  }

  /** Takes what main pushed: the cards as they are now and the counts that go with them. */
  apply(cards: readonly RequestCard[], counts: StatusCounts): void {
    for (const card of cards) {
      const isNew = card.status === 'OPEN' && card.reopenedCount === 0 && !this.#shown.has(card.id)
      if (isNew && this.phase.get() === 'ready' && this.column('OPEN').reaches(card)) this.#fresh.add(card.id)
      this.#tell(card)
    }
    if (this.#loading > 0) this.#countsMeanwhile = counts
    this.#setCounts(counts)
  }

  /** Takes the answer to an action: the card as it is now. The counts follow as a push. */
  settle(card: RequestCard): void {
    this.#tell(card)
    this.#publishCounts()
  }

  /** Shows at once what an action will probably make of a card. */
  guess(shown: RequestCard): void {
    const base = this.#told.get(shown.id)
    if (!base) return
    this.#guesses.set(shown.id, { shown, base })
    this.#show(shown)
    this.#publishCounts()
  }

  /** Puts a card back where main has it. */
  withdraw(id: RequestId): void {
    if (!this.#guesses.delete(id)) return
    const told = this.#told.get(id)
    if (told) this.#show(told)
    this.#publishCounts()
  }

  #fill({ status, cards, hasMore }: ColumnPage): void {
    const column = this.column(status)
    // The end first: what main pushed since may already belong to this page.
    column.setEnd(hasMore ? (cards.at(-1) ?? null) : null)
    for (const card of cards) this.#tell(card, false)
  }

  #arrived(): void {
    this.#loading = Math.max(0, this.#loading - 1)
    for (const card of this.#meanwhile.values()) this.#tell(card)
    if (this.#loading > 0) return
    this.#meanwhile.clear()
    this.#countsMeanwhile = null
  }

  #tell(card: RequestCard, isNews = true): void {
    const known = this.#told.get(card.id)?.version ?? this.#left.versionOf(card.id)
    if (card.version < known) return
    if (isNews && this.#loading > 0) this.#meanwhile.set(card.id, card)
    this.#told.set(card.id, card)
    const guess = this.#guesses.get(card.id)
    if (guess && card.version <= guess.base.version) return
    this.#guesses.delete(card.id)
    this.#show(card)
  }

  #reapply(guess: Guess): void {
    if (this.#told.has(guess.base.id)) this.#show(guess.shown)
    else this.#guesses.delete(guess.base.id)
  }

  #show(card: RequestCard): void {
    const before = this.#shown.get(card.id)
    const from = before ? columnOf(before.status) : null
    const to = this.#columnFor(card)
    if (before && from !== null && from === to && isSamePlace(before, card)) {
      this.#shown.set(card.id, card)
    } else {
      if (before && from !== null) this.column(from).remove(before)
      this.#place(card, to)
      this.#touch(from, to)
    }
    this.#notify(card.id)
  }

  /** The column in which a card is shown; null past the loaded part and off the board. */
  #columnFor(card: RequestCard): BoardStatus | null {
    const status = columnOf(card.status)
    if (status === null) return null
    return this.column(status).reaches(card) || this.#guesses.has(card.id) ? status : null
  }

  #place(card: RequestCard, to: BoardStatus | null): void {
    if (to === null) {
      this.#shown.delete(card.id)
      // What is past the loaded part is read again when its page comes.
      if (this.#guesses.has(card.id)) return
      this.#told.delete(card.id)
      this.#left.remember(card)
      return
    }
    this.#shown.set(card.id, card)
    this.column(to).insert(card)
  }

  #touch(from: BoardStatus | null, to: BoardStatus | null): void {
    if (from !== null) this.column(from).touch()
    if (to !== null && to !== from) this.column(to).touch()
  }

  #notify(id: RequestId): void {
    const watchers = this.#watchers.get(id)
    if (watchers) for (const watcher of [...watchers]) watcher()
  }

  #setCounts(counts: StatusCounts): void {
    this.#toldCounts = counts
    this.#publishCounts()
  }

  #publishCounts(): void {
    const counts = { ...this.#toldCounts }
    for (const { base, shown } of this.#guesses.values()) {
      counts[base.status] -= 1
      counts[shown.status] += 1
    }
    if (COLUMNS.some((status) => counts[status] !== this.counts.get()[status])) this.counts.set(counts)
  }
}

/** Whether a card keeps its place and what the header tells about it. */
function isSamePlace(a: RequestCard, b: RequestCard): boolean {
  return a.boardOrder === b.boardOrder && lateTime(a) === lateTime(b) && factTime(a) === factTime(b)
}
