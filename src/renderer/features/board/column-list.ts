import type { RequestId } from '../../../shared/model/ids'
import type { RequestCard } from '../../../shared/model/request'
import { createSignal } from '../../lib/store'
import { factTime, lateTime } from './columns'
import { compareEntries, type Entry, OrderedIds } from './ordered-ids'

const LOWEST_ID = ''

function entryOf(card: RequestCard): Entry<RequestId> {
  return { order: card.boardOrder, id: card.id }
}

/** The loaded cards of one column in their order, and what its header tells about them. */
export class ColumnList {
  readonly cards = new OrderedIds<RequestId>()
  readonly #late = new OrderedIds<RequestId>()
  readonly #facts = new OrderedIds<RequestId>()
  /** The end of what is loaded; null when the column is loaded to its end. */
  #end: Entry | null = null
  readonly changed = createSignal()
  /** Rises with every change of order, membership or header facts. */
  version = 0

  get hasMore(): boolean {
    return this.#end !== null
  }

  get end(): Entry | null {
    return this.#end
  }

  /** Says where loading stopped: after this card, or at the end of the column. */
  setEnd(last: RequestCard | null): void {
    this.#end = last === null ? null : entryOf(last)
  }

  /** Whether a card with this position belongs to what is loaded. */
  reaches(card: RequestCard): boolean {
    return this.#end === null || compareEntries(entryOf(card), this.#end) <= 0
  }

  insert(card: RequestCard): void {
    this.cards.add(entryOf(card))
    const late = lateTime(card)
    if (late !== null) this.#late.add({ order: late, id: card.id })
    const fact = factTime(card)
    if (fact !== null) this.#facts.add({ order: fact, id: card.id })
  }

  remove(card: RequestCard): void {
    this.cards.remove(entryOf(card))
    const late = lateTime(card)
    if (late !== null) this.#late.remove({ order: late, id: card.id })
    const fact = factTime(card)
    if (fact !== null) this.#facts.remove({ order: fact, id: card.id })
  }

  clear(): void {
    this.cards.clear()
    this.#late.clear()
    this.#facts.clear()
    this.#end = null
  }

  /** How many loaded cards are overdue. */
  overdue(now: number): number {
    return this.#late.rank({ order: now, id: LOWEST_ID })
  }

  /** The earliest moment among the facts. */
  earliestFact(): number | null {
    return this.#facts.at(0)?.order ?? null
  }

  /** How many facts are at this moment or later. */
  factsSince(at: number): number {
    return this.#facts.size - this.#facts.rank({ order: at, id: LOWEST_ID })
  }

  touch(): void {
    this.version += 1
    this.changed.emit()
  }
}
