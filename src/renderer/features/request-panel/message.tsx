import { IconLock, IconSend } from '@tabler/icons-react'
import type { RequestDetails, ThreadEntry } from '../../../shared/model/request'
import { useNow } from '../../lib/now'
import { type DeskText, useLanguage, useText } from '../../lib/texts'
import { exactTime, happened } from '../../lib/time'
import { Avatar } from '../../ui/avatar/avatar'
import { classNames } from '../../ui/class-names'
import { Delivery } from './delivery'
import classes from './thread.module.css'

type Comment = Extract<ThreadEntry, { type: 'comment' }>
type Look = 'internal' | 'out' | 'in'

/** Three cues tell a note from a message: colour, edge, and word with its mark. */
export function Message({ comment, details }: { comment: Comment; details: RequestDetails }) {
  const t = useText()
  const language = useLanguage()
  const now = useNow()
  const { author, at, text, editedAt, delivery } = comment
  const look = lookOf(comment)
  const name = author.isYou ? t('panel.you') : author.name
  return (
    <article className={classNames(classes.message, classes[look])}>
      <Avatar id={author.id} name={name} />
      <div className={classes.bubble}>
        <div className={classes.by}>
          <b>{name}</b>
          <Tag look={look} words={tagOf(look, comment, t)} />
          <time dateTime={new Date(at).toISOString()} title={exactTime(at, language)}>
            {happened(at, now, language)}
          </time>
        </div>
        <p className={classes.text}>{text}</p>
        {editedAt === null ? null : (
          <p className={classes.below} title={exactTime(editedAt, language)}>
            {t('panel.edited', { when: happened(editedAt, now, language) })}
          </p>
        )}
        {delivery ? (
          <Delivery delivery={delivery} name={details.reporter.person.name} requestId={details.card.id} />
        ) : null}
      </div>
    </article>
  )
}

function lookOf({ visibility, author }: Comment): Look {
  if (visibility === 'internal') return 'internal'
  return author.role === 'user' ? 'in' : 'out'
}

function tagOf(look: Look, { author }: Comment, t: DeskText): string {
  if (look === 'internal') return t('panel.internalNote')
  if (look === 'out') return t('panel.toResident')
  return author.role === 'technician' ? t('panel.technician') : t('panel.resident')
}

function Tag({ look, words }: { look: Look; words: string }) {
  const Icon = look === 'internal' ? IconLock : IconSend
  return (
    <span className={classes.tag}>
      {look === 'in' ? null : <Icon size={12} stroke={1.6} aria-hidden="true" />}
      {words}
    </span>
  )
}
