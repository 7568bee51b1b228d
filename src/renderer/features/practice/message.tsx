import { Menu } from '@mantine/core'
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhoneMessage } from '../../../shared/model/practice'
import { useLanguage } from '../../lib/texts'
import { clockTime } from '../../lib/time'
import { Keyboard } from './keyboard'
import classes from './phone.module.css'
import { RichText } from './rich-text'

type Props = {
  readonly message: PhoneMessage
  readonly sender: string
  readonly onReply: () => void
  readonly onPress: (row: number, column: number) => void
}

/** One message: what it answers, its picture, its words, its time, and the buttons under it. */
export function Message({ message, sender, onReply, onPress }: Props) {
  const { t } = useTranslation('practice')
  const [menuAt, setMenuAt] = useState<{ left: number; top: number } | null>(null)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.code !== 'KeyR') return
    event.preventDefault()
    onReply()
  }
  return (
    <article
      className={classes.message}
      data-from={message.from}
      aria-label={t('messageFrom', { sender })}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        event.preventDefault()
        setMenuAt({ left: event.clientX, top: event.clientY })
      }}
    >
      <Bubble message={message} />
      <button type="button" className={classes.reply} aria-keyshortcuts="R" onClick={onReply}>
        <IconArrowBackUp size={14} stroke={1.6} aria-hidden />
        {t('reply')}
      </button>
      {message.buttons.length > 0 ? <Keyboard buttons={message.buttons} onPress={onPress} /> : null}
      <MessageMenu
        at={menuAt}
        onClose={() => {
          setMenuAt(null)
        }}
        onReply={onReply}
      />
    </article>
  )
}

function Bubble({ message }: { message: PhoneMessage }) {
  const { t } = useTranslation('practice')
  return (
    <div className={classes.bubble} data-photo={message.photo !== null}>
      {message.replyTo ? (
        <blockquote className={classes.quote}>
          {message.replyTo.text === '' ? t('photo') : message.replyTo.text}
        </blockquote>
      ) : null}
      {message.photo ? <img src={message.photo} alt={t('photo')} className={classes.photo} /> : null}
      <div className={classes.words}>
        {message.text === '' ? null : <RichText message={message} />}
        <Stamp message={message} />
      </div>
      {message.reactions.length > 0 ? (
        <p className={classes.reactions}>
          {message.reactions.map((reaction) => (
            <span key={reaction}>{reaction}</span>
          ))}
        </p>
      ) : null}
    </div>
  )
}

function Stamp({ message }: { message: PhoneMessage }) {
  const { t } = useTranslation('practice')
  const language = useLanguage()
  return (
    <span className={classes.stamp}>
      {message.editedAt === null ? null : `${t('edited')} `}
      <time dateTime={new Date(message.at).toISOString()}>
        {clockTime(message.editedAt ?? message.at, language)}
      </time>
      {message.from === 'person' ? <IconCheck size={13} stroke={1.6} aria-label={t('sent')} /> : null}
    </span>
  )
}

type MenuProps = {
  readonly at: { readonly left: number; readonly top: number } | null
  readonly onClose: () => void
  readonly onReply: () => void
}

function MessageMenu({ at, onClose, onReply }: MenuProps) {
  const { t } = useTranslation('practice')
  if (at === null) return null
  return (
    <Menu opened onClose={onClose} position="bottom-start" offset={0} returnFocus>
      <Menu.Target>
        <span className={classes.menuAnchor} style={at} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowBackUp size={14} stroke={1.6} aria-hidden />} onClick={onReply}>
          {t('reply')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
