import { useCallback, useSyncExternalStore } from 'react'
import type { RequestId } from '../../../shared/model/ids'
import type { RequestCard } from '../../../shared/model/request'
import type { BoardStatus } from '../../../shared/model/vocabulary'
import type { BoardStore } from './board-store'

/** One card; the component draws again only when this card changes. */
export function useCard(store: BoardStore, id: RequestId): RequestCard | undefined {
  const subscribe = useCallback((listener: () => void) => store.watchCard(id, listener), [store, id])
  return useSyncExternalStore(subscribe, () => store.card(id))
}

/** The version of a column: rises when cards come, go or change places in it. */
export function useColumnVersion(store: BoardStore, status: BoardStatus): number {
  const column = store.column(status)
  return useSyncExternalStore(column.changed.subscribe, () => column.version)
}
