import { IconInbox, IconMessage, IconPhoto, IconRotate } from '@tabler/icons-react'
import { memo, useState } from 'react'
import type { RequestCard } from '../../../shared/model/request'
import { isOverdue, readDue } from '../../lib/due'
import { useNow } from '../../lib/now'
import { useLanguage, useText } from '../../lib/texts'
import { waited } from '../../lib/time'
import { Avatar } from '../../ui/avatar/avatar'
import { DueChip } from '../../ui/due-chip/due-chip'
import { PriorityMark } from '../../ui/marks/priority-mark'
import { PlaceName } from '../../ui/place-name/place-name'
import classes from './card.module.css'

/** What a card shows, top to bottom; lines without content are not drawn. */
export const CardContent = memo(function CardContent({ card }: { card: RequestCard }) {
  const t = useText()
  const language = useLanguage()
  const now = useNow()
  const due = readDue(card, now, language, t)
  const thumbnail = card.status === 'OPEN' ? card.thumbnail : null
  const look = [
    classes.content,
    thumbnail === null ? '' : classes.hasPhoto,
    card.status === 'RESOLVED' ? classes.resolved : '',
  ]
  return (
    <div className={look.join(' ')} data-late={isOverdue(card, now) || undefined}>
      <div className={classes.head}>
        <PriorityMark
          priority={card.priority}
          label={t('card.priority', { priority: t(`priority.${card.priority}`) })}
        />
        <span className={classes.number}>{card.number}</span>
        {due ? <DueChip due={due} /> : null}
      </div>
      <div className={classes.title}>{card.title || t('card.untitled')}</div>
      {card.place ? <PlaceName place={card.place} className={classes.place} /> : null}
      {card.status === 'ON_HOLD' && card.holdReason ? (
        <div className={classes.hold} title={card.holdReason}>
          {card.holdReason}
        </div>
      ) : null}
      <div className={classes.foot}>
        <Who card={card} now={now} />
        <Marks card={card} />
      </div>
      {thumbnail === null ? null : <Thumbnail hash={thumbnail} />}
    </div>
  )
})

function Who({ card, now }: { card: RequestCard; now: number }) {
  const t = useText()
  if (card.assignee) {
    const { id, name } = card.assignee
    return (
      <span className={classes.who} title={t('card.assignee', { name })}>
        <Avatar id={id} name={name} />
        <span>{name}</span>
      </span>
    )
  }
  const duration = waited(card.createdAt, now, t)
  return (
    <span className={classes.count} title={t('card.waiting', { duration })}>
      <IconInbox size={14} stroke={1.6} aria-hidden="true" />
      {duration}
    </span>
  )
}

function Marks({ card }: { card: RequestCard }) {
  const t = useText()
  return (
    <span className={classes.marks}>
      {card.reopenedCount > 0 ? (
        <span className={classes.count} title={t('card.reopened', { count: card.reopenedCount })}>
          <IconRotate size={14} stroke={1.6} aria-hidden="true" />
          {card.reopenedCount}
        </span>
      ) : null}
      {card.photoCount > 0 && (card.status !== 'OPEN' || card.thumbnail === null || card.photoCount > 1) ? (
        <span className={classes.count} title={t('card.photos', { count: card.photoCount })}>
          <IconPhoto size={14} stroke={1.6} aria-hidden="true" />
          {card.photoCount}
        </span>
      ) : null}
      <Talk card={card} />
    </span>
  )
}

/** Unread replies take the place of the comment count. */
function Talk({ card: { unreadCount, commentCount } }: { card: RequestCard }) {
  const t = useText()
  if (unreadCount > 0) {
    return (
      <span className={`${classes.count} ${classes.unread}`} title={t('card.unread', { count: unreadCount })}>
        {unreadCount}
      </span>
    )
  }
  if (commentCount === 0) return null
  return (
    <span className={classes.count} title={t('card.comments', { count: commentCount })}>
      <IconMessage size={14} stroke={1.6} aria-hidden="true" />
      {commentCount}
    </span>
  )
}

function Thumbnail({ hash }: { hash: string }) {
  const t = useText()
  const [isMissing, setMissing] = useState(false)
  if (isMissing) {
    return (
      <span className={`${classes.photo} ${classes.noPhoto}`}>
        <IconPhoto size={16} stroke={1.6} aria-hidden="true" />
      </span>
    )
  }
  return (
    <img
      className={classes.photo}
      src={`app://files/${hash}?w=80`}
      alt={t('card.photo')}
      width={40}
      height={38}
      decoding="async"
      draggable={false}
      onError={() => {
        setMissing(true)
      }}
    />
  )
}
