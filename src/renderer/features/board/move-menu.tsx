import { Menu } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { RequestCard } from '../../../shared/model/request'
import { useDispatch } from '../../lib/dispatch'
import { moveTo } from '../../lib/moves'
import { useText } from '../../lib/texts'
import { StatusMark } from '../../ui/marks/status-mark'
import { COLUMNS } from './columns'
import classes from './move-menu.module.css'

type Props = {
  readonly card: RequestCard
  readonly anchor: DOMRect
  readonly onClose: () => void
}

/** The keyboard's way to move a card: a menu of the columns it can go to. */
export function MoveMenu({ card, anchor, onClose }: Props) {
  const t = useText()
  const { move } = useDispatch()
  // Opens once its anchor is in the page: a menu that is born open does not take the keyboard.
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    setOpen(true)
  }, [])
  const columns = COLUMNS.filter((column) => moveTo(card, column) !== null)
  return (
    <Menu
      opened={isOpen}
      withinPortal={false}
      onClose={onClose}
      position="bottom-start"
      // Not the key that opened it: that one is still on its way through the page.
      clickOutsideEvents={['mousedown', 'touchstart']}
      trapFocus
      returnFocus={false}
      closeOnItemClick={false}
      width={200}
    >
      <Menu.Target>
        <span
          className={classes.anchor}
          style={{ left: anchor.left + 8, top: anchor.top + 28 }}
          aria-hidden="true"
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={`${card.number}: ${t('board.moveTo')}`}>
        <Menu.Label>{t('board.moveTo')}</Menu.Label>
        {columns.map((column) => (
          <Menu.Item
            key={column}
            leftSection={<StatusMark status={column} />}
            onClick={() => {
              onClose()
              move(card, column)
            }}
          >
            {t(`status.${column}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
