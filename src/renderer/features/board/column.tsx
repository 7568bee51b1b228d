import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { RequestId } from '../../../shared/model/ids'
import type { BoardStatus } from '../../../shared/model/vocabulary'
import { useText } from '../../lib/texts'
import { useStore } from '../../lib/use-store'
import type { BoardFocus } from './board-focus'
import type { BoardPhase, BoardStore } from './board-store'
import { CardSlot } from './card-slot'
import classes from './column.module.css'
import { ColumnHeader } from './column-header'
import { SkeletonCards } from './skeleton-cards'
import { useColumnVersion } from './use-board'

/** Height of a usual card with its gap; the real one is measured when it is drawn. */
const USUAL_HEIGHT = 122
/** What is above the cards of a column: the bar at the top and the column's own header, in px. */
const ABOVE_CARDS = 84
/** Cards beyond the edges: none for the first painting, then enough to scroll without gaps. */
const OVERSCAN = 5
/** The next page is asked for when this many cards are left below. */
const NEAR_END = 20

type Props = {
  readonly store: BoardStore
  readonly focus: BoardFocus
  readonly status: BoardStatus
  readonly openId: RequestId | null
  readonly phase: BoardPhase
  readonly onNearEnd: (status: BoardStatus) => void
}

/** One column: its header stays, its cards scroll, and only those in sight are in the page. */
export function Column({ store, focus, status, openId, phase, onNearEnd }: Props) {
  const t = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const version = useColumnVersion(store, status)
  const isSettled = useSettled()
  const virtualizer = useColumnVirtualizer(store, status, { version, scroller, isSettled })
  const tabStop = useTabStop(store, focus, status)
  const items = virtualizer.getVirtualItems()
  useEffect(() => focus.column(status, virtualizer.scrollToIndex), [focus, status, virtualizer])
  useNearEnd(store, status, items.at(-1)?.index ?? 0, onNearEnd)
  const isEmpty = phase === 'ready' && store.column(status).cards.size === 0
  return (
    <div className={classes.column} data-column={status}>
      <ColumnHeader store={store} status={status} version={version} isReady={phase === 'ready'} />
      <div ref={scroller} className={classes.scroller}>
        {phase === 'loading' ? <SkeletonCards column={status} /> : null}
        <ul
          className={classes.cards}
          aria-label={t(`status.${status}`)}
          style={{ height: virtualizer.getTotalSize(), paddingTop: items[0]?.start ?? 0 }}
        >
          {items.map(({ index, key }) => (
            <CardSlot
              key={key}
              store={store}
              focus={focus}
              id={key as RequestId}
              index={index}
              isOpen={key === openId}
              isTabStop={key === tabStop}
              measure={isSettled ? virtualizer.measureElement : null}
            />
          ))}
        </ul>
        {isEmpty ? <p className={classes.empty}>{t(`column.empty.${status}`)}</p> : null}
      </div>
    </div>
  )
}

/** The card at which Tab enters the column: the one that had the keyboard last, or the first. */
function useTabStop(store: BoardStore, focus: BoardFocus, status: BoardStatus): RequestId | null {
  const last = useStore(focus.last(status))
  const isHere = last !== null && store.placeOf(last)?.status === status
  return isHere ? last : store.idAt(status, 0)
}

/** False for the first painting, which needs neither heights nor cards out of sight. */
function useSettled(): boolean {
  const [isSettled, setSettled] = useState(false)
  useEffect(() => {
    const idle = requestIdleCallback(() => {
      setSettled(true)
    })
    return () => {
      cancelIdleCallback(idle)
    }
  }, [])
  return isSettled
}

type Drawing = {
  readonly version: number
  readonly scroller: React.RefObject<HTMLDivElement | null>
  readonly isSettled: boolean
}

function useColumnVirtualizer(
  store: BoardStore,
  status: BoardStatus,
  { version, scroller, isSettled }: Drawing,
): Virtualizer<HTMLDivElement, HTMLElement> {
  // A new function whenever the order changes: the virtualizer then asks for every key again.
  const getItemKey = useCallback(
    (index: number) => (version >= 0 ? store.idAt(status, index) : null) ?? index,
    [store, status, version],
  )
  return useVirtualizer<HTMLDivElement, HTMLElement>({
    count: store.column(status).cards.size,
    getScrollElement: () => scroller.current,
    estimateSize: () => USUAL_HEIGHT,
    getItemKey,
    overscan: isSettled ? OVERSCAN : 0,
    paddingEnd: 8,
    // So that the first drawing already has cards in it, before anything was measured.
    initialRect: { width: 0, height: window.innerHeight - ABOVE_CARDS },
  })
}

/** Asks for the next page when the end comes near. */
function useNearEnd(
  store: BoardStore,
  status: BoardStatus,
  lastDrawn: number,
  onNearEnd: (status: BoardStatus) => void,
): void {
  const { hasMore, cards } = store.column(status)
  const loaded = cards.size
  const isNear = hasMore && lastDrawn >= loaded - NEAR_END
  const loadMore = useEffectEvent(() => {
    onNearEnd(status)
  })
  useEffect(() => {
    if (isNear) loadMore()
  }, [isNear, loaded])
}
