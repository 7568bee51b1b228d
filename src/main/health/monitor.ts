import type { Facts } from '../../shared/model/facts'
import type { Database } from '../db/database'
import { findLongestUnassigned, retryingSince } from '../db/alerts'
import { addSample } from '../db/health-history'
import type { Seen } from '../domain/alert-rules'
import { FINE, sampleOf, startOf } from '../domain/health-points'
import type { Log } from '../telemetry/log'
import type { Alerting, AlertNews } from '../usecases/alerting'
import { createRecent } from './recent'

/** A cause has to last for two looks before it counts, and to be gone for two before it is over. */
const LOOKS = 2
/** Looks that are further apart than this had the computer asleep between them, in ms. */
const ASLEEP_MS = 10 * 60_000

/** What the monitor needs. */
export type MonitorDeps = {
  readonly facts: () => Facts
  readonly database: Pick<Database, 'read' | 'transact'>
  /** Null where nothing is alerted: in the practice building. */
  readonly alerting: Pick<Alerting, 'look'> | null
  /** When the program was off, until this start. */
  readonly away: Seen['away']
  readonly now: () => number
  readonly log: Log
  /** How often it looks, in ms. */
  readonly everyMs: number
  /** Called with what is to be told outside the window. */
  readonly onNews: (news: AlertNews) => void
  /** Called after each look, so that whoever looks at the figures reads them anew. */
  readonly onLook: () => void
}

/** Looks at how the program does, now and then. */
export type Monitor = {
  /** Looks at once: thresholds have changed, or the computer has woken up. */
  readonly look: () => void
  readonly stop: () => void
}

/** Starts to look: a sample a minute for the history, and the alerts at every look. */
export function startMonitor(deps: MonitorDeps): Monitor {
  const { now, log, everyMs } = deps
  const recentOf = createRecent()
  let away = deps.away
  let sampled: Facts | null = null
  let lookedAt: number | null = null

  const sample = (facts: Facts) => {
    if (sampled !== null && startOf(sampled.at, FINE) === startOf(facts.at, FINE)) return
    const row = sampleOf(facts, sampled)
    sampled = facts
    deps.database.transact((db) => {
      addSample(db, row)
    })
  }
  const alert = (facts: Facts) => {
    const at = new Date(now())
    const news = deps.alerting?.look(seenBy(deps, { facts, recent: recentOf(facts), away }), {
      minute: at.getHours() * 60 + at.getMinutes(),
      hold: { raise: LOOKS * everyMs, end: LOOKS * everyMs },
    })
    if (news === undefined) return
    note(log, news)
    deps.onNews(news)
  }
  const look = () => {
    try {
      const facts = deps.facts()
      if (lookedAt !== null && facts.at - lookedAt > ASLEEP_MS) away = { from: lookedAt, to: facts.at }
      const isFirst = lookedAt === null
      lookedAt = facts.at
      // The alerts go first: they have to reach people even when the disk takes no more rows.
      alert(facts)
      // At the first look the bot is still starting: that is no silence.
      if (!isFirst) sample(facts)
      deps.onLook()
    } catch (error) {
      // Not an error in the counted sense, which would alert about itself; the next look tries again.
      log.warn({ error, scope: 'alerts' }, 'How the program does could not be looked at')
    }
  }
  look()
  const timer = setInterval(look, everyMs)
  timer.unref()
  return {
    look,
    stop: () => {
      clearInterval(timer)
    },
  }
}

function seenBy({ database: { read } }: MonitorDeps, seen: Pick<Seen, 'facts' | 'recent' | 'away'>): Seen {
  return { ...seen, retryingSince: retryingSince(read), unassigned: findLongestUnassigned(read) }
}

function note(log: Log, { raised, ended }: AlertNews): void {
  for (const { key, level } of raised)
    log.warn({ scope: 'alerts', kind: key, state: level }, 'An alert was raised')
  for (const { key } of ended) log.info({ scope: 'alerts', kind: key }, 'An alert is over')
}
