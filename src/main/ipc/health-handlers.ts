import type { Handlers } from '../../shared/ipc/contract'
import type { Alert } from '../../shared/model/alerts'
import { Refusal } from '../../shared/model/refusal'
import { findOpenAlerts, findPastAlerts, type StoredAlert } from '../db/alerts'
import type { ReadableDb } from '../db/database'
import { readSetting } from '../db/settings'
import type { HealthDesk } from '../health/health-desk'
import { readHistory } from '../health/read-history'
import type { Alerting } from '../usecases/alerting'
import { type Linking, managerChatOf } from '../usecases/linking'
import { startLink } from './views/lists'

/** What these handlers are given. */
export type HealthHandlerDeps = {
  readonly database: { readonly read: ReadableDb }
  readonly alerting: Alerting
  readonly linking: Linking
  /** Null where nobody looks after it: in a copy that is only read. */
  readonly health: Pick<HealthDesk, 'facts' | 'lookNow'> | null
  readonly now: () => number
}

/** How the program does, now and over a while. */
export function healthHandlers({ database, health, now }: HealthHandlerDeps): Handlers['health'] {
  return {
    facts: () => {
      if (health === null) throw new Refusal('read-only')
      return health.facts()
    },
    history: ({ span }) => readHistory(database.read, span, now()),
  }
}

/** What is wrong, and how it is told. */
export function alertHandlers(deps: HealthHandlerDeps): Handlers['alerts'] {
  const { alerting, linking, health } = deps
  const { read } = deps.database
  return {
    list: () => ({
      open: findOpenAlerts(read).flatMap(shown).sort(worstFirst),
      past: findPastAlerts(read).flatMap(shown),
    }),
    acknowledge: ({ id }) => {
      alerting.acknowledge(id)
      health?.lookNow()
    },
    snooze: ({ id, minutes }) => {
      alerting.snooze(id, minutes)
    },
    settings: () => readSetting(read, 'alerts'),
    saveSettings: (settings) => {
      alerting.saveSettings(settings)
      health?.lookNow()
    },
    chat: () => {
      const chat = managerChatOf(read)
      if (chat === null) return null
      const { person, linkedAt } = chat
      return { name: person.name, linkedAt, reachable: person.isActive && person.blockedAt === null }
    },
    linkChat: () => {
      const { code, expiresAt } = linking.makeCode()
      return { link: startLink(read, `mgr_${code}`), expiresAt }
    },
    unlinkChat: () => {
      linking.unlink()
    },
  }
}

/** What has not been raised yet is nobody's business: it may pass. */
function shown(alert: StoredAlert): Alert[] {
  const { raisedAt } = alert
  if (raisedAt === null) return []
  const { id, key, level, since, endedAt, acknowledgedAt, snoozedUntil, details } = alert
  return [{ id, key, level, since, raisedAt, endedAt, acknowledgedAt, snoozedUntil, details }]
}

function worstFirst(one: Alert, other: Alert): number {
  if (one.level !== other.level) return one.level === 'critical' ? -1 : 1
  return one.since - other.since
}
