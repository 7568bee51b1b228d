import { Button, Group, Modal, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Building } from '../../../shared/model/places'
import type { UnitKind } from '../../../shared/model/vocabulary'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { parseUnitNames } from '../../ui/unit-names/parse-unit-names'
import { type UnitsDraft, UnitsForm } from '../../ui/unit-names/units-form'
import { usePlaceActions } from './use-places'

type Props = { readonly building: Building; readonly kind: UnitKind; readonly onClose: () => void }

/** Adds many units in one go. */
export function AddUnitsDialog({ building, kind, onClose }: Props) {
  const { t } = useTranslation('places')
  const [draft, setDraft] = useState<UnitsDraft>({ text: '', kind })
  const { addUnits } = usePlaceActions()
  const names = parseUnitNames(
    draft.text,
    building.units.map((unit) => unit.name),
  )
  const canSave = names.names.length > 0 && names.tooLong === null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!canSave) return
    addUnits.mutate(
      { buildingId: building.id, names: [...names.names], kind: draft.kind },
      { onSuccess: onClose },
    )
  }
  return (
    <Modal opened onClose={onClose} size={520} title={t('units.title', { name: building.name })}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <UnitsForm draft={draft} names={names} onChange={setDraft} />
          <RefusalNote error={addUnits.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={addUnits.isPending} disabled={!canSave}>
              {canSave ? t('units.add', { count: names.names.length }) : t('units.addNone')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
