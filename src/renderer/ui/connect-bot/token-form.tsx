import { Checkbox } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { BotIdentity } from '../../../shared/model/bot-state'
import { Refusal } from '../../../shared/model/refusal'
import { Button } from '../button/button'
import { RefusalNote } from '../refusal-note/refusal-note'
import classes from './token-form.module.css'
import { TokenField } from './token-field'
import type { Check } from './use-connect-bot'
import { type TokenFormState, useTokenForm } from './use-token-form'

type Props = {
  readonly size?: 'sm' | 'lg'
  /** The words on the button that connects. */
  readonly connect: string
  readonly after?: ReactNode
  readonly onConnected: (identity: BotIdentity) => void
}

/** Takes a bot token, shows whose it is, asks what has to be asked, and connects. */
export function TokenForm({ size = 'sm', connect, after, onConnected }: Props) {
  const form = useTokenForm(onConnected)
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        form.submit()
      }}
    >
      <TokenField
        value={form.token}
        size={size}
        isWrong={form.isMalformed || form.check.kind === 'refused'}
        onChange={form.setToken}
      />
      <Answer check={form.check} isMalformed={form.isMalformed} onAgain={form.checkAgain} />
      <Questions form={form} />
      <RefusalNote error={form.error} />
      <div className={classes.buttons} data-size={size}>
        <Button kind="primary" submit disabled={form.isBlocked} keyCap="↵" aria-keyshortcuts="Enter">
          {connect}
        </Button>
        {after}
      </div>
    </form>
  )
}

type AnswerProps = { readonly check: Check; readonly isMalformed: boolean; readonly onAgain: () => void }

function Answer({ check, isMalformed, onAgain }: AnswerProps) {
  const { t } = useTranslation('guide')
  if (isMalformed) return <RefusalNote error={new Refusal('token-malformed')} />
  if (check.kind === 'refused') {
    return (
      <div className={classes.refused}>
        <RefusalNote error={check.error} />
        <Button onClick={onAgain}>{t('token.checkAgain')}</Button>
      </div>
    )
  }
  return (
    <div className={classes.answer} role="status">
      {check.kind === 'checking' ? <p>{t('token.checking')}</p> : null}
      {check.kind === 'found' ? (
        <p className={classes.found}>
          <IconCircleCheck size={16} stroke={1.6} aria-hidden />
          {t('token.found', { name: check.identity.name, username: check.identity.username })}
        </p>
      ) : null}
    </div>
  )
}

function Questions({ form }: { form: TokenFormState }) {
  const { t } = useTranslation('guide')
  return (
    <>
      {form.webhook === null ? null : (
        <div className={classes.question}>
          <p>{t('webhook.means', { host: hostOf(form.webhook) })}</p>
          <Checkbox
            label={t('webhook.remove')}
            checked={form.removeWebhook}
            onChange={(event) => {
              form.setRemoveWebhook(event.currentTarget.checked)
            }}
          />
        </div>
      )}
      {form.isUnprotected ? (
        <div className={classes.question}>
          <p>{t('unprotected.means')}</p>
          <Checkbox
            label={t('unprotected.keep')}
            checked={form.storeUnprotected}
            onChange={(event) => {
              form.setStoreUnprotected(event.currentTarget.checked)
            }}
          />
        </div>
      ) : null}
      {form.isOtherBot ? (
        <div className={classes.question}>
          <p>{t('otherBot.means')}</p>
          <Checkbox
            label={t('otherBot.accept')}
            checked={form.acceptOtherBot}
            onChange={(event) => {
              form.setAcceptOtherBot(event.currentTarget.checked)
            }}
          />
        </div>
      ) : null}
    </>
  )
}

/** The part of a webhook's address that tells people whose it is; the rest may be secret. */
function hostOf(webhook: string): string {
  return URL.canParse(webhook) ? new URL(webhook).host : webhook
}
