import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Unit } from '../../../shared/model/places'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { usePlaceActions } from './use-places'

/** Changes a unit's name; its code stays the same, so what hangs on the wall keeps working. */
export function RenameUnitDialog({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const { t } = useTranslation('places')
  const [name, setName] = useState(unit.name)
  const { renameUnit } = usePlaceActions()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') renameUnit.mutate({ unitId: unit.id, name: name.trim() }, { onSuccess: onClose })
  }
  return (
    <Modal opened onClose={onClose} title={t('unit.rename', { name: unit.name })}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t('unit.name')}
            description={t('unit.nameHint')}
            value={name}
            maxLength={120}
            onChange={(event) => {
              setName(event.currentTarget.value)
            }}
          />
          <RefusalNote error={renameUnit.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={renameUnit.isPending} disabled={name.trim() === ''}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
