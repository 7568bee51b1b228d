import { SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch, IconUserPlus } from '@tabler/icons-react'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../../shared/model/people'
import { assertNever } from '../../../shared/model/refusal'
import { Button } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { BarSpace, NothingHere, Screen } from '../../ui/screen/screen'
import { ActiveDialog } from './active-dialog'
import { InviteDialog } from './invite-dialog'
import { OpenInvites } from './open-invites'
import { PeopleTable } from './people-table'
import { RenameDialog } from './rename-dialog'
import { type Group, peopleOf } from './sort-people'
import { usePeople } from './use-people'

type Dialog =
  | { readonly kind: 'invite' }
  | { readonly kind: 'rename'; readonly person: Person }
  | { readonly kind: 'active'; readonly person: Person }
  | null

/** Technicians and residents: who they are, whether they can be reached, and what can be done about it. */
export function PeopleScreen() {
  const { t, i18n } = useTranslation('people')
  const { people, invites } = usePeople()
  const [group, setGroup] = useState<Group>('technicians')
  const [search, setSearch] = useState('')
  const [dialog, setDialog] = useState<Dialog>(null)
  const wanted = useDeferredValue(search)
  const everybody = people.data ?? []
  const found = peopleOf(everybody, group, wanted, i18n.language)
  const close = () => {
    setDialog(null)
  }
  const invite = () => {
    setDialog({ kind: 'invite' })
  }
  const bar = (
    <>
      <GroupSwitch people={everybody} group={group} onChange={setGroup} />
      <SearchField value={search} onChange={setSearch} />
      <BarSpace />
      <Button kind="primary" icon={<IconUserPlus size={16} stroke={1.6} aria-hidden />} onClick={invite}>
        {t('inviteTechnician')}
      </Button>
    </>
  )
  return (
    <Screen label={t('title')} bar={bar}>
      <RefusalNote error={people.error} />
      {group === 'technicians' ? <OpenInvites invites={invites.data ?? []} /> : null}
      <Found
        people={found}
        group={group}
        search={wanted}
        isLoaded={people.isSuccess}
        onInvite={invite}
        onDialog={setDialog}
      />
      <OpenDialog dialog={dialog} onClose={close} />
    </Screen>
  )
}

type FoundProps = {
  readonly people: readonly Person[]
  readonly group: Group
  readonly search: string
  readonly isLoaded: boolean
  readonly onInvite: () => void
  readonly onDialog: (dialog: Dialog) => void
}

function Found({ people, group, search, isLoaded, onInvite, onDialog }: FoundProps) {
  if (people.length === 0)
    return isLoaded ? <Nobody group={group} search={search} onInvite={onInvite} /> : null
  return (
    <PeopleTable
      people={people}
      group={group}
      onRename={(person) => {
        onDialog({ kind: 'rename', person })
      }}
      onSetActive={(person) => {
        onDialog({ kind: 'active', person })
      }}
    />
  )
}

function OpenDialog({ dialog, onClose }: { dialog: Dialog; onClose: () => void }) {
  if (dialog === null) return null
  switch (dialog.kind) {
    case 'invite':
      return <InviteDialog onClose={onClose} />
    case 'rename':
      return <RenameDialog person={dialog.person} onClose={onClose} />
    case 'active':
      return <ActiveDialog person={dialog.person} onClose={onClose} />
    default:
      return assertNever(dialog)
  }
}

type GroupProps = { people: readonly Person[]; group: Group; onChange: (group: Group) => void }

function GroupSwitch({ people, group, onChange }: GroupProps) {
  const { t } = useTranslation('people')
  const technicians = people.filter(({ role }) => role === 'technician').length
  const residents = people.filter(({ role }) => role === 'user').length
  return (
    <SegmentedControl<Group>
      aria-label={t('groups')}
      value={group}
      onChange={onChange}
      data={[
        { value: 'technicians', label: t('technicians', { count: technicians }) },
        { value: 'residents', label: t('residents', { count: residents }) },
      ]}
    />
  )
}

function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('people')
  return (
    <TextInput
      type="search"
      w={260}
      aria-label={t('search')}
      placeholder={t('search')}
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
      value={value}
      onChange={(event) => {
        onChange(event.currentTarget.value)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onChange('')
      }}
    />
  )
}

function Nobody({ group, search, onInvite }: { group: Group; search: string; onInvite: () => void }) {
  const { t } = useTranslation('people')
  if (search.trim() !== '')
    return <NothingHere title={t('none.found', { search: search.trim() })} text={t('none.foundHint')} />
  if (group === 'residents') return <NothingHere title={t('none.residents')} text={t('none.residentsHint')} />
  return (
    <NothingHere title={t('none.technicians')} text={t('none.techniciansHint')}>
      <Button onClick={onInvite}>{t('inviteTechnician')}</Button>
    </NothingHere>
  )
}
