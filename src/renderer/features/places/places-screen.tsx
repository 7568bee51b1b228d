import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BuildingId } from '../../../shared/model/ids'
import type { Building } from '../../../shared/model/places'
import { Button } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { NothingHere, Screen } from '../../ui/screen/screen'
import { BuildingList } from './building-list'
import { BuildingView } from './building-view'
import { type PlaceDialog, PlaceDialogs } from './place-dialogs'
import classes from './places.module.css'
import { usePlaces } from './use-places'

/** Buildings and their units, and the codes that lead residents from a wall to the bot. */
export function PlacesScreen() {
  const { t } = useTranslation('places')
  const places = usePlaces()
  const [chosen, setChosen] = useState<BuildingId | null>(null)
  const [dialog, setDialog] = useState<PlaceDialog>(null)
  const buildings = places.data ?? []
  const building = buildings.find(({ id }) => id === chosen) ?? buildings[0]
  const addBuilding = () => {
    setDialog({ kind: 'building', building: null })
  }
  return (
    <Screen label={t('title')}>
      <RefusalNote error={places.error} />
      {building ? (
        <div className={classes.split}>
          <BuildingList
            buildings={buildings}
            chosen={building.id}
            onChoose={setChosen}
            onAdd={addBuilding}
            onPrintAll={() => {
              setDialog({ kind: 'print', buildings })
            }}
          />
          <BuildingView key={building.id} building={building} onDialog={setDialog} />
        </div>
      ) : null}
      {places.isSuccess && !building ? (
        <NothingHere title={t('none.title')} text={t('none.text')}>
          <Button kind="primary" onClick={addBuilding}>
            {t('addBuilding')}
          </Button>
        </NothingHere>
      ) : null}
      <PlaceDialogs
        dialog={freshen(dialog, buildings)}
        onBuilding={setChosen}
        onClose={() => {
          setDialog(null)
        }}
      />
    </Screen>
  )
}

/** A dialog about a building shows it as it is now, not as it was when the dialog was opened. */
function freshen(dialog: PlaceDialog, buildings: readonly Building[]): PlaceDialog {
  if (dialog?.kind !== 'units') return dialog
  const now = buildings.find(({ id }) => id === dialog.building.id)
  return now ? { ...dialog, building: now } : dialog
}
