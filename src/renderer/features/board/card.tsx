import { IconInbox, IconMessage, IconPhoto, IconRotate, type TablerIcon } from '@tabler/icons-react'
import { memo, useState } from 'react'
import type { RequestCard } from '../../../shared/model/request'
import { isOverdue, readDue } from '../../lib/due'
import { useNow } from '../../lib/now'
import { useLanguage, useText } from '../../lib/texts'
import { waited } from '../../lib/time'
import { Avatar } from '../../ui/avatar/avatar'
import { classNames } from '../../ui/class-names'
import { DueChip } from '../../ui/due-chip/due-chip'
import { Hinted } from '../../ui/hinted/hinted'
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
  const look = classNames(
    classes.content,
    thumbnail !== null && classes.hasPhoto,
    card.status === 'RESOLVED' && classes.resolved,
  )
  return (
    <div className={look} data-late={isOverdue(card, now) || undefined}>
      <div className={classes.head}>
        <PriorityMark priority={card.priority} label={t(`priority.${card.priority}`)} />
        <span className={classes.number}>{card.number}</span>
        {due ? <DueChip due={due} /> : null}
      </div>
      <div className={classes.title}>{card.title || t('card.untitled')}</div>
      {card.place ? <PlaceName place={card.place} className={classes.place} /> : null}
      <HoldReason card={card} />
      <div className={classes.foot}>
        <Who card={card} now={now} />
        <Marks card={card} />
      </div>
      {thumbnail === null ? null : <Thumbnail hash={thumbnail} />}
    </div>
  )
})

function HoldReason({ card: { status, holdReason } }: { card: RequestCard }) {
  if (status !== 'ON_HOLD' || !holdReason) return null
  return (
    <div className={classes.hold} title={holdReason}>
      {holdReason}
    </div>
  )
}

function Who({ card, now }: { card: RequestCard; now: number }) {
  const t = useText()
  if (card.assignee) {
    const { id, name } = card.assignee
    return (
      <Hinted className={classes.who} hint={() => t('card.assignee', { name })}>
        <Avatar id={id} name={name} />
        <span>{name.split(' ', 1)[0]}</span>
      </Hinted>
    )
  }
  const duration = waited(card.createdAt, now, t)
  return (
    <Hinted className={classes.count} hint={() => t('card.waiting', { duration })}>
      <IconInbox size={14} stroke={1.6} aria-hidden="true" />
      {duration}
    </Hinted>
  )
}

function Marks({ card }: { card: RequestCard }) {
  const t = useText()
  const { reopenedCount, photoCount, unreadCount, commentCount } = card
  const isPhotoSeen = card.status === 'OPEN' && card.thumbnail !== null && photoCount === 1
  return (
    <span className={classes.marks}>
      <Count
        icon={IconRotate}
        count={reopenedCount}
        hint={() => t('card.reopened', { count: reopenedCount })}
      />
      <Count
        icon={IconPhoto}
        count={isPhotoSeen ? 0 : photoCount}
        hint={() => t('card.photos', { count: photoCount })}
      />
      {unreadCount > 0 ? (
        <Hinted
          className={classNames(classes.count, classes.unread)}
          hint={() => t('card.unread', { count: unreadCount })}
        >
          {unreadCount}
        </Hinted>
      ) : (
        // Unread replies take the place of the comment count.
        <Count
          icon={IconMessage}
          count={commentCount}
          hint={() => t('card.comments', { count: commentCount })}
        />
      )}
    </span>
  )
}

type CountProps = { readonly icon: TablerIcon; readonly count: number; readonly hint: () => string }

function Count({ icon: Icon, count, hint }: CountProps) {
  if (count === 0) return null
  return (
    <Hinted className={classes.count} hint={hint}>
      <Icon size={14} stroke={1.6} aria-hidden="true" />
      {count}
    </Hinted>
  )
}

function Thumbnail({ hash }: { hash: string }) {
  const t = useText()
  const [isMissing, setMissing] = useState(false)
  if (isMissing) {
    return (
      <span className={classNames(classes.photo, classes.noPhoto)}>
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
