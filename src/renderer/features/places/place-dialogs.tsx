import { useTranslation } from 'react-i18next'
import type { BuildingId } from '../../../shared/model/ids'
import type { Building, Unit } from '../../../shared/model/places'
import { assertNever } from '../../../shared/model/refusal'
import type { UnitKind } from '../../../shared/model/vocabulary'
import { Dialog } from '../../ui/dialog/dialog'
import { PrintStickers } from '../../ui/qr/print-stickers'
import { AddUnitsDialog } from './add-units-dialog'
import { BuildingDialog } from './building-dialog'
import { CodeDialog } from './code-dialog'
import { RenameUnitDialog } from './rename-unit-dialog'
import { useBotUsername } from './use-places'

/** The dialog that is open over the places, if any. */
export type PlaceDialog =
  | { readonly kind: 'building'; readonly building: Building | null }
  | { readonly kind: 'units'; readonly building: Building; readonly unitKind: UnitKind }
  | { readonly kind: 'renameUnit'; readonly unit: Unit }
  | { readonly kind: 'code'; readonly name: string; readonly building: string; readonly link: string }
  | { readonly kind: 'print'; readonly buildings: readonly Building[] }
  | null

type Props = {
  readonly dialog: PlaceDialog
  readonly onBuilding: (id: BuildingId) => void
  readonly onClose: () => void
}

/** Draws whichever dialog is open. */
export function PlaceDialogs({ dialog, onBuilding, onClose }: Props) {
  if (dialog === null) return null
  switch (dialog.kind) {
    case 'building':
      return <BuildingDialog building={dialog.building} onSaved={onBuilding} onClose={onClose} />
    case 'units':
      return <AddUnitsDialog building={dialog.building} kind={dialog.unitKind} onClose={onClose} />
    case 'renameUnit':
      return <RenameUnitDialog unit={dialog.unit} onClose={onClose} />
    case 'code':
      return <CodeDialog {...dialog} onClose={onClose} />
    case 'print':
      return <PrintDialog buildings={dialog.buildings} onClose={onClose} />
    default:
      return assertNever(dialog)
  }
}

function PrintDialog({ buildings, onClose }: { buildings: readonly Building[]; onClose: () => void }) {
  const { t } = useTranslation('places')
  return (
    <Dialog opened onClose={onClose} size={860} title={t('codes.sheet')}>
      <PrintStickers buildings={buildings} bot={useBotUsername()} />
    </Dialog>
  )
}
