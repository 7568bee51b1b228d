import { useTranslation } from 'react-i18next'
import type { ManagerChat as Chat } from '../../../shared/model/alerts'
import { client } from '../../lib/client'
import { Button } from '../../ui/button/button'
import { CopyButton } from '../../ui/copy-button/copy-button'
import { QrCode } from '../../ui/qr/qr-code'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './alerts.module.css'
import backups from './backups.module.css'
import settings from './settings.module.css'
import { useAlertChange, useManagerChat } from './use-alert-settings'
import { useWhen } from './use-backups'

/** The manager's own chat: alerts reach it wherever they are. */
export function ManagerChat() {
  const { t } = useTranslation('alerts')
  const { data: chat, error } = useManagerChat()
  const link = useAlertChange(() => client.alerts.linkChat())
  const unlink = useAlertChange(() => client.alerts.unlinkChat())
  if (chat === undefined) return <RefusalNote error={error} />
  return (
    <section className={backups.part} aria-label={t('chat.title')}>
      <h3>{t('chat.title')}</h3>
      <Standing chat={chat} />
      {link.data === undefined ? null : <Link {...link.data} />}
      <div className={settings.buttons}>
        <Button
          disabled={link.isPending}
          onClick={() => {
            link.mutate()
          }}
        >
          {t(chat === null ? 'chat.link' : 'chat.again')}
        </Button>
        {chat === null ? null : (
          <Button
            kind="ghost"
            disabled={unlink.isPending}
            onClick={() => {
              link.reset()
              unlink.mutate()
            }}
          >
            {t('chat.unlink')}
          </Button>
        )}
      </div>
      <RefusalNote error={link.error ?? unlink.error} />
    </section>
  )
}

function Standing({ chat }: { chat: Chat | null }) {
  const { t } = useTranslation('alerts')
  const when = useWhen()
  if (chat === null) return <p>{t('chat.none')}</p>
  const { name, linkedAt, reachable } = chat
  return (
    <p className={reachable ? undefined : backups.bad}>
      {reachable ? t('chat.linked', { name, when: when(linkedAt) }) : t('chat.unreachable', { name })}
    </p>
  )
}

function Link({ link, expiresAt }: { link: string; expiresAt: number }) {
  const { t } = useTranslation('alerts')
  const when = useWhen()
  if (link === '') return <p>{t('chat.noBot')}</p>
  return (
    <div className={classes.link}>
      <QrCode text={link} label={t('chat.code')} size={144} />
      <div className={classes.words}>
        <p>{t('chat.how')}</p>
        <p className={classes.address}>{link}</p>
        <CopyButton text={link} label={t('chat.copy')} done={t('chat.copied')} />
        <p>{t('chat.until', { until: when(expiresAt) })}</p>
      </div>
    </div>
  )
}
