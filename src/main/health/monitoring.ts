import type { Facts } from '../../shared/model/facts'
import type { Language } from '../../shared/model/vocabulary'
import { findOpenAlerts, lastHeardAt } from '../db/alerts'
import { readSetting } from '../db/settings'
import type { Office } from '../office'
import type { Log } from '../telemetry/log'
import type { AlertNews } from '../usecases/alerting'
import type { AlertSignals } from './alert-signals'
import type { Monitor } from './monitor'
import { noticeOf, trayContentOf } from './signal-words'

/** How an office is looked after. */
export type MonitoringOptions = {
  readonly office: Office
  readonly facts: () => Facts
  readonly log: Log
  readonly everyMs: number
  /** The ways outside the window; null where there are none, or nothing is alerted. */
  readonly signals: AlertSignals | null
  /** False in the practice building, where nothing is alerted. */
  readonly alerts: boolean
  readonly language: () => Language
  /** Called after each look. */
  readonly onLook: () => void
}

/** Keeps the history of an office, and its alerts. */
export type Monitoring = {
  /** Begins to look; after the first paint. */
  readonly start: () => Promise<void>
  /** Looks at once, if it has begun. */
  readonly lookNow: () => void
  readonly stop: () => void
}

/** Prepares to look after an office; nothing is looked at before `start`. */
export function openMonitoring(options: MonitoringOptions): Monitoring {
  const { office, signals, facts, log } = options
  const { database, now, useCases } = office
  const heardAt = lastHeardAt(database.read)
  const away = heardAt === null ? null : { from: heardAt, to: now() }
  let monitor: Monitor | null = null
  let isStopped = false
  return {
    start: async () => {
      const { startMonitor } = await import('./monitor')
      if (isStopped) return
      monitor = startMonitor({
        facts,
        database,
        alerting: options.alerts ? useCases.alerting : null,
        away,
        now,
        log,
        everyMs: options.everyMs,
        onNews: (news) => {
          if (signals !== null) signal(options, signals, news)
        },
        onLook: options.onLook,
      })
    },
    lookNow: () => {
      monitor?.look()
    },
    stop: () => {
      isStopped = true
      monitor?.stop()
      signals?.mark(null)
    },
  }
}

/** Tells by the ways that the manager has chosen. */
function signal(options: MonitoringOptions, signals: AlertSignals, { told }: AlertNews): void {
  const { read } = options.office.database
  const { channels } = readSetting(read, 'alerts')
  const language = options.language()
  const now = options.office.now()
  if (channels.notification) for (const alert of told) signals.notify(noticeOf(alert, language, now))
  const unseen = findOpenAlerts(read).filter(
    ({ raisedAt, acknowledgedAt }) => raisedAt !== null && acknowledgedAt === null,
  )
  signals.mark(channels.tray ? trayContentOf(unseen, language, now) : null)
}
