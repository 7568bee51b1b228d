import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Unit } from '../../../shared/model/places'
import { FormDialog } from '../../ui/form-dialog/form-dialog'
import { usePlaceActions } from './use-places'

/** Changes a unit's name; its code stays the same, so what hangs on the wall keeps working. */
export function RenameUnitDialog({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const { t } = useTranslation('places')
  const [name, setName] = useState(unit.name)
  const { renameUnit } = usePlaceActions()
  return (
    <FormDialog
      title={t('unit.rename', { name: unit.name })}
      save={t('save')}
      cancel={t('cancel')}
      canSave={name.trim() !== ''}
      isBusy={renameUnit.isPending}
      error={renameUnit.error}
      onClose={onClose}
      onSave={() => {
        renameUnit.mutate({ unitId: unit.id, name: name.trim() }, { onSuccess: onClose })
      }}
    >
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
    </FormDialog>
  )
}
