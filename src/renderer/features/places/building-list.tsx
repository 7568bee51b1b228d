import { IconPlus, IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { BuildingId } from '../../../shared/model/ids'
import type { Building } from '../../../shared/model/places'
import { Button } from '../../ui/button/button'
import classes from './places.module.css'

type Props = {
  readonly buildings: readonly Building[]
  readonly chosen: BuildingId
  readonly onChoose: (id: BuildingId) => void
  readonly onAdd: () => void
  readonly onPrintAll: () => void
}

/** The buildings to choose from, with how many units each has. */
export function BuildingList({ buildings, chosen, onChoose, onAdd, onPrintAll }: Props) {
  const { t } = useTranslation('places')
  return (
    <nav className={classes.list} aria-label={t('buildings')}>
      <ul>
        {buildings.map((building) => (
          <li key={building.id}>
            <button
              type="button"
              aria-current={building.id === chosen}
              data-dimmed={!building.isActive}
              onClick={() => {
                onChoose(building.id)
              }}
            >
              <span className={classes.listName}>{building.name}</span>
              <span className={classes.listCount}>
                {building.units.filter(({ isActive }) => isActive).length}
              </span>
              <span className={classes.listAddress}>
                {building.isActive ? building.address : t('inactive')}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className={classes.listButtons}>
        <Button icon={<IconPlus size={16} stroke={1.6} aria-hidden />} onClick={onAdd}>
          {t('addBuilding')}
        </Button>
        <Button kind="ghost" icon={<IconPrinter size={16} stroke={1.6} aria-hidden />} onClick={onPrintAll}>
          {t('codes.printAll')}
        </Button>
      </div>
    </nav>
  )
}
