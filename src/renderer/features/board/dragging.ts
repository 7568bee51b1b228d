import {
  AutoScroller,
  Cursor,
  DragDropManager,
  Draggable,
  Droppable,
  Feedback,
  KeyboardSensor,
  PointerActivationConstraints,
  PointerSensor,
  PreventSelection,
  StyleInjector,
} from '@dnd-kit/dom'
import type { RequestId } from '../../../shared/model/ids'
import type { RequestCard } from '../../../shared/model/request'
import type { BoardStatus } from '../../../shared/model/vocabulary'
import { moveTo } from '../../lib/moves'
import { styleNonce } from '../../lib/nonce'
import type { BoardFocus } from './board-focus'
import type { BoardStore } from './board-store'
import { COLUMNS } from './columns'

/** A press becomes a drag when the pointer has moved this far, in px. */
const DRAG_DISTANCE = 5

/** What a drag leads to. */
export type DragListeners = {
  readonly onLift: (card: RequestCard) => void
  readonly onOver: (column: BoardStatus) => void
  readonly onDrop: (card: RequestCard, column: BoardStatus) => void
  readonly onPutBack: (card: RequestCard) => void
}

function createManager(): DragDropManager {
  return new DragDropManager({
    // Its accessibility plugin is left out: it would turn list items into buttons.
    plugins: [
      AutoScroller,
      Cursor,
      PreventSelection,
      Feedback.configure({ dropAnimation: null }),
      StyleInjector.configure({ nonce: styleNonce() }),
    ],
    sensors: [
      PointerSensor.configure({
        activationConstraints: [new PointerActivationConstraints.Distance({ value: DRAG_DISTANCE })],
      }),
      KeyboardSensor.configure({
        keyboardCodes: {
          start: ['Space'],
          end: ['Space', 'Enter', 'Tab'],
          cancel: ['Escape'],
          up: ['ArrowUp'],
          down: ['ArrowDown'],
          left: ['ArrowLeft'],
          right: ['ArrowRight'],
        },
      }),
    ],
  })
}

function columnElements(): Map<BoardStatus, HTMLElement> {
  const elements = new Map<BoardStatus, HTMLElement>()
  for (const column of COLUMNS) {
    const element = document.querySelector<HTMLElement>(`[data-column="${column}"]`)
    if (element) elements.set(column, element)
  }
  return elements
}

/** Keeps one draggable for each card element that is drawn now. */
function followCards(manager: DragDropManager, focus: BoardFocus): () => void {
  const draggables = new Map<RequestId, Draggable>()
  let isPlanned = false
  const reconcile = () => {
    isPlanned = false
    for (const [id, draggable] of draggables) {
      if (focus.elements.get(id) === draggable.element) continue
      draggable.destroy()
      draggables.delete(id)
    }
    for (const [id, element] of focus.elements) {
      if (!draggables.has(id)) draggables.set(id, new Draggable({ id, element }, manager))
    }
  }
  const leave = focus.elementsChanged.subscribe(() => {
    if (isPlanned) return
    isPlanned = true
    queueMicrotask(reconcile)
  })
  reconcile()
  return () => {
    leave()
    for (const draggable of draggables.values()) draggable.destroy()
  }
}

/** The columns while a card is carried: where it can be dropped, and where it is now. */
class Targets {
  readonly #elements = columnElements()
  readonly #droppables: Droppable[]
  readonly #card: RequestCard

  constructor(manager: DragDropManager, card: RequestCard) {
    this.#card = card
    this.#droppables = [...this.#elements].map(([id, element]) => new Droppable({ id, element }, manager))
    this.mark(null)
  }

  mark(over: BoardStatus | null): void {
    for (const [column, element] of this.#elements) {
      const isPossible = column === this.#card.status || moveTo(this.#card, column) !== null
      if (!isPossible) element.dataset.drop = 'no'
      else if (column === over && column !== this.#card.status) element.dataset.drop = 'over'
      else delete element.dataset.drop
    }
  }

  /** The distance between the middles of two neighbouring columns: one press of an arrow key. */
  get pitch(): number {
    const [first, second] = [...this.#elements.values()].map(
      (element) => element.getBoundingClientRect().left,
    )
    return first === undefined || second === undefined ? 0 : second - first
  }

  leave(): void {
    for (const element of this.#elements.values()) delete element.dataset.drop
    for (const droppable of this.#droppables) droppable.destroy()
  }
}

function columnOfTarget(id: unknown): BoardStatus | null {
  return COLUMNS.find((column) => column === id) ?? null
}

/** Starts to let cards be dragged; gives back the way to stop. */
export function startDragging(store: BoardStore, focus: BoardFocus, listeners: DragListeners): () => void {
  const manager = createManager()
  const unfollow = followCards(manager, focus)
  let targets: Targets | null = null
  const carried = (id: unknown) => store.card(id as RequestId)
  manager.monitor.addEventListener('beforedragstart', ({ operation }) => {
    const card = carried(operation.source?.id)
    if (!card) return
    targets = new Targets(manager, card)
    const keyboard = manager.registry.sensors.get(KeyboardSensor)
    if (keyboard) keyboard.options = { ...keyboard.options, offset: { x: targets.pitch, y: 0 } }
    focus.isDragging = true
    listeners.onLift(card)
  })
  manager.monitor.addEventListener('dragover', ({ operation }) => {
    const over = columnOfTarget(operation.target?.id)
    targets?.mark(over)
    if (over !== null) listeners.onOver(over)
  })
  manager.monitor.addEventListener('dragend', ({ operation, canceled }) => {
    const card = carried(operation.source?.id)
    const column = columnOfTarget(operation.target?.id)
    const byKeyboard = operation.activatorEvent instanceof KeyboardEvent
    targets?.leave()
    targets = null
    // After the click that ends a drag, and after dnd-kit has put the element back.
    setTimeout(() => {
      focus.isDragging = false
      if (!card) return
      if (canceled || column === null || column === card.status) listeners.onPutBack(card)
      else listeners.onDrop(card, column)
      if (byKeyboard)
        requestAnimationFrame(() => {
          focus.to(card.id)
        })
    })
  })
  return () => {
    targets?.leave()
    unfollow()
    manager.destroy()
  }
}
