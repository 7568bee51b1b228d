import { IconLock, IconSend } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { LONGEST_TEXT } from '../../../shared/ipc/contract'
import type { RequestDetails } from '../../../shared/model/request'
import type { Visibility } from '../../../shared/model/vocabulary'
import { refusalText, useText } from '../../lib/texts'
import { showToast } from '../../lib/toasts'
import { Button } from '../../ui/button/button'
import classes from './composer.module.css'
import { type Draft, draftOf, keepDraft } from './drafts'
import { useComment } from './use-request'

/** Writes a note or a message; it wears the colour of what it will send, and Send stands beside the choice. */
export function Composer({ details }: { details: RequestDetails }) {
  const t = useText()
  const { id } = details.card
  const { person, reachable, language } = details.reporter
  const [draft, setDraft] = useState<Draft>(() => draftOf(id))
  const comment = useComment(id)
  const visibility: Visibility = reachable ? draft.visibility : 'internal'
  const isPublic = visibility === 'public'
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part }
    setDraft(next)
    keepDraft(id, next)
  }
  const sendIt = () => {
    const text = draft.text.trim()
    if (text === '' || comment.isPending) return
    comment.mutate(
      { text, visibility },
      {
        onSuccess: () => {
          change({ text: '' })
        },
        onError: (error) => {
          showToast({ tone: 'problem', title: t('done.failed.comment'), text: refusalText(error) })
        },
      },
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      // Out of the field first; the next one closes the request.
      event.preventDefault()
      if (event.target instanceof HTMLElement) event.target.blur()
    }
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    sendIt()
  }
  const hint = isPublic
    ? t('composer.reads', { name: person.name, language: t(`language.${language}`) })
    : t('composer.onlyStaff')
  const placeholder = isPublic
    ? t('composer.publicPlaceholder', { name: person.name })
    : t('composer.internalPlaceholder')
  return (
    <div className={classes.composer} data-visibility={visibility}>
      <Audience
        visibility={visibility}
        canReach={reachable}
        name={person.name}
        onChange={(next) => {
          change({ visibility: next })
        }}
      />
      <textarea
        className={classes.text}
        rows={2}
        maxLength={LONGEST_TEXT}
        placeholder={placeholder}
        aria-label={placeholder}
        value={draft.text}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          change({ text: event.currentTarget.value })
        }}
      />
      <div className={classes.foot}>
        <span className={classes.hint}>{reachable ? hint : t('composer.noWay', { name: person.name })}</span>
        <Button
          kind="primary"
          keyCap="Ctrl ↵"
          disabled={draft.text.trim() === '' || comment.isPending}
          onClick={sendIt}
        >
          {t('composer.send')}
        </Button>
      </div>
    </div>
  )
}

type AudienceProps = {
  readonly visibility: Visibility
  readonly canReach: boolean
  readonly name: string
  readonly onChange: (visibility: Visibility) => void
}

function Audience({ visibility, canReach, name, onChange }: AudienceProps) {
  const t = useText()
  return (
    <fieldset className={classes.audience}>
      <legend className={classes.heard}>{t('composer.who')}</legend>
      <button
        type="button"
        aria-pressed={visibility === 'internal'}
        onClick={() => {
          onChange('internal')
        }}
      >
        <IconLock size={14} stroke={1.6} aria-hidden="true" />
        {t('composer.internal')}
      </button>
      <button
        type="button"
        className={classes.public}
        aria-pressed={visibility === 'public'}
        disabled={!canReach}
        title={canReach ? undefined : t('composer.noWay', { name })}
        onClick={() => {
          onChange('public')
        }}
      >
        <IconSend size={14} stroke={1.6} aria-hidden="true" />
        {t('composer.public')}
      </button>
    </fieldset>
  )
}
