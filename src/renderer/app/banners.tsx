import { IconAlertTriangle, IconArchive, IconCloudOff, IconPlugConnectedX } from '@tabler/icons-react'
import type { AppState } from '../../shared/ipc/contract'
import type { Language } from '../../shared/model/vocabulary'
import type { AlertKey } from '../../shared/model/alerts'
import { isNew, openAlerts } from '../lib/alerts'
import { appState, useAppState } from '../lib/app-state'
import { client } from '../lib/client'
import { useNow } from '../lib/now'
import { restoring } from '../lib/restore'
import { goTo, useRoute } from '../lib/routes'
import { type DeskText, useLanguage, useText } from '../lib/texts'
import { happenedAt, longDay } from '../lib/time'
import { useStore } from '../lib/use-store'
import { Banner, type Condition, quietly } from './banner'
import { Later } from './later'
import { AlertBanner, ConditionBanners } from './screens'

/** Lasting conditions: since when, what they mean for residents, and what to press. */
export function Banners() {
  const state = useAppState()
  const t = useText()
  const language = useLanguage()
  const now = useNow()
  // Meanwhile the data are closed, and so is the bot.
  const isRestoring = useStore(restoring).kind === 'going'
  if (isRestoring) return null
  const conditions = [
    botCondition(state, t, language, now),
    restoredCondition(state, t, language, now),
    gapCondition(state, t, language),
    backupCondition(state, t, language, now),
  ]
  return (
    <>
      {isUsual(state.conditions) ? null : (
        <Later>
          <ConditionBanners />
        </Later>
      )}
      <AlertBanners />
      {conditions.map((condition) => (condition ? <Banner key={condition.title} {...condition} /> : null))}
    </>
  )
}

/** What lasting conditions tell already, each by a banner of its own. */
const TOLD_ANYWAY: readonly AlertKey[] = ['not-listening', 'disk-low', 'backup-old', 'database-check']

function AlertBanners() {
  const { screen } = useRoute()
  const alerts = useStore(openAlerts).filter((alert) => isNew(alert) && !TOLD_ANYWAY.includes(alert.key))
  // That screen says it with more words.
  if (alerts.length === 0 || screen === 'health') return null
  return (
    <Later>
      <AlertBanner alerts={alerts} />
    </Later>
  )
}

const toSettings = () => {
  goTo('settings')
}

const archive = <IconArchive size={16} stroke={1.6} aria-hidden="true" />
const plug = <IconPlugConnectedX size={16} stroke={1.6} aria-hidden="true" />

/** Nearly always: then nothing more is loaded. */
function isUsual({ readOnly, disk, place, damaged }: AppState['conditions']): boolean {
  return readOnly === null && disk.state === 'enough' && place === null && !damaged
}

function botCondition(
  { bot, conditions }: AppState,
  t: DeskText,
  language: Language,
  now: number,
): Condition | null {
  // Where nothing can be changed, no bot is to be connected.
  if (bot.kind === 'receiving' || bot.kind === 'starting' || conditions.readOnly !== null) return null
  const since = 'since' in bot ? happenedAt(bot.since, now, language, t) : ''
  switch (bot.kind) {
    case 'no-token':
      return {
        look: 'amber',
        icon: plug,
        title: t('banner.noTokenTitle'),
        text: t('banner.noTokenText'),
        button: { label: t('banner.noTokenButton'), press: toSettings },
      }
    case 'offline':
      return {
        look: 'red',
        icon: <IconCloudOff size={16} stroke={1.6} aria-hidden="true" />,
        title: t('banner.offlineTitle', { since }),
        text: t(`banner.offline.${bot.reason}`),
        button: {
          label: t('banner.retry'),
          press: () => {
            quietly(client.bot.retryNow())
          },
        },
      }
    case 'token-refused':
      return {
        look: 'red',
        icon: plug,
        title: t('banner.tokenTitle', { since }),
        text: t('banner.tokenText'),
        button: { label: t('banner.tokenButton'), press: toSettings },
      }
    case 'conflict':
      return {
        look: 'red',
        icon: plug,
        title: t('banner.conflictTitle', { since }),
        text: t('banner.conflictText'),
        button: {
          label: t('banner.retry'),
          press: () => {
            quietly(client.bot.retryNow())
          },
        },
      }
    case 'webhook':
      return {
        look: 'red',
        icon: plug,
        title: t('banner.webhookTitle', { since }),
        text: t('banner.webhookText'),
        button: { label: t('banner.webhookButton'), press: toSettings },
      }
  }
}

function backupCondition(
  { backup }: AppState,
  t: DeskText,
  language: Language,
  now: number,
): Condition | null {
  if (backup === null || !backup.isOld) return null
  const { lastAt } = backup
  return {
    look: 'amber',
    icon: archive,
    title:
      lastAt === null
        ? t('banner.backupNoneTitle')
        : t('banner.backupOldTitle', { since: happenedAt(lastAt, now, language, t) }),
    text: t('banner.backupText'),
    button: { label: t('banner.backupButton'), press: toSettings },
  }
}

function restoredCondition(
  { restored }: AppState,
  t: DeskText,
  language: Language,
  now: number,
): Condition | null {
  if (restored === null) return null
  return {
    look: 'amber',
    icon: archive,
    title: t('banner.restoredTitle', { when: happenedAt(restored.madeAt, now, language, t) }),
    text: t('banner.restoredText'),
    button: {
      label: t('banner.dismiss'),
      press: () => {
        quietly(client.app.dismissRestored().then(appState.refresh))
      },
    },
  }
}

function gapCondition({ gap }: AppState, t: DeskText, language: Language): Condition | null {
  if (gap === null) return null
  const hours = t('time.hoursLong', { count: Math.round((gap.to - gap.from) / 3_600_000) })
  return {
    look: 'amber',
    icon: <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />,
    title: t('banner.gapTitle', { range: longDay(gap.from, gap.to, language) }),
    text: t('banner.gapText', { hours }),
    button: {
      label: t('banner.dismiss'),
      press: () => {
        quietly(client.app.dismissGap().then(appState.refresh))
      },
    },
  }
}
