import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button/button'
import { InviteForm } from '../../ui/invite-technician/invite-form'

/** Invites a technician by name; the link and the code appear in the same dialog. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people')
  return (
    <Modal opened onClose={onClose} size={520} title={t('inviteTechnician')}>
      <InviteForm
        after={(hasInvited) => (
          <Button kind={hasInvited ? 'primary' : 'outlined'} onClick={onClose}>
            {t(hasInvited ? 'done' : 'cancel')}
          </Button>
        )}
      />
    </Modal>
  )
}
