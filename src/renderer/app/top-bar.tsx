import { IconDeviceMobile, IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ScreenName } from '../lib/routes'
import { useAppState } from '../lib/app-state'
import { useText } from '../lib/texts'
import { Button } from '../ui/button/button'
import { BotBadge } from './bot-badge'
import classes from './top-bar.module.css'

type Props = {
  readonly screen: ScreenName
  readonly onNewRequest: () => void
  /** Null when there is no phone here. */
  readonly phone: { readonly isShown: boolean; readonly toggle: () => void } | null
  readonly attention: ReactNode
}

/** What screen this is, whether the bot receives, and the way to a new request. */
export function TopBar({ screen, onNewRequest, phone, attention }: Props) {
  const t = useText()
  const isReadOnly = useAppState().conditions.readOnly !== null
  return (
    <header className={classes.top}>
      <h1>{t(`rail.${screen === 'errors' || screen === 'log' ? 'health' : screen}`)}</h1>
      <span className={classes.space} />
      {attention}
      <BotBadge />
      {phone ? (
        <Button
          aria-pressed={phone.isShown}
          icon={<IconDeviceMobile stroke={1.6} aria-hidden="true" />}
          onClick={phone.toggle}
        >
          {t('top.phone')}
        </Button>
      ) : null}
      {isReadOnly ? null : (
        <Button keyCap="N" icon={<IconPlus stroke={1.6} aria-hidden="true" />} onClick={onNewRequest}>
          {t('top.newRequest')}
        </Button>
      )}
    </header>
  )
}
