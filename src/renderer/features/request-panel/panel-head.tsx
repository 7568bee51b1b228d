import { Menu } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import type { RequestDetails } from '../../../shared/model/request'
import type { BoardStatus } from '../../../shared/model/vocabulary'
import { useDispatch } from '../../lib/dispatch'
import { moveTo } from '../../lib/moves'
import { useText } from '../../lib/texts'
import { IconButton } from '../../ui/button/button'
import { StatusMark } from '../../ui/marks/status-mark'
import { NumberPlate } from '../../ui/number-plate/number-plate'
import { MoreMenu } from './more-menu'
import classes from './panel.module.css'

const STATUSES = [
  'OPEN',
  'ASSIGNED',
  'IN_PROGRESS',
  'ON_HOLD',
  'RESOLVED',
] as const satisfies readonly BoardStatus[]

type Props = {
  readonly details: RequestDetails
  readonly onPrevious: (() => void) | undefined
  readonly onNext: (() => void) | undefined
  readonly onClose: () => void
}

/** Plate, status, the ways to the neighbours, and close. */
export function PanelHead({ details, onPrevious, onNext, onClose }: Props) {
  const t = useText()
  return (
    <div className={classes.head}>
      <NumberPlate number={details.card.number} />
      <StatusMenu details={details} />
      <span className={classes.grow} />
      <IconButton
        label={t('panel.previous')}
        disabled={!onPrevious}
        onClick={onPrevious}
        aria-keyshortcuts="K"
      >
        <IconChevronUp stroke={1.6} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('panel.next')} disabled={!onNext} onClick={onNext} aria-keyshortcuts="J">
        <IconChevronDown stroke={1.6} aria-hidden="true" />
      </IconButton>
      <MoreMenu details={details} />
      <IconButton label={t('panel.close')} onClick={onClose} aria-keyshortcuts="Escape">
        <IconX stroke={1.6} aria-hidden="true" />
      </IconButton>
    </div>
  )
}

function StatusMenu({ details: { card } }: { details: RequestDetails }) {
  const t = useText()
  const { move } = useDispatch()
  const targets = STATUSES.filter((status) => moveTo(card, status) !== null)
  const status = t(`status.${card.status}`)
  const face = (
    <>
      <StatusMark status={card.status} />
      {status}
    </>
  )
  if (isOver(card.status) || targets.length === 0) return <span className={classes.status}>{face}</span>
  return (
    <Menu withinPortal={false} position="bottom-start" width={190}>
      <Menu.Target>
        <button type="button" className={classes.status} aria-label={t('panel.status', { status })}>
          {face}
          <IconChevronDown size={14} stroke={1.6} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('board.moveTo')}</Menu.Label>
        {targets.map((target) => (
          <Menu.Item
            key={target}
            leftSection={<StatusMark status={target} />}
            onClick={() => {
              move(card, target)
            }}
          >
            {t(`status.${target}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function isOver(status: RequestDetails['card']['status']): boolean {
  return !STATUSES.some((known) => known === status)
}
