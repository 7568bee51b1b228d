import type { Database } from '../db/database'
import { findDue, findSending, nextDueAt, type Outgoing, startSending } from '../db/outbox'
import type { Log } from '../telemetry/log'
import { failureOf } from './failures'
import type { Perform } from './perform'
import type { Call } from './render/call'
import { type RenderContext, renderOutgoing } from './render/render-outgoing'
import { type Ended, settleInterrupted, settleSent } from './settle-sent'

/** Calls on their way at the same time. */
const IN_FLIGHT = 64
/** A call that takes longer than this hangs, in ms. */
const CALL_LIMIT_MS = 30_000
/** Rows looked at for one round: more than fit on the way, since some wait for their chat. */
const LOOK_AT = 256
/** Longest sleep of the sender, in ms: the clock may be set back meanwhile. */
const LONGEST_SLEEP_MS = 60_000

/** What the sender needs. */
export type SenderDeps = {
  readonly database: Pick<Database, 'read' | 'transact'>
  readonly now: () => number
  readonly newCode: RenderContext['newCode']
  readonly perform: Perform
  readonly log: Log
  /** Called when somebody turns out to have blocked the bot. */
  readonly onBlocked: (chatId: number) => void
  /** Called when the token turns out to be refused; the sender has stopped by itself. */
  readonly onTokenRefused: () => void
}

/** Empties the outbox: each chat in order, many chats at once. */
export type Sender = {
  readonly wake: () => void
  /** Stops taking rows and waits for calls on their way, up to `ms`; what is left counts as unknown at the next start. */
  readonly stop: (ms: number) => Promise<void>
}

type Settled = { readonly row: Outgoing; readonly ended: Ended }

/** Starts the sender. What an earlier run left half-sent is settled by its policy first. */
export function startSender(deps: SenderDeps): Sender {
  const { database, now, log } = deps
  const busyChats = new Set<number>()
  const pausedUntil = new Map<number, number>()
  const abort = new AbortController()
  const settled: Settled[] = []
  let stopped = false
  let scheduled = false
  let timer: NodeJS.Timeout | undefined
  let onIdle: (() => void) | null = null

  database.transact((db) => {
    for (const row of findSending(db)) settleInterrupted(db, row, now())
  })

  const schedule = () => {
    if (scheduled) return
    scheduled = true
    // Answers and wake-ups of one turn share one commit.
    setImmediate(() => {
      scheduled = false
      try {
        flush()
        if (!stopped) launch()
      } catch (error) {
        log.error({ error, scope: 'sender' }, 'The outbox could not be written')
        if (!stopped) timer = setTimeout(schedule, 1000)
      }
      if (busyChats.size === 0 && settled.length === 0) onIdle?.()
    })
  }

  /** Writes how finished calls ended, all of them in one commit. */
  const flush = () => {
    if (settled.length === 0) return
    const batch = settled.slice()
    database.transact((db) => {
      for (const { row, ended } of batch) {
        const pause = settleSent(db, row, ended, now())
        if (pause > 0) pausedUntil.set(row.chatId, now() + pause)
      }
    })
    settled.splice(0, batch.length)
    for (const { row, ended } of batch) {
      busyChats.delete(row.chatId)
      if (ended.kind === 'blocked') deps.onBlocked(row.chatId)
      if (ended.kind === 'token-refused') refuse()
    }
  }

  const refuse = () => {
    if (stopped) return
    stopped = true
    deps.onTokenRefused()
  }

  /** Takes due rows, one for each free chat, marks them in one commit and makes the calls. */
  const launch = () => {
    clearTimeout(timer)
    const free = IN_FLIGHT - busyChats.size
    const rows =
      free > 0 ? choose(findDue(database.read, now(), LOOK_AT), busyChats, pausedUntil, free, now()) : []
    if (rows.length === 0) {
      sleep()
      return
    }
    const calls = database.transact((db) =>
      rows.map((row) => {
        startSending(db, row.id)
        return { row: { ...row, attempts: row.attempts + 1 }, call: rendered(db, row, deps) }
      }),
    )
    for (const { row, call } of calls) {
      busyChats.add(row.chatId)
      void make(row, call)
    }
    if (rows.length < free) sleep()
  }

  const make = async (row: Outgoing, call: Call | 'broken' | null) => {
    settled.push({ row, ended: await ending(call) })
    schedule()
  }

  const ending = async (call: Call | 'broken' | null): Promise<Ended> => {
    if (call === null) return { kind: 'nothing-to-send' }
    if (call === 'broken') return { kind: 'refused', description: 'could not be written' }
    try {
      const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(CALL_LIMIT_MS)])
      return { kind: 'sent', messageIds: await deps.perform(call, signal) }
    } catch (error) {
      const failure = failureOf(error)
      if (failure.kind === 'refused') log.warn({ error, scope: 'sender' }, 'Telegram refused a call')
      return failure
    }
  }

  const sleep = () => {
    if (stopped || busyChats.size > 0) return
    const next = nextDueAt(database.read)
    if (next === null) return
    timer = setTimeout(
      schedule,
      Math.min(LONGEST_SLEEP_MS, Math.max(10, soonest(next, pausedUntil, now()) - now())),
    )
  }

  schedule()
  return {
    wake: schedule,
    stop: async (ms) => {
      stopped = true
      clearTimeout(timer)
      if (busyChats.size > 0 || settled.length > 0) {
        await Promise.race([
          new Promise<void>((resolve) => {
            onIdle = resolve
          }),
          new Promise<void>((resolve) => setTimeout(resolve, ms)),
        ])
      }
      abort.abort()
    },
  }
}

/** A row that can't be rendered must not hold up the others. */
function rendered(
  db: Parameters<typeof renderOutgoing>[0],
  row: Outgoing,
  deps: SenderDeps,
): Call | 'broken' | null {
  try {
    return renderOutgoing(db, row, { now: deps.now(), newCode: deps.newCode })
  } catch (error) {
    deps.log.error({ error, scope: 'sender', kind: row.kind }, 'An outgoing message could not be written')
    return 'broken'
  }
}

/** The first due row of each chat that is neither busy nor paused. */
function choose(
  due: readonly Outgoing[],
  busy: ReadonlySet<number>,
  paused: Map<number, number>,
  limit: number,
  now: number,
): Outgoing[] {
  const taken = new Set<number>()
  const rows: Outgoing[] = []
  for (const row of due) {
    if (rows.length === limit) break
    if (busy.has(row.chatId) || taken.has(row.chatId)) continue
    const until = paused.get(row.chatId)
    if (until !== undefined && until > now) continue
    if (until !== undefined) paused.delete(row.chatId)
    taken.add(row.chatId)
    rows.push(row)
  }
  return rows
}

function soonest(next: number, paused: ReadonlyMap<number, number>, now: number): number {
  if (next > now) return next
  // Something is due but its chat is paused: the first pause to end decides.
  return Math.min(now + LONGEST_SLEEP_MS, ...[...paused.values()].filter((until) => until > now))
}
