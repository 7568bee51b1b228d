import { IconTicket } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Invite } from '../../../shared/model/people'
import { useNow } from '../../lib/now'
import { useLanguage, useText } from '../../lib/texts'
import { happenedAt } from '../../lib/time'
import { Button } from '../../ui/button/button'
import { Dialog } from '../../ui/dialog/dialog'
import { InviteCard } from '../../ui/invite-technician/invite-card'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './people.module.css'
import { usePeopleActions } from './use-people'

/** Invitations nobody has used yet: show the code again, or take it back. */
export function OpenInvites({ invites }: { invites: readonly Invite[] }) {
  const { t } = useTranslation('people')
  const [shown, setShown] = useState<Invite | null>(null)
  const { revokeInvite } = usePeopleActions()
  if (invites.length === 0) return null
  return (
    <section className={classes.invites} aria-label={t('invites.title')}>
      <h2>{t('invites.title')}</h2>
      <ul>
        {invites.map((invite) => (
          <InviteLine
            key={invite.id}
            invite={invite}
            onShow={() => {
              setShown(invite)
            }}
            onRevoke={() => {
              revokeInvite.mutate(invite.id)
            }}
          />
        ))}
      </ul>
      <RefusalNote error={revokeInvite.error} />
      <Dialog
        opened={shown !== null}
        size={520}
        title={t('invites.one')}
        onClose={() => {
          setShown(null)
        }}
      >
        {shown ? <InviteCard invite={shown} /> : null}
      </Dialog>
    </section>
  )
}

type LineProps = { readonly invite: Invite; readonly onShow: () => void; readonly onRevoke: () => void }

function InviteLine({ invite, onShow, onRevoke }: LineProps) {
  const { t } = useTranslation('people')
  const desk = useText()
  const language = useLanguage()
  const until = happenedAt(invite.expiresAt, useNow(), language, desk)
  return (
    <li>
      <IconTicket size={16} stroke={1.6} aria-hidden />
      <span className={classes.name}>{invite.name}</span>
      <span className={classes.faint}>{t('invites.until', { until })}</span>
      <Button onClick={onShow}>{t('invites.show')}</Button>
      <Button kind="ghost" aria-label={t('invites.revokeFor', { name: invite.name })} onClick={onRevoke}>
        {t('invites.revoke')}
      </Button>
    </li>
  )
}
