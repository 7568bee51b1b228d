import { IconBuilding } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Building } from '../../../shared/model/places'
import classes from './first-run.module.css'

/** What has been set up already, one building a line. */
export function BuildingsSoFar({ buildings }: { buildings: readonly Building[] }) {
  const { t } = useTranslation('guide')
  if (buildings.length === 0) return null
  return (
    <ul className={classes.soFar} aria-label={t('building.soFar')}>
      {buildings.map(({ id, name, address, units }) => (
        <li key={id}>
          <IconBuilding size={16} stroke={1.6} aria-hidden />
          <b>{name}</b>
          <span>{address}</span>
          <span>{t('building.units', { count: units.length })}</span>
        </li>
      ))}
    </ul>
  )
}
