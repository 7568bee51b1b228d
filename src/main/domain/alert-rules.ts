import type { AlertDetails, AlertKey, AlertLevel, AlertSettings } from '../../shared/model/alerts'
import type { Facts } from '../../shared/model/facts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const MEGABYTE = 1024 * 1024
/** Telegram keeps messages for 24 hours: people are told at half of that, and when four hours are left. */
const LIMIT_WARNS_AFTER = 12 * HOUR
const LIMIT_PRESSES_AFTER = 20 * HOUR
/** For how long after it people are told that nobody listened, in ms. */
const AWAY_SHOWN_MS = 24 * HOUR

/** A request that nobody has. */
export type Unassigned = { readonly id: string; readonly number: string; readonly at: number }

/** All that the rules look at. Instants are UTC ms. */
export type Seen = {
  readonly facts: Facts
  /** What happened within the last ten minutes, as far as the program was running. */
  readonly recent: { readonly sendsFailed: number; readonly errors: number }
  /** While the program was off or asleep: from the last answer of Telegram to when it woke; null when it was not. */
  readonly away: { readonly from: number; readonly to: number } | null
  /** When the oldest message that was tried in vain and still waits was written; null when none does. */
  readonly retryingSince: number | null
  /** Those that wait longest for somebody. */
  readonly unassigned: { readonly urgent: Unassigned | null; readonly any: Unassigned | null }
}

/** Something that is wrong at this moment. */
export type Cause = {
  readonly key: AlertKey
  readonly level: AlertLevel
  /** Null when it began no earlier than it was seen. */
  readonly since: number | null
  readonly details: AlertDetails
}

type Found = Omit<Cause, 'key'> | null
type Rule = (seen: Seen, settings: AlertSettings) => Found

/** Everything that is wrong at this moment, by the thresholds that the manager has set. */
export function causesOf(seen: Seen, settings: AlertSettings): Cause[] {
  const found: Cause[] = []
  for (const [key, rule] of RULES) {
    const cause = settings.off.includes(key) ? null : rule(seen, settings)
    if (cause !== null) found.push({ key, ...cause })
  }
  return found
}

/** Since when nobody listens to Telegram; null while somebody does, or no bot is connected. */
export function silentSince({ bot, startedAt }: Facts): number | null {
  if (bot.state === 'receiving' || bot.state === 'no-token') return null
  return bot.lastAnsweredAt ?? startedAt
}

const notListening: Rule = ({ facts }, { notListeningMinutes }) => {
  const since = silentSince(facts)
  // A start takes its moment, and after it the old silence is told as such.
  if (since === null || facts.bot.state === 'starting') return null
  const lasted = facts.at - Math.max(since, facts.startedAt)
  if (lasted < notListeningMinutes * MINUTE) return null
  return { level: 'critical', since, details: { state: facts.bot.state } }
}

const dayLimit: Rule = ({ facts }) => {
  const since = silentSince(facts)
  if (since === null) return null
  const lasted = facts.at - since
  if (lasted < LIMIT_WARNS_AFTER) return null
  return {
    level: lasted < LIMIT_PRESSES_AFTER ? 'warning' : 'critical',
    since,
    details: { hours: Math.floor(lasted / HOUR) },
  }
}

const wasAway: Rule = ({ facts, away }) => {
  if (away === null || away.to - away.from < LIMIT_WARNS_AFTER) return null
  // Before Telegram has answered, the silence goes on and is told as such.
  if (silentSince(facts) !== null || facts.at - away.to >= AWAY_SHOWN_MS) return null
  return {
    level: 'warning',
    since: away.from,
    details: { until: away.to, hours: Math.floor((away.to - away.from) / HOUR) },
  }
}

const sendsFailing: Rule = ({ facts, recent, retryingSince }, { sendsLateMinutes, sendsFailed }) => {
  const { waiting } = facts.outbox
  const oldestAt = earlier(facts.outbox.oldestAt, retryingSince)
  // Without a line nothing goes out: that is told already.
  const isLate =
    oldestAt !== null && facts.bot.state === 'receiving' && facts.at - oldestAt >= sendsLateMinutes * MINUTE
  if (!isLate && recent.sendsFailed < sendsFailed) return null
  return {
    level: 'warning',
    since: isLate ? oldestAt : null,
    // What is put off until its next try is not counted as due.
    details: { waiting: Math.max(waiting, isLate ? 1 : 0), failed: recent.sendsFailed },
  }
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other)
}

const diskLow: Rule = ({ facts }, { diskFreeMegabytes }) => {
  const { state, freeBytes } = facts.disk
  const isBad = state === 'very-low' || state === 'full'
  // Before the first look at the disk nothing is known of it.
  const isKnown = freeBytes > 0 && freeBytes < Number.MAX_SAFE_INTEGER
  if (!isBad && !(isKnown && freeBytes < diskFreeMegabytes * MEGABYTE)) return null
  return { level: isBad ? 'critical' : 'warning', since: null, details: { freeBytes } }
}

const backupOld: Rule = ({ facts }, { backupHours }) => {
  if (facts.backup === null) return null
  const { lastAt, isOld } = facts.backup
  // Without any backup only the program knows since when there has been something to copy.
  const isTooOld = lastAt === null ? isOld : facts.at - lastAt >= backupHours * HOUR
  if (!isTooOld) return null
  return { level: 'warning', since: lastAt ?? facts.startedAt, details: lastAt === null ? {} : { lastAt } }
}

const errors: Rule = ({ recent }, { errorsInTenMinutes }) =>
  recent.errors < errorsInTenMinutes
    ? null
    : { level: 'warning', since: null, details: { count: recent.errors } }

const databaseCheck: Rule = ({ facts }) =>
  facts.database.check === 'failed' ? { level: 'critical', since: null, details: {} } : null

const unassigned: Rule = ({ facts, unassigned: { urgent, any } }, settings) => {
  const waits = (request: Unassigned | null, minutes: number) =>
    request !== null && facts.at - request.at >= minutes * MINUTE ? request : null
  const isUrgent = waits(urgent, settings.urgentMinutes)
  const found = isUrgent ?? waits(any, settings.unassignedMinutes)
  if (found === null) return null
  return {
    level: isUrgent === null ? 'warning' : 'critical',
    since: found.at,
    details: { requestId: found.id, number: found.number },
  }
}

const RULES: readonly (readonly [AlertKey, Rule])[] = [
  ['database-check', databaseCheck],
  ['day-limit', dayLimit],
  ['not-listening', notListening],
  ['disk-low', diskLow],
  ['sends-failing', sendsFailing],
  ['unassigned', unassigned],
  ['was-away', wasAway],
  ['backup-old', backupOld],
  ['errors', errors],
]

/** Whether the minute of the day lies in the quiet hours, which may go over midnight. */
export function isQuiet(quiet: AlertSettings['quiet'], minute: number): boolean {
  if (quiet === null) return false
  const { from, until } = quiet
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until
}
