import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button/button'
import { Dialog } from '../../ui/dialog/dialog'
import { InviteForm } from '../../ui/invite-technician/invite-form'

/** Invites a technician by name; the link and the code appear in the same dialog. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people')
  return (
    <Dialog opened onClose={onClose} size={520} title={t('inviteTechnician')}>
      <InviteForm
        after={(hasInvited) => (
          <Button kind={hasInvited ? 'primary' : 'outlined'} onClick={onClose}>
            {t(hasInvited ? 'done' : 'cancel')}
          </Button>
        )}
      />
    </Dialog>
  )
}
