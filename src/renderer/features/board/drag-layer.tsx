import { useEffect } from 'react'
import { announce } from '../../lib/announce'
import { useDispatch } from '../../lib/dispatch'
import { currentText } from '../../lib/texts'
import type { BoardFocus } from './board-focus'
import type { BoardStore } from './board-store'
import { startDragging } from './dragging'

/** Makes the cards that are drawn draggable. Draws nothing itself, so the board need not wait for it. */
export function DragLayer({ store, focus }: { store: BoardStore; focus: BoardFocus }) {
  const { move } = useDispatch()
  useEffect(
    () =>
      startDragging(store, focus, {
        onLift: ({ number }) => {
          announce(currentText()('board.lifted', { number }))
        },
        onOver: (column) => {
          const t = currentText()
          announce(t('board.over', { column: t(`status.${column}`) }))
        },
        onDrop: move,
        onPutBack: ({ number, status }) => {
          const t = currentText()
          announce(t('board.putBack', { number, column: t(`status.${status}`) }))
        },
      }),
    [store, focus, move],
  )
  return null
}
