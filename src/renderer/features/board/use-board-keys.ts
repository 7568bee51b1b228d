import { type RefObject, useEffect, useEffectEvent } from 'react'
import type { RequestId } from '../../../shared/model/ids'
import { keyName } from '../../lib/shortcuts'
import type { BoardFocus } from './board-focus'
import type { BoardStore } from './board-store'
import { isDirection, nextCard } from './next-card'

type Doing = {
  readonly store: BoardStore
  readonly focus: BoardFocus
  readonly onOpen: (id: RequestId) => void
  readonly onMenu: (id: RequestId, anchor: HTMLElement) => void
}

function cardOf(target: EventTarget | null): { id: RequestId; element: HTMLElement } | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('li[data-id]') : null
  const id = element?.dataset.id
  // Safe: only cards carry `data-id`, and it is theirs.
  return element && id !== undefined ? { id: id as RequestId, element } : null
}

/** Pointer and keys on cards, heard once for the whole board instead of on thousands of cards. */
export function useBoardKeys(
  root: RefObject<HTMLElement | null>,
  { store, focus, onOpen, onMenu }: Doing,
): void {
  const onClick = useEffectEvent((event: MouseEvent) => {
    const card = cardOf(event.target)
    if (card && event.button === 0 && !focus.isDragging) onOpen(card.id)
  })
  const onContextMenu = useEffectEvent((event: MouseEvent) => {
    const card = cardOf(event.target)
    if (!card) return
    event.preventDefault()
    onMenu(card.id, card.element)
  })
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const card = cardOf(event.target)
    if (!card || focus.isDragging || event.defaultPrevented) return
    const key = keyName(event)
    if (isDirection(key)) {
      const next = nextCard(store, card.id, key)
      if (next !== null) focus.to(next)
    } else if (key === 'Enter') onOpen(card.id)
    else if (key === 'm' || key === 'ContextMenu') onMenu(card.id, card.element)
    else return
    event.preventDefault()
  })
  const onFocusIn = useEffectEvent((event: FocusEvent) => {
    const card = cardOf(event.target)
    if (card) focus.entered(card.id)
  })
  useEffect(() => {
    const board = root.current
    if (!board) return undefined
    const stop = new AbortController()
    const listen = <K extends keyof HTMLElementEventMap>(
      type: K,
      listener: (event: HTMLElementEventMap[K]) => void,
    ) => {
      board.addEventListener(type, listener, { signal: stop.signal })
    }
    listen('click', (event) => {
      onClick(event)
    })
    listen('contextmenu', (event) => {
      onContextMenu(event)
    })
    listen('keydown', (event) => {
      onKeyDown(event)
    })
    listen('focusin', (event) => {
      onFocusIn(event)
    })
    return () => {
      stop.abort()
    }
  }, [root])
}
