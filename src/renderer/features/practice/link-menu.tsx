import { Menu, ScrollArea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconQrcode } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../lib/client'
import { MenuButton } from '../../ui/menu-button/menu-button'
import { startParameter } from './start-parameter'

type Code = { readonly id: string; readonly name: string; readonly parameter: string }

/** The codes that hang in the practice building and the open invitations. */
function useCodes(opened: boolean): { units: Code[]; invites: Code[] } {
  const places = useQuery({
    queryKey: ['places', 'list'],
    queryFn: () => client.places.list(),
    enabled: opened,
  })
  const invites = useQuery({
    queryKey: ['people', 'invites'],
    queryFn: () => client.people.invites(),
    enabled: opened,
  })
  const units = (places.data ?? []).flatMap((building) =>
    building.units
      .filter((unit) => unit.isActive)
      .map((unit) => ({
        id: unit.id,
        name: `${building.name}, ${unit.name}`,
        parameter: startParameter(unit.link),
      })),
  )
  const invited = (invites.data ?? []).map(({ id, name, link }) => ({
    id,
    name,
    parameter: startParameter(link),
  }))
  return { units: units.filter(leadsHere), invites: invited.filter(leadsHere) }
}

function leadsHere({ parameter }: Code): boolean {
  return parameter !== ''
}

/** Scans a code on the phone, as somebody standing before it would. */
export function LinkMenu({ onOpen }: { onOpen: (parameter: string) => void }) {
  const { t } = useTranslation('practice')
  const [opened, setOpened] = useState(false)
  const codes = useCodes(opened)
  const item = (code: Code) => (
    <Menu.Item
      key={code.id}
      onClick={() => {
        onOpen(code.parameter)
      }}
    >
      {code.name}
    </Menu.Item>
  )
  return (
    <Menu position="bottom-end" width={280} opened={opened} onChange={setOpened}>
      <MenuButton label={t('scan')}>
        <IconQrcode size={18} stroke={1.6} aria-hidden />
      </MenuButton>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={420} type="auto">
          {codes.invites.length > 0 ? <Menu.Label>{t('scanInvite')}</Menu.Label> : null}
          {codes.invites.map(item)}
          <Menu.Label>{t('scanUnit')}</Menu.Label>
          {codes.units.map(item)}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}
