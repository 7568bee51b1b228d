import { Menu } from '@mantine/core'
import { IconQrcode, IconUser } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Building, Unit } from '../../../shared/model/places'
import type { PlaceDialog } from './place-dialogs'
import classes from './places.module.css'
import { useActiveSwitch } from './use-active-switch'
import { usePlaceActions } from './use-places'

type Props = {
  readonly unit: Unit
  readonly building: Building
  readonly onDialog: (dialog: PlaceDialog) => void
}

/** A unit as a door plate; pressing it shows what can be done with it. */
export function UnitTile({ unit, building, onDialog }: Props) {
  const { t } = useTranslation('places')
  const { setUnitActive } = usePlaceActions()
  const switchTo = useActiveSwitch(unit.name, (active) =>
    setUnitActive.mutateAsync({ unitId: unit.id, active }),
  )
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.tile} data-dimmed={!unit.isActive}>
          <span className={classes.tileName}>{unit.name}</span>
          {unit.isActive ? (
            <Residents count={unit.residents} />
          ) : (
            <span className={classes.tileNote}>{t('inactive')}</span>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconQrcode size={14} stroke={1.6} aria-hidden />}
          onClick={() => {
            onDialog({ kind: 'code', name: unit.name, building: building.name, link: unit.link })
          }}
        >
          {t('codes.show')}
        </Menu.Item>
        <Menu.Item
          onClick={() => {
            onDialog({ kind: 'renameUnit', unit })
          }}
        >
          {t('rename')}
        </Menu.Item>
        <Menu.Item
          onClick={() => {
            switchTo(!unit.isActive)
          }}
        >
          {t(unit.isActive ? 'deactivate' : 'activate')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Residents({ count }: { count: number }) {
  const { t } = useTranslation('places')
  if (count === 0) return null
  return (
    <span className={classes.tileNote}>
      <IconUser size={12} stroke={1.6} aria-hidden />
      <span aria-hidden="true">{count}</span>
      <span className={classes.hidden}>{t('residents', { count })}</span>
    </span>
  )
}
