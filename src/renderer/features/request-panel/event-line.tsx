import { IconInbox, IconPencil } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { EventKind, ThreadEntry } from '../../../shared/model/request'
import type { Status } from '../../../shared/model/vocabulary'
import { useNow } from '../../lib/now'
import { type DeskText, useLanguage, useText } from '../../lib/texts'
import { exactTime, happened } from '../../lib/time'
import { PriorityMark } from '../../ui/marks/priority-mark'
import { StatusMark } from '../../ui/marks/status-mark'
import { marksFor, RichText } from '../../ui/rich-text/rich-text'
import classes from './thread.module.css'

type Event = Extract<ThreadEntry, { type: 'event' }>

const WINDOWS: Readonly<Partial<Record<EventKind, Status>>> = {
  assigned: 'ASSIGNED',
  unassigned: 'OPEN',
  taken: 'ASSIGNED',
  started: 'IN_PROGRESS',
  held: 'ON_HOLD',
  resolved: 'RESOLVED',
  closed: 'CLOSED',
  reopened: 'OPEN',
  declined: 'DECLINED',
  cancelled: 'CANCELLED',
  duplicate: 'DUPLICATE',
}

const NAMES = ['actor', 'subject', 'from', 'to'] as const
const MARKS = marksFor(NAMES)

/** Something that happened, in one line with its time at the right. */
export function EventLine({ event }: { event: Event }) {
  const t = useText()
  const language = useLanguage()
  const now = useNow()
  return (
    <div className={classes.event}>
      {markOf(event)}
      <span>
        <RichText text={textOf(event, t)} values={valuesOf(event, t)} />
        {event.note === null || event.note === '' ? null : <q className={classes.note}>{event.note}</q>}
      </span>
      <time dateTime={new Date(event.at).toISOString()} title={exactTime(event.at, language)}>
        {happened(event.at, now, language)}
      </time>
    </div>
  )
}

function markOf({ kind, toPriority }: Event): ReactNode {
  const status = WINDOWS[kind]
  if (status !== undefined) return <StatusMark status={status} />
  if (kind === 'priority' && toPriority !== null) return <PriorityMark priority={toPriority} />
  const Icon = kind === 'reported' ? IconInbox : IconPencil
  return <Icon size={14} stroke={1.6} aria-hidden="true" />
}

function textOf({ kind, actor, subject }: Event, t: DeskText): string {
  if (kind === 'closed' && actor === null) return t('event.closedAuto')
  if (kind === 'unassigned' && subject === null) return t('event.unassignedSelf', MARKS)
  return t(`event.${kind}`, MARKS)
}

function valuesOf({ actor, subject, fromPriority, toPriority }: Event, t: DeskText): string[] {
  const values: Record<(typeof NAMES)[number], string> = {
    actor: actor === null ? t('event.program') : actor.isYou ? t('panel.you') : actor.name,
    subject: subject ?? '',
    from: fromPriority === null ? '' : t(`priority.${fromPriority}`),
    to: toPriority === null ? '' : t(`priority.${toPriority}`),
  }
  return NAMES.map((name) => values[name])
}
