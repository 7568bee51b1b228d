import { useTranslation } from 'react-i18next'
import type { Invite } from '../../../shared/model/people'
import { CopyButton } from '../copy-button/copy-button'
import { QrCode } from '../qr/qr-code'
import classes from './invite.module.css'

/** One invitation: the code to scan, the link to send, and until when it works. */
export function InviteCard({ invite }: { invite: Invite }) {
  const { t, i18n } = useTranslation('people')
  const until = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
    invite.expiresAt,
  )
  if (invite.link === '') return <p className={classes.hint}>{t('invite.noBot')}</p>
  return (
    <div className={classes.card}>
      <QrCode text={invite.link} label={t('invite.codeFor', { name: invite.name })} size={168} />
      <div className={classes.words}>
        <h3>{t('invite.for', { name: invite.name })}</h3>
        <p>{t('invite.how')}</p>
        <p className={classes.link}>{invite.link}</p>
        <div className={classes.buttons}>
          <CopyButton text={invite.link} label={t('invite.copy')} done={t('invite.copied')} />
        </div>
        <p className={classes.hint}>{t('invite.until', { until })}</p>
      </div>
    </div>
  )
}
