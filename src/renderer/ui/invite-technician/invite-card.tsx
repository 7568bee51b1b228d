import { useTranslation } from 'react-i18next'
import type { Invite } from '../../../shared/model/people'
import { useNow } from '../../lib/now'
import { useLanguage, useText } from '../../lib/texts'
import { happenedAt } from '../../lib/time'
import { CopyButton } from '../copy-button/copy-button'
import { QrCode } from '../qr/qr-code'
import classes from './invite.module.css'

/** One invitation: the code to scan, the link to send, and until when it works. */
export function InviteCard({ invite }: { invite: Invite }) {
  const { t } = useTranslation('people')
  const desk = useText()
  const language = useLanguage()
  const now = useNow()
  const until = happenedAt(invite.expiresAt, now, language, desk)
  if (invite.link === '') return <p className={classes.hint}>{t('invite.noBot')}</p>
  return (
    <div className={classes.card}>
      <QrCode text={invite.link} label={t('invite.codeFor', { name: invite.name })} size={168} />
      <div className={classes.words}>
        <p className={classes.title}>{t('invite.for', { name: invite.name })}</p>
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
