import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../../shared/model/people'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { usePeopleActions } from './use-people'

/** Says what it means to put somebody out of action, or back, before doing it. */
export function ActiveDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation('people')
  const { setActive } = usePeopleActions()
  const kind = person.isActive ? 'deactivate' : 'activate'
  const role = person.role === 'technician' ? 'technician' : 'resident'
  return (
    <Modal opened onClose={onClose} title={t(`${kind}.title`, { name: person.name })}>
      <Stack gap="md">
        <Text>{t(`${kind}.${role}`, { name: person.name })}</Text>
        {person.isActive && role === 'technician' && person.openRequests > 0 ? (
          <Text>{t('deactivate.openJobs', { count: person.openRequests })}</Text>
        ) : null}
        <RefusalNote error={setActive.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            data-autofocus
            loading={setActive.isPending}
            onClick={() => {
              setActive.mutate({ personId: person.id, active: !person.isActive }, { onSuccess: onClose })
            }}
          >
            {t(`${kind}.action`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
