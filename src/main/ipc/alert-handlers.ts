import type { Handlers } from '../../shared/ipc/contract'
import type { Alert } from '../../shared/model/alerts'
import { findOpenAlerts, findPastAlerts, type StoredAlert } from '../db/alerts'
import type { ReadableDb } from '../db/database'
import { readSetting } from '../db/settings'
import { readHistory } from '../health/read-history'
import type { Alerting } from '../usecases/alerting'
import { type Linking, managerChatOf } from '../usecases/linking'
import { startLink } from './views/lists'

/** What these handlers are given. */
export type AlertHandlerDeps = {
  readonly database: { readonly read: ReadableDb }
  readonly alerting: Alerting
  readonly linking: Linking
  /** Has the alerts looked at at once; nothing where nobody looks. */
  readonly lookNow: () => void
  readonly now: () => number
}

/** How the program did over a while. */
export function historyHandler({ database, now }: AlertHandlerDeps): Handlers['health']['history'] {
  return ({ span }) => readHistory(database.read, span, now())
}

/** What is wrong, and how it is told. */
export function alertHandlers(deps: AlertHandlerDeps): Handlers['alerts'] {
  const { alerting, linking, lookNow } = deps
  const { read } = deps.database
  return {
    list: () => ({
      open: findOpenAlerts(read).flatMap(shown).sort(worstFirst),
      past: findPastAlerts(read).flatMap(shown),
    }),
    acknowledge: ({ id }) => {
      alerting.acknowledge(id)
      lookNow()
    },
    snooze: ({ id, minutes }) => {
      alerting.snooze(id, minutes)
    },
    settings: () => readSetting(read, 'alerts'),
    saveSettings: (settings) => {
      alerting.saveSettings(settings)
      lookNow()
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
