import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BuildingId } from '../../../shared/model/ids'
import type { Building } from '../../../shared/model/places'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { usePlaceActions } from './use-places'

type Props = {
  /** Null to add a new one. */
  readonly building: Building | null
  readonly onSaved: (id: BuildingId) => void
  readonly onClose: () => void
}

/** Adds a building, or changes the name and address of one. */
export function BuildingDialog({ building, onSaved, onClose }: Props) {
  const { t } = useTranslation('places')
  const [name, setName] = useState(building?.name ?? '')
  const [address, setAddress] = useState(building?.address ?? '')
  const { saveBuilding } = usePlaceActions()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    saveBuilding.mutate(
      { id: building?.id ?? null, name: name.trim(), address: address.trim() },
      {
        onSuccess: (id) => {
          onSaved(id)
          onClose()
        },
      },
    )
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={building ? t('building.edit', { name: building.name }) : t('addBuilding')}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t('building.name')}
            description={t('building.nameHint')}
            value={name}
            maxLength={120}
            onChange={(event) => {
              setName(event.currentTarget.value)
            }}
          />
          <TextInput
            label={t('building.address')}
            value={address}
            maxLength={200}
            onChange={(event) => {
              setAddress(event.currentTarget.value)
            }}
          />
          <RefusalNote error={saveBuilding.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={saveBuilding.isPending} disabled={name.trim() === ''}>
              {building ? t('save') : t('addBuilding')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
