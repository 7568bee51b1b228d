import { MoveMenu } from '../features/board/move-menu'
import { useStore } from '../lib/use-store'
import { boardFocus } from './desk-board'
import { moveMenu } from './dispatch'

/** The menu of the columns beside the card it was asked for. */
export function CardMenu() {
  const menu = useStore(moveMenu)
  if (menu === null) return null
  return (
    <MoveMenu
      key={menu.card.id}
      card={menu.card}
      anchor={menu.anchor}
      onClose={() => {
        moveMenu.set(null)
        boardFocus.to(menu.card.id)
      }}
    />
  )
}
