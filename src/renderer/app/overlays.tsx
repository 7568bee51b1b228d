import { MoveMenu } from '../features/board/move-menu'
import { useStore } from '../lib/use-store'
import { Ask } from './ask/ask'
import { boardFocus } from './desk-board'
import { moveMenu } from './dispatch'
import { KeyboardHelp } from './keyboard-help'
import { Toasts } from './toasts'

/** What lies over the desk: toasts, the open question, the menu of columns, the list of keys. */
export function Overlays({ isHelpOpen, onCloseHelp }: { isHelpOpen: boolean; onCloseHelp: () => void }) {
  const menu = useStore(moveMenu)
  return (
    <>
      <Toasts />
      <Ask />
      {menu ? (
        <MoveMenu
          key={menu.card.id}
          card={menu.card}
          anchor={menu.anchor}
          onClose={() => {
            moveMenu.set(null)
            boardFocus.to(menu.card.id)
          }}
        />
      ) : null}
      <KeyboardHelp isOpen={isHelpOpen} onClose={onCloseHelp} />
    </>
  )
}
