import { type CSSProperties, useEffect, useRef, useState } from 'react'
import type { RequestId } from '../../../shared/model/ids'
import type { BoardStatus } from '../../../shared/model/vocabulary'
import { useMedia } from '../../lib/use-media'
import { useText } from '../../lib/texts'
import { useStore } from '../../lib/use-store'
import classes from './board.module.css'
import type { BoardFocus } from './board-focus'
import type { BoardStore } from './board-store'
import { BoardFailed, NothingBroken } from './board-states'
import { Column } from './column'
import { COLUMNS } from './columns'
import { FoldedColumn } from './folded-column'
import { useBoardKeys } from './use-board-keys'

/** Columns that give way when the room is short. */
const FOLDING: readonly BoardStatus[] = ['ON_HOLD', 'RESOLVED']
const SHORT_OF_ROOM = '(max-width: 1379px)'

type Props = {
  readonly store: BoardStore
  readonly focus: BoardFocus
  readonly openId: RequestId | null
  readonly onOpen: (id: RequestId) => void
  readonly onMenu: (id: RequestId, anchor: HTMLElement) => void
  readonly onNearEnd: (status: BoardStatus) => void
  readonly onTryAgain: () => void
  readonly onNewRequest: () => void
}

/** The board: what is new, who has what, what waits, what is done. */
export function Board({ store, focus, openId, onOpen, onMenu, onNearEnd, onTryAgain, onNewRequest }: Props) {
  const t = useText()
  const root = useRef<HTMLElement>(null)
  const phase = useStore(store.phase)
  const counts = useStore(store.counts)
  const folds = useFolds(openId !== null)
  useBoardKeys(root, { store, focus, onOpen, onMenu })
  const isEmpty = phase === 'ready' && COLUMNS.every((status) => counts[status] === 0)
  return (
    <section
      ref={root}
      className={classes.board}
      aria-label={t('board.name')}
      aria-busy={phase === 'loading'}
      style={folds.style}
    >
      {COLUMNS.map((status) =>
        folds.isFolded(status) ? (
          <FoldedColumn key={status} store={store} status={status} onUnfold={folds.unfold(status)} />
        ) : (
          <Column
            key={status}
            store={store}
            focus={focus}
            status={status}
            openId={openId}
            phase={phase}
            onNearEnd={onNearEnd}
          />
        ),
      )}
      {isEmpty ? <NothingBroken onNewRequest={onNewRequest} /> : null}
      {phase === 'failed' ? <BoardFailed onTryAgain={onTryAgain} /> : null}
    </section>
  )
}

function useFolds(isPanelOpen: boolean) {
  const isShort = useMedia(SHORT_OF_ROOM) && isPanelOpen
  const [unfolded, setUnfolded] = useState<BoardStatus | null>(null)
  useEffect(() => {
    if (!isShort) setUnfolded(null)
  }, [isShort])
  const isFolded = (status: BoardStatus) => isShort && FOLDING.includes(status) && status !== unfolded
  const tracks = COLUMNS.map((status) => (isFolded(status) ? '36px' : 'minmax(0, 1fr)')).join(' ')
  const style: CSSProperties = isShort ? { gridTemplateColumns: tracks } : {}
  const unfold = (status: BoardStatus) => () => {
    setUnfolded(status)
  }
  return { isFolded, unfold, style }
}
