import { IconSend2 } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Attached } from './attached'
import classes from './phone.module.css'
import { PhotoMenu } from './photo-menu'
import { type ComposerProps, useComposer, useFocusOn } from './use-composer'

const LONGEST_MESSAGE = 4096
const LONGEST_CAPTION = 1024

/** Where one writes on the phone, or the big Start while nothing has been said. */
export function Composer(props: ComposerProps) {
  const { t } = useTranslation('practice')
  const composer = useComposer(props)
  if (props.isNew) {
    const start = () => props.onSend({ text: '/start', photo: null, replyTo: null })
    return (
      <button type="button" className={classes.start} onClick={() => void start().catch(() => undefined)}>
        {t('start')}
      </button>
    )
  }
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault()
        composer.send()
      }}
    >
      <AlongWith {...props} composer={composer} />
      <Line {...props} composer={composer} />
    </form>
  )
}

type PartProps = ComposerProps & { readonly composer: ReturnType<typeof useComposer> }

function AlongWith({ replyTo, onForgetReply, composer }: PartProps) {
  const { t } = useTranslation('practice')
  return (
    <>
      {replyTo ? (
        <Attached
          text={replyTo.text === '' ? t('photo') : replyTo.text}
          label={t('replyingTo')}
          away={t('forgetReply')}
          onAway={onForgetReply}
        />
      ) : null}
      {composer.picture ? (
        <Attached
          text={composer.picture.name}
          label={t('photoToSend')}
          away={t('forgetPhoto')}
          onAway={() => {
            composer.setPicture(null)
          }}
        />
      ) : null}
      {composer.isUnreadable ? (
        <p className={classes.problem} role="alert">
          {t('unreadablePhoto')}
        </p>
      ) : null}
    </>
  )
}

function Line({ replyTo, onForgetReply, busy, composer }: PartProps) {
  const { t } = useTranslation('practice')
  const field = useFocusOn(replyTo)
  return (
    <div className={classes.line}>
      <PhotoMenu onChoose={composer.setPicture} onUnreadable={composer.setUnreadable} />
      <textarea
        ref={field}
        rows={1}
        aria-label={t('message')}
        placeholder={t('placeholder')}
        value={composer.text}
        maxLength={composer.picture ? LONGEST_CAPTION : LONGEST_MESSAGE}
        onChange={(event) => {
          composer.setText(event.currentTarget.value)
        }}
        onKeyDown={(event) => {
          if (sends(event)) {
            event.preventDefault()
            composer.send()
          }
          if (event.key === 'Escape' && replyTo) onForgetReply()
        }}
      />
      <button type="submit" className={classes.icon} aria-label={t('send')} disabled={busy}>
        <IconSend2 size={20} stroke={1.6} aria-hidden />
      </button>
    </div>
  )
}

function sends(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing
}
