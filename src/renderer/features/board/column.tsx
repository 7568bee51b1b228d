import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { RequestId } from '../../../shared/model/ids'
import type { BoardStatus } from '../../../shared/model/vocabulary'
import { useText } from '../../lib/texts'
import type { BoardFocus } from './board-focus'
import type { BoardStore } from './board-store'
import { CardSlot } from './card-slot'
import classes from './column.module.css'
import { ColumnHeader } from './column-header'
import { SkeletonCards } from './skeleton-cards'
import { useColumnVersion } from './use-board'

/** Height of a usual card with its gap; the real one is measured when it is drawn. */
const USUAL_HEIGHT = 122
const OVERSCAN = 5
/** The next page is asked for when this many cards are left below. */
const NEAR_END = 20

type Props = {
  readonly store: BoardStore
  readonly focus: BoardFocus
  readonly status: BoardStatus
  readonly openId: RequestId | null
  readonly isLoading: boolean
  readonly onNearEnd: (status: BoardStatus) => void
}

/** One column: its header stays, its cards scroll, and only those in sight are in the page. */
export function Column({ store, focus, status, openId, isLoading, onNearEnd }: Props) {
  const t = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const version = useColumnVersion(store, status)
  const column = store.column(status)
  const virtualizer = useColumnVirtualizer(store, status, version, scroller)
  const [tabStop, setTabStop] = useState<RequestId | null>(null)
  const items = virtualizer.getVirtualItems()
  useEffect(() => focus.column(status, virtualizer.scrollToIndex), [focus, status, virtualizer])
  useNearEnd(column.hasMore && (items.at(-1)?.index ?? 0) >= column.cards.size - NEAR_END, version, () => {
    onNearEnd(status)
  })
  const stop = tabStop !== null && store.placeOf(tabStop)?.status === status ? tabStop : store.idAt(status, 0)
  const isEmpty = !isLoading && column.cards.size === 0
  return (
    <div className={classes.column} data-column={status}>
      <ColumnHeader store={store} status={status} version={version} isLoading={isLoading} />
      <div
        ref={scroller}
        className={classes.scroller}
        onFocus={({ target }) => {
          setTabStop((target.closest('li')?.dataset.id as RequestId | undefined) ?? null)
        }}
      >
        {isLoading ? <SkeletonCards column={status} /> : null}
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
              isTabStop={key === stop}
              measure={virtualizer.measureElement}
            />
          ))}
        </ul>
        {isEmpty ? <p className={classes.empty}>{t(`column.empty.${status}`)}</p> : null}
      </div>
    </div>
  )
}

function useColumnVirtualizer(
  store: BoardStore,
  status: BoardStatus,
  version: number,
  scroller: React.RefObject<HTMLDivElement | null>,
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
    overscan: OVERSCAN,
    paddingEnd: 8,
    // So that the first drawing already has cards in it, before anything was measured.
    initialRect: { width: 0, height: window.innerHeight },
  })
}

function useNearEnd(isNear: boolean, version: number, loadMore: () => void): void {
  const load = useRef(loadMore)
  useEffect(() => {
    load.current = loadMore
  })
  useEffect(() => {
    if (isNear) load.current()
  }, [isNear, version])
}
