import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BuildingId } from '../../../shared/model/ids'
import type { Building } from '../../../shared/model/places'
import { FormDialog } from '../../ui/form-dialog/form-dialog'
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
  const save = async () => {
    const id = building?.id ?? null
    onSaved(await saveBuilding.mutateAsync({ id, name: name.trim(), address: address.trim() }))
    onClose()
  }
  return (
    <FormDialog
      title={building ? t('building.edit', { name: building.name }) : t('addBuilding')}
      save={building ? t('save') : t('addBuilding')}
      cancel={t('cancel')}
      canSave={name.trim() !== ''}
      isBusy={saveBuilding.isPending}
      error={saveBuilding.error}
      onClose={onClose}
      onSave={() => void save().catch(() => undefined)}
    >
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
    </FormDialog>
  )
}
