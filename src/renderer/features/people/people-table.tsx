import { Menu } from '@mantine/core'
import { IconBan, IconCheck, IconDots, IconPhoneOff } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../../shared/model/people'
import { MenuButton } from '../../ui/menu-button/menu-button'
import { type Column, DataTable } from '../../ui/table/data-table'
import classes from './people.module.css'
import type { Group } from './sort-people'

type Props = {
  readonly people: readonly Person[]
  readonly group: Group
  readonly onRename: (person: Person) => void
  readonly onSetActive: (person: Person) => void
}

/** The people of one group, one a row. */
export function PeopleTable({ people, group, onRename, onSetActive }: Props) {
  const { t } = useTranslation('people')
  return (
    <DataTable<Person>
      label={t(group === 'technicians' ? 'technicianList' : 'residentList')}
      columns={columnsOf(t, group, { onRename, onSetActive })}
      rows={people}
      rowKey={({ id }) => id}
      isDimmed={({ isActive }) => !isActive}
    />
  )
}

type Actions = Pick<Props, 'onRename' | 'onSetActive'>

function columnsOf(t: TFunction<'people'>, group: Group, actions: Actions): Column<Person>[] {
  const place: Column<Person> = {
    key: 'place',
    heading: t('column.place'),
    width: '26%',
    cell: (person) => person.place ?? <span className={classes.faint}>{t('noPlace')}</span>,
  }
  return [
    { key: 'name', heading: t('column.name'), width: '26%', cell: (person) => <Name person={person} /> },
    {
      key: 'username',
      heading: t('column.username'),
      width: '18%',
      cell: ({ username }) =>
        username === null ? <span className={classes.faint}>{t('noUsername')}</span> : `@${username}`,
    },
    ...(group === 'residents' ? [place] : []),
    {
      key: 'open',
      heading: t('column.open'),
      width: '12%',
      align: 'end',
      cell: ({ openRequests }) => openRequests,
    },
    { key: 'telegram', heading: t('column.telegram'), cell: (person) => <Reach person={person} /> },
    {
      key: 'actions',
      heading: <span className={classes.hidden}>{t('column.actions')}</span>,
      width: '52px',
      align: 'end',
      cell: (person) => <RowMenu person={person} {...actions} />,
    },
  ]
}

function Name({ person }: { person: Person }) {
  const { t } = useTranslation('people')
  return (
    <>
      <span className={classes.name}>{person.name}</span>
      {person.isActive ? null : <span className={classes.tag}>{t('inactive')}</span>}
    </>
  )
}

function Reach({ person }: { person: Person }) {
  const { t } = useTranslation('people')
  const state = reachOf(person)
  const Icon = { reachable: IconCheck, blocked: IconBan, none: IconPhoneOff }[state]
  return (
    <span className={classes.reach} data-state={state}>
      <Icon size={14} stroke={1.6} aria-hidden />
      {t(`reach.${state}`)}
    </span>
  )
}

/** Somebody written down at the desk has no Telegram; a name from Telegram that can't be reached has blocked the bot. */
function reachOf(person: Person): 'reachable' | 'blocked' | 'none' {
  if (person.reachable) return 'reachable'
  return person.username === null ? 'none' : 'blocked'
}

function RowMenu({ person, onRename, onSetActive }: { person: Person } & Actions) {
  const { t } = useTranslation('people')
  return (
    <Menu position="bottom-end">
      <MenuButton label={t('actionsFor', { name: person.name })}>
        <IconDots size={16} stroke={1.6} aria-hidden />
      </MenuButton>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() => {
            onRename(person)
          }}
        >
          {t('rename.action')}
        </Menu.Item>
        <Menu.Item
          onClick={() => {
            onSetActive(person)
          }}
        >
          {t(person.isActive ? 'deactivate.action' : 'activate.action')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
