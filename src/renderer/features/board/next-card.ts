import type { RequestId } from '../../../shared/model/ids'
import type { BoardStore } from './board-store'
import { COLUMNS } from './columns'

/** The keys that lead from card to card. */
export type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End'

const DIRECTIONS: ReadonlySet<string> = new Set<Direction>([
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
])

/** Whether a key leads from card to card. */
export function isDirection(key: string): key is Direction {
  return DIRECTIONS.has(key)
}

/** The card that a key leads to; null when there is none that way. Empty columns are passed over. */
export function nextCard(store: BoardStore, from: RequestId, direction: Direction): RequestId | null {
  const place = store.placeOf(from)
  if (!place) return null
  const { status, index } = place
  switch (direction) {
    case 'ArrowUp':
      return store.idAt(status, index - 1)
    case 'ArrowDown':
      return store.idAt(status, index + 1)
    case 'Home':
      return store.idAt(status, 0)
    case 'End':
      return store.idAt(status, store.column(status).cards.size - 1)
    case 'ArrowLeft':
      return sideways(store, COLUMNS.slice(0, COLUMNS.indexOf(status)).reverse(), index)
    case 'ArrowRight':
      return sideways(store, COLUMNS.slice(COLUMNS.indexOf(status) + 1), index)
  }
}

function sideways(
  store: BoardStore,
  columns: readonly (typeof COLUMNS)[number][],
  index: number,
): RequestId | null {
  const column = columns.find((status) => store.column(status).cards.size > 0)
  if (!column) return null
  return store.idAt(column, Math.min(index, store.column(column).cards.size - 1))
}
