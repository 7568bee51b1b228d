import { Menu, ScrollArea } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PracticePerson } from '../../../shared/model/practice'
import { Avatar } from '../../ui/avatar/avatar'
import { MenuButton } from '../../ui/menu-button/menu-button'
import classes from './phone.module.css'

type Props = {
  readonly people: readonly PracticePerson[]
  readonly person: PracticePerson | null
  readonly onChoose: (telegramId: number) => void
}

/** "You are": the person whose phone is in hand, one of the other kind, and all the rest in a menu. */
export function PersonSwitch({ people, person, onChoose }: Props) {
  const { t } = useTranslation('practice')
  const quick = quickChoice(people, person)
  return (
    <div className={classes.who}>
      <span id="practice-you-are">{t('youAre')}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in one line with its legend. */}
      <div className={classes.segments} role="group" aria-labelledby="practice-you-are">
        {quick.map((one) => (
          <button
            key={one.telegramId}
            type="button"
            aria-pressed={one.telegramId === person?.telegramId}
            onClick={() => {
              onChoose(one.telegramId)
            }}
          >
            <Avatar id={String(one.telegramId)} name={one.name} />
            <span>{personLabel(one, t('technician'))}</span>
          </button>
        ))}
      </div>
      <PeopleMenu people={people} person={person} onChoose={onChoose} />
    </div>
  )
}

function PeopleMenu({ people, person, onChoose }: Props) {
  const { t } = useTranslation('practice')
  const item = (one: PracticePerson) => (
    <Menu.Item
      key={one.telegramId}
      rightSection={one.telegramId === person?.telegramId ? <IconCheck size={14} aria-hidden /> : null}
      onClick={() => {
        onChoose(one.telegramId)
      }}
    >
      {one.name}
      {one.place === '' ? null : <span className={classes.menuPlace}>{one.place}</span>}
    </Menu.Item>
  )
  return (
    <Menu position="bottom-end" width={300}>
      <MenuButton label={t('morePeople')}>
        <IconChevronDown size={16} stroke={1.6} aria-hidden />
      </MenuButton>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={420} type="auto">
          <Menu.Label>{t('technicians')}</Menu.Label>
          {people.filter(({ role }) => role === 'technician').map(item)}
          <Menu.Label>{t('residents')}</Menu.Label>
          {people.filter(({ role }) => role === 'user').map(item)}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}

function quickChoice(people: readonly PracticePerson[], person: PracticePerson | null): PracticePerson[] {
  const ofRole = (role: PracticePerson['role']) =>
    person?.role === role ? person : people.find((one) => one.role === role)
  return [ofRole('user'), ofRole('technician')].filter((one) => one !== undefined)
}

/** "Anna, flat 34": the given name and the last part of the place, short enough for the switch. */
function personLabel({ name, role, place }: PracticePerson, technician: string): string {
  const given = name.split(' ')[0] ?? name
  const where = role === 'technician' ? technician : (place.split(',').at(-1)?.trim() ?? '')
  return where === '' ? given : `${given}, ${where}`
}
