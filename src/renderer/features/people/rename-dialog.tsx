import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../../shared/model/people'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { usePeopleActions } from './use-people'

/** Changes the name under which the office knows somebody. */
export function RenameDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation('people')
  const [name, setName] = useState(person.name)
  const { rename } = usePeopleActions()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') rename.mutate({ personId: person.id, name: name.trim() }, { onSuccess: onClose })
  }
  return (
    <Modal opened onClose={onClose} title={t('rename.title', { name: person.name })}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t('column.name')}
            description={t('rename.hint')}
            value={name}
            maxLength={120}
            onChange={(event) => {
              setName(event.currentTarget.value)
            }}
          />
          <RefusalNote error={rename.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={rename.isPending} disabled={name.trim() === ''}>
              {t('rename.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
