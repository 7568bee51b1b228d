import type { Facts } from '../../shared/model/facts'
import type { HealthPoint, HistorySpan } from '../../shared/model/health-history'

const MINUTE = 60_000
/** Lengths of the whiles that are kept, in minutes: fine for a day, coarse for a month. */
export const FINE = 1
export const COARSE = 30

/** One while as it is kept. */
export type HealthSample = Omit<HealthPoint, 'listening'> & {
  /** Length in minutes. */
  readonly span: typeof FINE | typeof COARSE
  readonly at: number
  readonly seen: number
  /** Minutes in which Telegram was heard. */
  readonly listening: number
}

/** How a history is drawn: how far it goes back, from which samples, in what steps. */
export const SPANS: Readonly<
  Record<HistorySpan, { readonly ms: number; readonly stepMs: number; readonly from: HealthSample['span'] }>
> = {
  hour: { ms: 60 * MINUTE, stepMs: MINUTE, from: FINE },
  day: { ms: 24 * 60 * MINUTE, stepMs: 10 * MINUTE, from: FINE },
  month: { ms: 30 * 24 * 60 * MINUTE, stepMs: 240 * MINUTE, from: COARSE },
}

/** The beginning of the while of so many minutes that an instant lies in. */
export function startOf(at: number, minutes: number): number {
  return Math.floor(at / (minutes * MINUTE)) * minutes * MINUTE
}

/** What the minute of these facts is kept as; `before` are the facts a minute ago, null at the start. */
export function sampleOf(facts: Facts, before: Facts | null): HealthSample {
  const sums = happened(facts.totals, before?.totals ?? null)
  const { byStatus } = facts.requests
  return {
    span: FINE,
    at: startOf(facts.at, FINE),
    seen: 1,
    listening: facts.bot.state === 'receiving' ? 1 : 0,
    ...sums,
    inboxWaiting: facts.inbox.waiting,
    outboxWaiting: facts.outbox.waiting,
    loopDelayMs: Math.round(facts.process.loopDelayMs),
    memoryBytes: facts.process.memoryBytes,
    freeBytes: facts.disk.freeBytes,
    databaseBytes: facts.database.bytes,
    openRequests: Object.entries(byStatus).reduce(
      (sum, [status, count]) => (status === 'RESOLVED' ? sum : sum + count),
      0,
    ),
    overdue: facts.requests.overdue,
  }
}

type Sums = Pick<HealthSample, 'updates' | 'sends' | 'sendFailures' | 'errors'>

/** What has happened between two states of the counters, which begin anew with the program. */
function happened(totals: Facts['totals'], before: Facts['totals'] | null): Sums {
  const since = (count: (of: Facts['totals']) => number) =>
    Math.max(0, count(totals) - (before === null ? 0 : count(before)))
  return {
    updates: since((of) => of.updatesReceived),
    sends: since((of) => of.sendsDone),
    sendFailures: since((of) => of.sendsFailed),
    errors: since((of) => of.errors + of.windowErrors),
  }
}

/** Several whiles as one longer one: sums of what happened, the worst of what stood. Null without any. */
export function mergeSamples(
  samples: readonly HealthSample[],
  into: Pick<HealthSample, 'span' | 'at'>,
): HealthSample | null {
  const [first, ...rest] = samples
  if (first === undefined) return null
  return rest.reduce(mergeTwo, { ...first, ...into })
}

function mergeTwo(a: HealthSample, b: HealthSample): HealthSample {
  return {
    span: a.span,
    at: a.at,
    seen: a.seen + b.seen,
    listening: a.listening + b.listening,
    updates: a.updates + b.updates,
    sends: a.sends + b.sends,
    sendFailures: a.sendFailures + b.sendFailures,
    errors: a.errors + b.errors,
    inboxWaiting: Math.max(a.inboxWaiting, b.inboxWaiting),
    outboxWaiting: Math.max(a.outboxWaiting, b.outboxWaiting),
    loopDelayMs: Math.max(a.loopDelayMs, b.loopDelayMs),
    memoryBytes: Math.max(a.memoryBytes, b.memoryBytes),
    freeBytes: Math.min(a.freeBytes, b.freeBytes),
    databaseBytes: Math.max(a.databaseBytes, b.databaseBytes),
    openRequests: Math.max(a.openRequests, b.openRequests),
    overdue: Math.max(a.overdue, b.overdue),
  }
}

/** Samples on the even steps of a history; a step that has none is a gap, never a zero. */
export function gridOf(
  samples: readonly HealthSample[],
  grid: { readonly from: number; readonly stepMs: number; readonly steps: number },
): (HealthPoint | null)[] {
  const groups: HealthSample[][] = Array.from({ length: grid.steps }, () => [])
  for (const sample of samples) groups[Math.floor((sample.at - grid.from) / grid.stepMs)]?.push(sample)
  return groups.map((group) => {
    const merged = mergeSamples(group, { span: FINE, at: 0 })
    if (merged === null) return null
    const { span: _span, at: _at, seen, listening, ...rest } = merged
    return { ...rest, listening: Math.min(100, Math.round((100 * listening) / Math.max(1, seen))) }
  })
}
