import { Button, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { InviteForm } from '../../ui/invite-technician/invite-form'

/** Invites a technician by name; the link and the code appear in the same dialog. */
export function InviteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('people')
  return (
    <Modal opened={opened} onClose={onClose} size={520} title={t('inviteTechnician')}>
      <InviteForm
        after={(hasInvited) => (
          <Button variant={hasInvited ? 'filled' : 'default'} onClick={onClose}>
            {t(hasInvited ? 'done' : 'cancel')}
          </Button>
        )}
      />
    </Modal>
  )
}
