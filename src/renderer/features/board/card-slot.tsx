import { memo, useCallback, useState } from 'react'
import type { RequestId } from '../../../shared/model/ids'
import { readDue } from '../../lib/due'
import { currentMinute } from '../../lib/now'
import { useLanguage, useText } from '../../lib/texts'
import { classNames } from '../../ui/class-names'
import type { BoardFocus } from './board-focus'
import type { BoardStore } from './board-store'
import { CardContent } from './card'
import classes from './card.module.css'
import { useCard } from './use-board'

type Props = {
  readonly store: BoardStore
  readonly focus: BoardFocus
  readonly id: RequestId
  readonly index: number
  readonly isOpen: boolean
  readonly isTabStop: boolean
  /** Told of the element, whose height then counts; null while the estimate will do. */
  readonly measure: ((element: HTMLElement | null) => void) | null
}

/** One card in its column: what can be focused, opened, measured and dragged. */
export const CardSlot = memo(function CardSlot({
  store,
  focus,
  id,
  index,
  isOpen,
  isTabStop,
  measure,
}: Props) {
  const t = useText()
  const language = useLanguage()
  const card = useCard(store, id)
  const [isFresh] = useState(() => store.takeFresh(id))
  const ref = useCallback(
    (element: HTMLLIElement | null) => {
      if (!element) return undefined
      measure?.(element)
      const leave = focus.mounted(id, element)
      return () => {
        leave()
        measure?.(null)
      }
    },
    [id, focus, measure],
  )
  if (!card) return null
  const due = readDue(card, currentMinute(), language, t)
  const label = [
    `${card.number} ${card.title || t('card.untitled')}`,
    card.place,
    t(`priority.${card.priority}`),
    due?.text,
  ]
  return (
    <li
      ref={ref}
      className={classNames(classes.slot, isFresh && classes.fresh)}
      data-id={id}
      data-index={index}
      tabIndex={isTabStop ? 0 : -1}
      aria-label={label.filter(Boolean).join(', ')}
      aria-current={isOpen || undefined}
    >
      <CardContent card={card} />
    </li>
  )
})
