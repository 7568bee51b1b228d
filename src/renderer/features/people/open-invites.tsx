import { Button, Modal } from '@mantine/core'
import { IconTicket } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Invite } from '../../../shared/model/people'
import { InviteCard } from '../../ui/invite-technician/invite-card'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './people.module.css'
import { usePeopleActions } from './use-people'

/** Invitations nobody has used yet: show the code again, or take it back. */
export function OpenInvites({ invites }: { invites: readonly Invite[] }) {
  const { t, i18n } = useTranslation('people')
  const [shown, setShown] = useState<Invite | null>(null)
  const { revokeInvite } = usePeopleActions()
  if (invites.length === 0) return null
  const clock = new Intl.DateTimeFormat(i18n.language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
  return (
    <section className={classes.invites} aria-label={t('invites.title')}>
      <h2>{t('invites.title')}</h2>
      <ul>
        {invites.map((invite) => (
          <li key={invite.id}>
            <IconTicket size={16} stroke={1.6} aria-hidden />
            <span className={classes.name}>{invite.name}</span>
            <span className={classes.faint}>
              {t('invites.until', { until: clock.format(invite.expiresAt) })}
            </span>
            <Button
              variant="default"
              onClick={() => {
                setShown(invite)
              }}
            >
              {t('invites.show')}
            </Button>
            <Button
              variant="subtle"
              color="gray"
              aria-label={t('invites.revokeFor', { name: invite.name })}
              onClick={() => {
                revokeInvite.mutate(invite.id)
              }}
            >
              {t('invites.revoke')}
            </Button>
          </li>
        ))}
      </ul>
      <RefusalNote error={revokeInvite.error} />
      <Modal
        opened={shown !== null}
        size={520}
        title={t('invites.one')}
        onClose={() => {
          setShown(null)
        }}
      >
        {shown ? <InviteCard invite={shown} /> : null}
      </Modal>
    </section>
  )
}
