import { IconCalendarPause, IconCheck, IconClock } from '@tabler/icons-react'
import type { Due } from '../../lib/due'
import { classNames } from '../class-names'
import { Hinted } from '../hinted/hinted'
import classes from './due-chip.module.css'

const ICONS = {
  late: IconClock,
  soon: IconClock,
  calm: null,
  hold: IconCalendarPause,
  done: IconCheck,
} as const

/** What a request's time looks like: broken, close, calm, paused or done. */
export function DueChip({ due }: { due: Due }) {
  const Icon = ICONS[due.tone]
  const tone = due.tone === 'calm' || due.tone === 'hold' ? null : classes[due.tone]
  return (
    <Hinted className={classNames(classes.chip, tone)} hint={due.exact}>
      {Icon ? <Icon stroke={1.6} aria-hidden="true" /> : null}
      {due.text}
    </Hinted>
  )
}
