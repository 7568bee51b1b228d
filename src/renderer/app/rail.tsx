import {
  IconArchive,
  IconBuilding,
  IconHeartbeat,
  IconLayoutKanban,
  IconSettings,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { pathOf, type ScreenName, useRoute } from '../lib/routes'
import { useText } from '../lib/texts'
import { isNew, openAlerts } from '../lib/alerts'
import { useStore } from '../lib/use-store'
import { board } from './desk-board'
import { Logo } from './logo'
import classes from './rail.module.css'

type Shown = Exclude<ScreenName, 'attention' | 'errors' | 'log'>

/** Screens that are reached through another one, which stays marked. */
const WITHIN: Partial<Record<ScreenName, Shown>> = { errors: 'health', log: 'health' }

const ICONS: Readonly<Record<Shown, TablerIcon>> = {
  board: IconLayoutKanban,
  archive: IconArchive,
  people: IconUsers,
  places: IconBuilding,
  health: IconHeartbeat,
  settings: IconSettings,
}

/** The way to every screen. */
export function Rail() {
  const t = useText()
  return (
    <nav className={classes.rail} aria-label={t('rail.name')}>
      <div className={classes.mark}>
        <Logo />
        <span className={classes.name}>{t('app')}</span>
      </div>
      <RailLink to="board">
        <NewCount />
      </RailLink>
      <RailLink to="archive" />
      <hr />
      <RailLink to="people" />
      <RailLink to="places" />
      <span className={classes.space} />
      <RailLink to="health">
        <AlertCount />
      </RailLink>
      <RailLink to="settings" />
    </nav>
  )
}

function RailLink({ to, children }: { to: Shown; children?: ReactNode }) {
  const t = useText()
  const { screen } = useRoute()
  const Icon = ICONS[to]
  return (
    <a
      href={`#${pathOf({ screen: to, requestId: null })}`}
      aria-current={(WITHIN[screen] ?? screen) === to ? 'page' : undefined}
    >
      <Icon size={20} stroke={1.5} aria-hidden="true" />
      <span>{t(`rail.${to}`)}</span>
      {children}
    </a>
  )
}

function NewCount() {
  const t = useText()
  const { OPEN: count } = useStore(board.counts)
  return <Count count={count} words={t('rail.new', { count })} />
}

function AlertCount() {
  const t = useText()
  const count = useStore(openAlerts).filter(isNew).length
  return <Count count={count} words={t('rail.alerts', { count })} />
}

function Count({ count, words }: { count: number; words: string }) {
  if (count === 0) return null
  return (
    <b className={classes.count} title={words}>
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className={classes.heard}>, {words}</span>
    </b>
  )
}
