import { Board } from '../features/board/board'
import { closeRequest, openRequest, useRoute } from '../lib/routes'
import { useStore } from '../lib/use-store'
import { board, boardFocus, loadMore, refillBoard } from './desk-board'
import { openMoveMenu } from './dispatch'
import { Later } from './later'
import { neighbourOf } from './neighbours'
import { inUse } from './painted'
import { CardMenu, DragLayer, OTHER_SCREENS, Panel, Phone } from './screens'
import classes from './shell.module.css'

type Props = {
  readonly hasPhone: boolean
  readonly isPainted: boolean
  readonly onNewRequest: () => void
}

/** The screen that is shown, and beside it the open request or the practice phone. */
export function Desk({ hasPhone, isPainted, onNewRequest }: Props) {
  const { screen, requestId } = useRoute()
  const side = requestId === null ? (hasPhone ? 'phone' : 'none') : 'panel'
  return (
    <div className={classes.desk} data-side={side}>
      <main className={classes.screen}>
        {screen === 'board' ? (
          <Board
            store={board}
            focus={boardFocus}
            openId={requestId}
            onOpen={openRequest}
            onMenu={openMoveMenu}
            onNearEnd={loadMore}
            onTryAgain={refillBoard}
            onNewRequest={onNewRequest}
          />
        ) : (
          <Later key={screen}>{OTHER_SCREENS[screen]}</Later>
        )}
        {screen === 'board' ? <BoardTools isPainted={isPainted} /> : null}
      </main>
      <div className={classes.side}>
        {requestId === null ? null : (
          <Later>
            <Panel
              requestId={requestId}
              neighbour={neighbourOf}
              onOpen={openRequest}
              onClose={closeRequest}
            />
          </Later>
        )}
        {side === 'phone' && isPainted ? (
          <Later>
            <Phone />
          </Later>
        ) : null}
      </div>
    </div>
  )
}

/** The two ways to move a card: dragging it, and the menu of the columns. */
function BoardTools({ isPainted }: { isPainted: boolean }) {
  const isInUse = useStore(inUse)
  return (
    <>
      {isPainted ? (
        <Later isBare>
          <DragLayer store={board} focus={boardFocus} />
        </Later>
      ) : null}
      {isInUse ? (
        <Later>
          <CardMenu />
        </Later>
      ) : null}
    </>
  )
}
