import { Menu } from '@mantine/core'
import { IconDots, IconPlus, IconPrinter, IconQrcode } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Building, Unit } from '../../../shared/model/places'
import type { UnitKind } from '../../../shared/model/vocabulary'
import { Button } from '../../ui/button/button'
import { MenuButton } from '../../ui/menu-button/menu-button'
import { NothingHere } from '../../ui/screen/screen'
import type { PlaceDialog } from './place-dialogs'
import classes from './places.module.css'
import { UnitTile } from './unit-tile'
import { useActiveSwitch } from './use-active-switch'
import { usePlaceActions } from './use-places'

type Props = { readonly building: Building; readonly onDialog: (dialog: PlaceDialog) => void }

/** One building: its name and address, and its units as a grid of door plates. */
export function BuildingView({ building, onDialog }: Props) {
  const { t } = useTranslation('places')
  const addUnits = (kind: UnitKind) => () => {
    onDialog({ kind: 'units', building, unitKind: kind })
  }
  return (
    <section className={classes.view} aria-label={building.name}>
      <BuildingHead building={building} onDialog={onDialog} onAdd={addUnits('unit')} />
      <div className={classes.scroll}>
        {building.units.length === 0 ? (
          <NothingHere title={t('noUnits.title')} text={t('noUnits.text')}>
            <Button kind="primary" onClick={addUnits('unit')}>
              {t('addUnits')}
            </Button>
          </NothingHere>
        ) : (
          <>
            <UnitGroup title={t('flats')} building={building} kind="unit" onDialog={onDialog} />
            <UnitGroup title={t('common')} building={building} kind="common" onDialog={onDialog} />
          </>
        )}
      </div>
    </section>
  )
}

function BuildingHead({ building, onDialog, onAdd }: Props & { onAdd: () => void }) {
  const { t } = useTranslation('places')
  return (
    <header className={classes.head}>
      <div className={classes.headWords}>
        <h2>{building.name}</h2>
        <p>{building.isActive ? building.address : t('inactiveBuilding')}</p>
      </div>
      <Button
        icon={<IconPrinter size={16} stroke={1.6} aria-hidden />}
        onClick={() => {
          onDialog({ kind: 'print', buildings: [building] })
        }}
      >
        {t('codes.printBuilding')}
      </Button>
      <Button kind="primary" icon={<IconPlus size={16} stroke={1.6} aria-hidden />} onClick={onAdd}>
        {t('addUnits')}
      </Button>
      <BuildingMenu building={building} onDialog={onDialog} />
    </header>
  )
}

function BuildingMenu({ building, onDialog }: Props) {
  const { t } = useTranslation('places')
  const { setBuildingActive } = usePlaceActions()
  const switchTo = useActiveSwitch(building.name, (active) =>
    setBuildingActive.mutateAsync({ buildingId: building.id, active }),
  )
  return (
    <Menu position="bottom-end">
      <MenuButton label={t('actionsFor', { name: building.name })}>
        <IconDots size={16} stroke={1.6} aria-hidden />
      </MenuButton>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconQrcode size={14} stroke={1.6} aria-hidden />}
          onClick={() => {
            onDialog({ kind: 'code', name: building.name, building: building.address, link: building.link })
          }}
        >
          {t('codes.show')}
        </Menu.Item>
        <Menu.Item
          onClick={() => {
            onDialog({ kind: 'building', building })
          }}
        >
          {t('rename')}
        </Menu.Item>
        <Menu.Item
          onClick={() => {
            switchTo(!building.isActive)
          }}
        >
          {t(building.isActive ? 'deactivate' : 'activate')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

type GroupProps = Props & { readonly title: string; readonly kind: UnitKind }

function UnitGroup({ title, building, kind, onDialog }: GroupProps) {
  const units = building.units.filter((unit) => unit.kind === kind)
  if (units.length === 0) return null
  return (
    <section className={classes.group} aria-label={title}>
      <h3>
        {title} <span>{units.filter(({ isActive }) => isActive).length}</span>
      </h3>
      <ul className={classes.grid}>
        {sorted(units).map((unit) => (
          <li key={unit.id}>
            <UnitTile unit={unit} building={building} onDialog={onDialog} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

function sorted(units: readonly Unit[]): Unit[] {
  return [...units].sort((a, b) => Number(b.isActive) - Number(a.isActive) || byName.compare(a.name, b.name))
}
