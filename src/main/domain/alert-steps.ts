import type { AlertDetails, AlertKey, AlertLevel, AlertSettings } from '../../shared/model/alerts'
import { type Cause, isQuiet } from './alert-rules'

/** An alert from the first sight of its cause to its end. Instants are UTC ms. */
export type TrackedAlert = {
  readonly key: AlertKey
  readonly level: AlertLevel
  readonly since: number
  readonly seenAt: number
  /** Null while nobody knows whether the cause will last. */
  readonly raisedAt: number | null
  /** Since when the cause is gone; null while it lasts. */
  readonly clearSince: number | null
  readonly endedAt: number | null
  readonly acknowledgedAt: number | null
  readonly snoozedUntil: number | null
  readonly toldLevel: AlertLevel | null
  readonly toldAt: number | null
  readonly details: AlertDetails
}

/** How long a cause has to last before it counts, and to be gone before it is over, in ms. */
export type Hold = { readonly raise: number; readonly end: number }

/** The moment at which the alerts are looked at. */
export type Moment = {
  readonly now: number
  /** Minute of the day on this computer's clock. */
  readonly minute: number
  readonly hold: Hold
  readonly settings: Pick<AlertSettings, 'quiet' | 'criticalPasses'>
}

/** What one look makes of an alert: how it is now, null for one that never counted, and whether people are told. */
export type Stepped = { readonly alert: TrackedAlert | null; readonly tell: boolean }

/** Takes an alert one look further. `before` is null when nothing of this kind is open. */
export function stepAlert(before: TrackedAlert | null, cause: Cause | null, moment: Moment): Stepped {
  if (cause === null) return before === null ? NOTHING : { alert: withoutCause(before, moment), tell: false }
  const raised = raise(before === null ? begin(cause, moment.now) : goOn(before, cause), moment)
  const alert = awaken(raised, moment.now)
  if (!isToTell(alert, moment)) return { alert, tell: false }
  return { alert: { ...alert, toldLevel: alert.level, toldAt: moment.now }, tell: true }
}

/** Somebody has seen it: they are told again only when it gets worse. */
export function acknowledgeAlert(alert: TrackedAlert, now: number): TrackedAlert {
  return { ...alert, acknowledgedAt: now, snoozedUntil: null, toldLevel: worse(alert.toldLevel, alert.level) }
}

/** Nobody is told again before that instant, unless it gets worse. */
export function snoozeAlert(alert: TrackedAlert, until: number): TrackedAlert {
  return { ...alert, snoozedUntil: until, toldLevel: worse(alert.toldLevel, alert.level) }
}

const NOTHING: Stepped = { alert: null, tell: false }
const RANK: Readonly<Record<AlertLevel, number>> = { warning: 1, critical: 2 }

function rankOf(level: AlertLevel | null): number {
  return level === null ? 0 : RANK[level]
}

function worse(one: AlertLevel | null, other: AlertLevel): AlertLevel {
  return one !== null && RANK[one] > RANK[other] ? one : other
}

function begin({ key, level, since, details }: Cause, now: number): TrackedAlert {
  return {
    key,
    level,
    since: since ?? now,
    seenAt: now,
    raisedAt: null,
    clearSince: null,
    endedAt: null,
    acknowledgedAt: null,
    snoozedUntil: null,
    toldLevel: null,
    toldAt: null,
    details,
  }
}

/** The cause goes on, or is back before its end counted: it is the same alert, as long as the same is meant. */
function goOn(before: TrackedAlert, { level, since, details }: Cause): TrackedAlert {
  return { ...before, level, details, since: since ?? before.since, clearSince: null }
}

function raise(alert: TrackedAlert, { now, hold }: Moment): TrackedAlert {
  if (alert.raisedAt !== null) return alert
  // The clock was set back: what was seen then counts from now.
  if (alert.seenAt > now) return { ...alert, seenAt: now }
  return now - alert.seenAt < hold.raise ? alert : { ...alert, raisedAt: now }
}

function withoutCause(before: TrackedAlert, { now, hold }: Moment): TrackedAlert | null {
  if (before.raisedAt === null) return null
  const clearSince = before.clearSince === null || before.clearSince > now ? now : before.clearSince
  return { ...before, clearSince, endedAt: now - clearSince < hold.end ? null : now }
}

/** Puts an end to a silence that is over: its time has passed, or it was about less than it is now. */
function awaken(alert: TrackedAlert, now: number): TrackedAlert {
  const isWorse = alert.toldLevel !== null && rankOf(alert.level) > rankOf(alert.toldLevel)
  if (isWorse) return { ...alert, acknowledgedAt: null, snoozedUntil: null }
  if (alert.snoozedUntil === null || now < alert.snoozedUntil) return alert
  return { ...alert, snoozedUntil: null, toldLevel: null }
}

function isToTell(alert: TrackedAlert, { minute, settings }: Moment): boolean {
  if (alert.raisedAt === null || alert.acknowledgedAt !== null || alert.snoozedUntil !== null) return false
  if (rankOf(alert.level) <= rankOf(alert.toldLevel)) return false
  const passes = alert.level === 'critical' && settings.criticalPasses
  return passes || !isQuiet(settings.quiet, minute)
}
