import { Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { RequestDetails } from '../../../shared/model/request'
import type { Priority } from '../../../shared/model/vocabulary'
import { useDispatch } from '../../lib/dispatch'
import { useShortcuts } from '../../lib/shortcuts'
import { useLanguage, useText } from '../../lib/texts'
import { Button, IconButton } from '../../ui/button/button'
import { PriorityMark } from '../../ui/marks/priority-mark'
import classes from './panel.module.css'

const PRIORITIES = ['URGENT', 'HIGH', 'MEDIUM', 'LOW'] as const satisfies readonly Priority[]

/** What is done to most requests, with the keys that do it. */
export function Actions({ details: { card, actions } }: { details: RequestDetails }) {
  const t = useText()
  const { ask, run } = useDispatch()
  const language = useLanguage()
  const [isPriorityOpen, openPriority] = useState(false)
  const asks = (question: Parameters<typeof ask>[1]) => () => {
    ask(card, question)
  }
  const resolve = actions.includes('resolve') ? asks('resolve') : undefined
  const hold = actions.includes('hold') ? asks('hold') : undefined
  const assign = actions.includes('assign') ? asks('technician') : undefined
  const reopen = actions.includes('reopen')
    ? () => {
        run(card, { kind: 'reopen' })
      }
    : undefined
  const priority = resolve
    ? () => {
        openPriority(true)
      }
    : undefined
  useShortcuts({ r: resolve, h: hold, a: assign, p: priority })
  return (
    <div className={classes.actions} role="group" aria-label={t('panel.actions')}>
      {resolve ? (
        <Button keyCap="R" onClick={resolve}>
          {t('panel.resolve')}
        </Button>
      ) : null}
      {hold ? (
        <Button keyCap="H" onClick={hold}>
          {t('panel.hold_')}
        </Button>
      ) : null}
      {assign ? (
        <Button keyCap="A" onClick={assign}>
          {t('panel.assign')}
        </Button>
      ) : null}
      {reopen ? <Button onClick={reopen}>{t('panel.reopen')}</Button> : null}
      {priority ? (
        <PriorityMenu
          current={card.priority}
          isOpen={isPriorityOpen}
          onChange={openPriority}
          onChoose={(next) => {
            run(card, { kind: 'priority', priority: next })
          }}
        >
          {/* Russian words leave no room for a fourth button. */}
          {language === 'ru' && hold ? (
            <IconButton label={t('panel.setPriority')} aria-keyshortcuts="P">
              <IconDots stroke={1.6} aria-hidden="true" />
            </IconButton>
          ) : (
            <Button keyCap="P">{t('panel.setPriority')}</Button>
          )}
        </PriorityMenu>
      ) : null}
    </div>
  )
}

type MenuProps = {
  readonly current: Priority
  readonly isOpen: boolean
  readonly onChange: (isOpen: boolean) => void
  readonly onChoose: (priority: Priority) => void
  readonly children: ReactNode
}

function PriorityMenu({ current, isOpen, onChange, onChoose, children }: MenuProps) {
  const t = useText()
  return (
    <Menu opened={isOpen} onChange={onChange} position="top-end" width={180}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('panel.priority')}</Menu.Label>
        {PRIORITIES.map((priority) => (
          <Menu.Item
            key={priority}
            leftSection={<PriorityMark priority={priority} />}
            disabled={priority === current}
            onClick={() => {
              onChoose(priority)
            }}
          >
            {t(`priority.${priority}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
