import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BotState } from '../../../shared/model/bot-state'
import { appState } from '../../lib/app-state'
import { client } from '../../lib/client'
import { useNow } from '../../lib/now'
import { useLanguage, useText } from '../../lib/texts'
import { happenedAt } from '../../lib/time'
import { Button } from '../../ui/button/button'
import { TokenForm } from '../../ui/connect-bot/token-form'
import { Dialog } from '../../ui/dialog/dialog'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { DisconnectDialog } from './disconnect-dialog'
import classes from './settings.module.css'
import { SettingsGroup } from './settings-group'

/** The bot: whose it is, how it does, and what can be done about it. */
export function BotSettings({ bot, practice }: { bot: BotState; practice: boolean }) {
  const { t } = useTranslation('settings')
  const [dialog, setDialog] = useState<'token' | 'disconnect' | null>(null)
  const close = () => {
    setDialog(null)
  }
  return (
    <SettingsGroup title={t('bot.title')}>
      <BotLine bot={bot} practice={practice} />
      {practice ? null : (
        <BotButtons
          bot={bot}
          onReplace={() => {
            setDialog('token')
          }}
          onDisconnect={() => {
            setDialog('disconnect')
          }}
        />
      )}
      <Dialog
        opened={dialog === 'token'}
        onClose={close}
        size={520}
        title={t(hasToken(bot) ? 'bot.replace' : 'bot.connect')}
      >
        <TokenForm connect={t('bot.connect')} onConnected={close} />
      </Dialog>
      {dialog === 'disconnect' ? <DisconnectDialog onClose={close} /> : null}
    </SettingsGroup>
  )
}

function hasToken(bot: BotState): boolean {
  return bot.kind !== 'no-token'
}

function BotLine({ bot, practice }: { bot: BotState; practice: boolean }) {
  const { t } = useTranslation('settings')
  const desk = useText()
  const language = useLanguage()
  const now = useNow()
  const since = 'since' in bot ? happenedAt(bot.since, now, language, desk) : ''
  return (
    <div className={classes.bot} data-state={bot.kind}>
      {bot.kind === 'receiving' ? (
        <p className={classes.botName}>
          {bot.name} <span>@{bot.username}</span>
        </p>
      ) : null}
      <p>{practice ? t('bot.practice') : t(`bot.state.${bot.kind}`, { since })}</p>
      {bot.kind === 'offline' ? <p>{t(`bot.offline.${bot.reason}`)}</p> : null}
    </div>
  )
}

type ButtonsProps = {
  readonly bot: BotState
  readonly onReplace: () => void
  readonly onDisconnect: () => void
}

function BotButtons({ bot, onReplace, onDisconnect }: ButtonsProps) {
  const { t } = useTranslation('settings')
  const retry = useMutation({ mutationFn: () => client.bot.retryNow(), onSuccess: () => appState.refresh() })
  const canRetry = bot.kind === 'offline' || bot.kind === 'conflict'
  return (
    <>
      <div className={classes.buttons}>
        {canRetry ? (
          <Button
            disabled={retry.isPending}
            onClick={() => {
              retry.mutate()
            }}
          >
            {t('bot.retry')}
          </Button>
        ) : null}
        <Button kind={hasToken(bot) ? 'outlined' : 'primary'} onClick={onReplace}>
          {t(hasToken(bot) ? 'bot.replace' : 'bot.connect')}
        </Button>
        {hasToken(bot) ? (
          <Button kind="ghost" onClick={onDisconnect}>
            {t('bot.disconnect')}
          </Button>
        ) : null}
      </div>
      <RefusalNote error={retry.error} />
    </>
  )
}
