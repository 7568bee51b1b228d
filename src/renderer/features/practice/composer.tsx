import { IconSend2, IconX } from '@tabler/icons-react'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhoneMessage } from '../../../shared/model/practice'
import classes from './phone.module.css'
import { PhotoMenu } from './photo-menu'
import type { Picture } from './sample-pictures'
import type { Outgoing } from './use-practice-phone'

type Props = {
  /** True while nothing has been said: Telegram then shows one big Start. */
  readonly isNew: boolean
  readonly replyTo: PhoneMessage | null
  readonly onForgetReply: () => void
  readonly busy: boolean
  readonly onSend: (outgoing: Outgoing) => Promise<unknown>
}

/** Where one writes on the phone; what was typed stays until it is sent. */
export function Composer({ isNew, replyTo, onForgetReply, busy, onSend }: Props) {
  const { t } = useTranslation('practice')
  const [text, setText] = useState('')
  const [picture, setPicture] = useState<Picture | null>(null)
  const [unreadable, setUnreadable] = useState(false)
  const field = useFocusOn(replyTo)
  const send = () => {
    if (busy || (text.trim() === '' && picture === null)) return
    void onSend({
      text: text.trim(),
      photo: picture?.bytes ?? null,
      replyTo: replyTo?.messageId ?? null,
    }).then(
      () => {
        setText('')
        setPicture(null)
      },
      () => undefined,
    )
  }
  if (isNew) {
    return (
      <button
        type="button"
        className={classes.start}
        onClick={() => void onSend({ text: '/start', photo: null, replyTo: null }).catch(() => undefined)}
      >
        {t('start')}
      </button>
    )
  }
  return (
    <form
      className={classes.composer}
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        send()
      }}
    >
      {replyTo ? (
        <Attached
          text={replyTo.text === '' ? t('photo') : replyTo.text}
          label={t('replyingTo')}
          away={t('forgetReply')}
          onAway={onForgetReply}
        />
      ) : null}
      {picture ? (
        <Attached
          text={picture.name}
          label={t('photoToSend')}
          away={t('forgetPhoto')}
          onAway={() => {
            setPicture(null)
          }}
        />
      ) : null}
      {unreadable ? (
        <p className={classes.problem} role="alert">
          {t('unreadablePhoto')}
        </p>
      ) : null}
      <div className={classes.line}>
        <PhotoMenu
          onChoose={(chosen) => {
            setPicture(chosen)
            setUnreadable(false)
          }}
          onUnreadable={() => {
            setUnreadable(true)
          }}
        />
        <textarea
          ref={field}
          rows={1}
          aria-label={t('message')}
          placeholder={t('placeholder')}
          value={text}
          maxLength={4096}
          onChange={(event) => {
            setText(event.currentTarget.value)
          }}
          onKeyDown={(event) => {
            if (sends(event)) {
              event.preventDefault()
              send()
            }
            if (event.key === 'Escape' && replyTo) onForgetReply()
          }}
        />
        <button type="submit" className={classes.icon} aria-label={t('send')} disabled={busy}>
          <IconSend2 size={20} stroke={1.6} aria-hidden />
        </button>
      </div>
    </form>
  )
}

/** Puts the cursor into the field when a message to answer has been chosen. */
function useFocusOn(replyTo: PhoneMessage | null) {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (replyTo) field.current?.focus()
  }, [replyTo])
  return field
}

function sends(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing
}

type AttachedProps = {
  readonly text: string
  readonly label: string
  readonly away: string
  readonly onAway: () => void
}

function Attached({ text, label, away, onAway }: AttachedProps) {
  return (
    <div className={classes.attached}>
      <p>
        <b>{label}</b>
        <span>{text}</span>
      </p>
      <button type="button" className={classes.icon} aria-label={away} onClick={onAway}>
        <IconX size={16} stroke={1.6} aria-hidden />
      </button>
    </div>
  )
}
