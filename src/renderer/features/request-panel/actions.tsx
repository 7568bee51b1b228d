import { Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import type { RequestAction, RequestDetails } from '../../../shared/model/request'
import type { Priority } from '../../../shared/model/vocabulary'
import type { Question } from '../../lib/commands'
import { useDispatch } from '../../lib/dispatch'
import { useShortcuts } from '../../lib/shortcuts'
import { useLanguage, useText } from '../../lib/texts'
import { Button, IconButton } from '../../ui/button/button'
import { PriorityMark } from '../../ui/marks/priority-mark'
import classes from './panel.module.css'

const PRIORITIES = ['URGENT', 'HIGH', 'MEDIUM', 'LOW'] as const satisfies readonly Priority[]

type Act = (() => void) | undefined

/** What is done to most requests, with the keys that do it. */
export function Actions({ details: { card, actions } }: { details: RequestDetails }) {
  const t = useText()
  const { ask, run } = useDispatch()
  const [isPriorityOpen, openPriority] = useState(false)
  const can = (action: RequestAction, act: () => void): Act => (actions.includes(action) ? act : undefined)
  const asks = (action: RequestAction, question: Question): Act =>
    can(action, () => {
      ask(card, question)
    })
  const acts = {
    r: asks('resolve', 'resolve'),
    h: asks('hold', 'hold'),
    a: asks('assign', 'technician'),
    p: can('resolve', () => {
      openPriority(true)
    }),
  }
  const reopen = can('reopen', () => {
    run(card, { kind: 'reopen' })
  })
  useShortcuts(acts)
  return (
    <div className={classes.actions}>
      <ActButton keyCap="R" act={acts.r} words={t('panel.resolve')} />
      <ActButton keyCap="H" act={acts.h} words={t('panel.hold_')} />
      <ActButton keyCap="A" act={acts.a} words={t('panel.assign')} />
      {reopen ? <Button onClick={reopen}>{t('panel.reopen')}</Button> : null}
      {acts.p ? (
        <PriorityMenu
          current={card.priority}
          isNarrow={acts.h !== undefined}
          isOpen={isPriorityOpen}
          onChange={openPriority}
          onChoose={(priority) => {
            run(card, { kind: 'priority', priority })
          }}
        />
      ) : null}
    </div>
  )
}

function ActButton({ keyCap, act, words }: { keyCap: string; act: Act; words: string }) {
  if (!act) return null
  return (
    <Button keyCap={keyCap} onClick={act}>
      {words}
    </Button>
  )
}

type MenuProps = {
  readonly current: Priority
  /** Three other buttons stand beside it. */
  readonly isNarrow: boolean
  readonly isOpen: boolean
  readonly onChange: (isOpen: boolean) => void
  readonly onChoose: (priority: Priority) => void
}

function PriorityMenu({ current, isNarrow, isOpen, onChange, onChoose }: MenuProps) {
  const t = useText()
  const language = useLanguage()
  return (
    <Menu withinPortal={false} opened={isOpen} onChange={onChange} position="top-end" width={180}>
      <Menu.Target>
        {/* Russian words leave no room for a fourth button. */}
        {language === 'ru' && isNarrow ? (
          <IconButton label={t('panel.setPriority')} aria-keyshortcuts="P">
            <IconDots stroke={1.6} aria-hidden="true" />
          </IconButton>
        ) : (
          <Button keyCap="P">{t('panel.setPriority')}</Button>
        )}
      </Menu.Target>
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
