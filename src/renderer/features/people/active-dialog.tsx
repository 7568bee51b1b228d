import { useTranslation } from 'react-i18next'
import type { Person } from '../../../shared/model/people'
import { FormDialog } from '../../ui/form-dialog/form-dialog'
import { usePeopleActions } from './use-people'

/** Says what it means to put somebody out of action, or back, before doing it. */
export function ActiveDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation('people')
  const { setActive } = usePeopleActions()
  const kind = person.isActive ? 'deactivate' : 'activate'
  const role = person.role === 'technician' ? 'technician' : 'resident'
  return (
    <FormDialog
      title={t(`${kind}.title`, { name: person.name })}
      save={t(`${kind}.action`)}
      cancel={t('cancel')}
      isBusy={setActive.isPending}
      error={setActive.error}
      onClose={onClose}
      onSave={() => {
        setActive.mutate({ personId: person.id, active: !person.isActive }, { onSuccess: onClose })
      }}
    >
      <p>{t(`${kind}.${role}`, { name: person.name })}</p>
      {person.isActive && role === 'technician' && person.openRequests > 0 ? (
        <p>{t('deactivate.openJobs', { count: person.openRequests })}</p>
      ) : null}
    </FormDialog>
  )
}
