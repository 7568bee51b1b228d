import { Menu } from '@mantine/core'
import {
  IconArrowBackUp,
  IconBan,
  IconDots,
  IconListDetails,
  IconPlayerPlay,
  IconUserMinus,
} from '@tabler/icons-react'
import type { RequestDetails } from '../../../shared/model/request'
import { useDispatch } from '../../lib/dispatch'
import { showLogOf } from '../../lib/log-about'
import { useText } from '../../lib/texts'
import { IconButton } from '../../ui/button/button'

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const

/** What is done now and then: start, take away, reopen, decline, and what the log has about it. */
export function MoreMenu({ details: { card, actions } }: { details: RequestDetails }) {
  const t = useText()
  const { run, ask } = useDispatch()
  const canStart = actions.includes('start') && card.assignee !== null
  const rare = [
    canStart && { key: 'start', icon: <IconPlayerPlay {...icon} />, words: t('panel.start') },
    actions.includes('unassign') &&
      card.assignee !== null && {
        key: 'unassign',
        icon: <IconUserMinus {...icon} />,
        words: t('panel.unassign', { name: card.assignee.name }),
      },
    actions.includes('reopen') && {
      key: 'reopen',
      icon: <IconArrowBackUp {...icon} />,
      words: t('panel.reopen'),
    },
    actions.includes('decline') && { key: 'decline', icon: <IconBan {...icon} />, words: t('panel.decline') },
    { key: 'log', icon: <IconListDetails {...icon} />, words: t('panel.log') },
  ].filter((item) => item !== false)
  const press = (key: string) => {
    if (key === 'log') showLogOf({ number: card.number, id: card.id })
    else if (key === 'decline') ask(card, 'decline')
    else if (key === 'start' || key === 'unassign' || key === 'reopen') run(card, { kind: key })
  }
  return (
    <Menu withinPortal={false} position="bottom-end" width={230}>
      <Menu.Target>
        <IconButton label={t('panel.more')}>
          <IconDots {...icon} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {rare.map((item) => (
          <Menu.Item
            key={item.key}
            leftSection={item.icon}
            onClick={() => {
              press(item.key)
            }}
          >
            {item.words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
