import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Building } from '../../../shared/model/places'
import type { UnitKind } from '../../../shared/model/vocabulary'
import { FormDialog } from '../../ui/form-dialog/form-dialog'
import { parseUnitNames } from '../../ui/unit-names/parse-unit-names'
import { type UnitsDraft, UnitsForm } from '../../ui/unit-names/units-form'
import { usePlaceActions } from './use-places'

type Props = { readonly building: Building; readonly kind: UnitKind; readonly onClose: () => void }

/** Adds many units in one go. */
export function AddUnitsDialog({ building, kind, onClose }: Props) {
  const { t } = useTranslation('places')
  const [draft, setDraft] = useState<UnitsDraft>({ text: '', kind })
  const { addUnits } = usePlaceActions()
  const existing = building.units.map((unit) => unit.name)
  const names = parseUnitNames(draft.text, existing)
  const canSave = names.names.length > 0 && names.tooLong === null
  return (
    <FormDialog
      size={520}
      title={t('units.title', { name: building.name })}
      save={canSave ? t('units.add', { count: names.names.length }) : t('units.addNone')}
      cancel={t('cancel')}
      canSave={canSave}
      isBusy={addUnits.isPending}
      error={addUnits.error}
      onClose={onClose}
      onSave={() => {
        addUnits.mutate(
          { buildingId: building.id, names: [...names.names], kind: draft.kind },
          { onSuccess: onClose },
        )
      }}
    >
      <UnitsForm draft={draft} names={names} onChange={setDraft} />
    </FormDialog>
  )
}
