import type { RequestId } from '../../../shared/model/ids'
import type { BoardStatus } from '../../../shared/model/vocabulary'
import { createSignal, createStore, type Signal, type Store } from '../../lib/store'
import type { BoardStore } from './board-store'

/**
 * The keyboard's place on the board. Cards that are scrolled out have no element, so the place is an id: the
 * column is scrolled to it, and its element takes the focus when it appears.
 */
export class BoardFocus {
  /** The elements of the cards that are drawn now, for the drag layer. */
  readonly elements = new Map<RequestId, HTMLElement>()
  readonly elementsChanged: Signal = createSignal()
  readonly #store: BoardStore
  readonly #scrollTo = new Map<BoardStatus, (index: number) => void>()
  /** True while a card is carried: arrow keys then move it, and a click is its drop. */
  isDragging = false
  readonly #last = new Map<BoardStatus, Store<RequestId | null>>()
  #awaited: RequestId | null = null

  constructor(store: BoardStore) {
    this.#store = store
  }

  /** A column tells how it is scrolled to a place. */
  column(status: BoardStatus, scrollTo: (index: number) => void): () => void {
    this.#scrollTo.set(status, scrollTo)
    return () => {
      this.#scrollTo.delete(status)
    }
  }

  /** The card of a column that had the keyboard last. */
  last(status: BoardStatus): Store<RequestId | null> {
    const known = this.#last.get(status) ?? createStore<RequestId | null>(null)
    this.#last.set(status, known)
    return known
  }

  /** A card has got the keyboard. */
  entered(id: RequestId): void {
    const status = this.#store.placeOf(id)?.status
    if (status) this.last(status).set(id)
  }

  /** The element of a card was drawn. */
  mounted(id: RequestId, element: HTMLElement): () => void {
    const status = this.#store.placeOf(id)?.status
    this.elements.set(id, element)
    this.elementsChanged.emit()
    if (this.#awaited === id) this.#take(element)
    return () => {
      const hadFocus = document.activeElement === element
      if (this.elements.get(id) === element) this.elements.delete(id)
      this.elementsChanged.emit()
      // A card that moves to another column keeps the keyboard; one that is scrolled away does not pull back.
      if (hadFocus && this.#store.placeOf(id)?.status !== status) this.#follow(id)
    }
  }

  /** Gives the keyboard to a card, wherever it is. */
  to(id: RequestId): void {
    const place = this.#store.placeOf(id)
    if (!place) return
    const element = this.elements.get(id)
    if (element) {
      this.#take(element)
      return
    }
    this.#awaited = id
    this.#scrollTo.get(place.status)?.(place.index)
  }

  #follow(id: RequestId): void {
    this.#awaited = id
    requestAnimationFrame(() => {
      if (this.#awaited === id) this.to(id)
    })
  }

  #take(element: HTMLElement): void {
    this.#awaited = null
    element.focus({ preventScroll: true })
    element.scrollIntoView({ block: 'nearest' })
  }
}
