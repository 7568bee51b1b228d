import type { Database, WritableDb } from '../db/database'
import { findSending, type Outgoing, retryOutgoing, startSending } from '../db/outbox'
import { findNumber } from '../db/requests'
import { requestOfCard } from '../usecases/telling'
import { withContext, withoutContext } from '../telemetry/context'
import type { Log } from '../telemetry/log'
import type { Measures } from '../telemetry/measures'
import { span } from '../telemetry/span'
import { createChats } from './chats'
import { failureOf } from './failures'
import type { Perform } from './perform'
import type { Call } from './render/call'
import { type RenderContext, renderOutgoing } from './render/render-outgoing'
import { type Ended, settleInterrupted, settleSent } from './settle-sent'
import { isStorageTrouble } from './storage-trouble'

/** Calls on their way at the same time. */
const IN_FLIGHT = 64
/** A call that takes longer than this hangs, in ms. */
const CALL_LIMIT_MS = 30_000
/** With so few calls on their way each answer is written at once; with more, answers are gathered for one commit. */
const FEW = 8
/** Longest time that answers are gathered, in ms. */
const GATHER_MS = 2
/** Longest sleep of the sender, in ms: the clock may be set back meanwhile. */
const LONGEST_SLEEP_MS = 60_000

/** What the sender needs. */
export type SenderDeps = {
  readonly database: Pick<Database, 'read' | 'transact'>
  readonly now: () => number
  readonly newCode: RenderContext['newCode']
  readonly perform: Perform
  readonly log: Log
  /** Told how each call ended and how long it took. */
  readonly measures?: Measures | undefined
  /** Called when somebody turns out to have blocked the bot. */
  readonly onBlocked: (chatId: number) => void
  /** Called when the token turns out to be refused; the sender has stopped by itself. */
  readonly onTokenRefused: () => void
}

/** Empties the outbox: each chat in order, many chats at once. */
export type Sender = {
  readonly wake: () => void
  /** Tries at once what failed while Telegram could not be reached. */
  readonly retryNow: () => void
  /** Stops taking rows and waits for calls on their way, up to `ms`; what is left counts as unknown at the next start. */
  readonly stop: (ms: number) => Promise<void>
}

type Settled = { readonly row: Outgoing; readonly ended: Ended }
type Launched = { readonly row: Outgoing; readonly call: Call | 'broken' | null }

/** Starts the sender. What an earlier run left half-sent is settled by its policy first. */
export function startSender(deps: SenderDeps): Sender {
  const { database, now, log } = deps
  const abort = new AbortController()
  const settled: Settled[] = []
  let stopped = false
  let scheduled = false
  let rousing = false
  let gathering: NodeJS.Timeout | undefined
  let timer: NodeJS.Timeout | undefined
  let onIdle: (() => void) | null = null

  database.transact((db) => {
    for (const row of findSending(db)) settleInterrupted(db, row, now())
  })
  const chats = createChats(database.read)

  const schedule = () => {
    if (scheduled) return
    scheduled = true
    clearTimeout(gathering)
    gathering = undefined
    // Answers and wake-ups of one turn share one commit.
    const work = () => {
      scheduled = false
      try {
        turn()
      } catch (error) {
        log.error({ error, scope: 'sender' }, 'The outbox could not be written')
        if (!stopped) timer = setTimeout(schedule, 1000)
      }
      if (chats.busy() === 0 && settled.length === 0) onIdle?.()
    }
    withoutContext(() => setImmediate(work))
  }

  /** Goes on soon: a commit costs more than all that is in it, so many answers share one. */
  const gather = () => {
    if (chats.busy() <= FEW || 2 * settled.length >= chats.busy()) schedule()
    else gathering ??= setTimeout(schedule, GATHER_MS)
  }

  /** Writes how finished calls ended and takes the next rows, in one commit, and then makes the calls. */
  const turn = () => {
    clearTimeout(timer)
    const batch = settled.slice()
    // One reading of the clock for all: a row that became due between two would be neither due nor to come.
    const at = now()
    const isRefused = batch.some(({ ended }) => ended.kind === 'token-refused')
    const launched = kept(batch, (db) => {
      settleBatch(db, batch, at)
      return stopped || isRefused ? [] : take(db, at)
    })
    settled.splice(0, batch.length)
    for (const { row, ended } of batch) logEnded(row, ended, deps)
    rousing = false
    if (isRefused) refuse()
    launch(launched)
    sleep(at)
  }

  /** Runs the work in one commit. When it is not kept, its calls have still to be written down, and their chats wait. */
  const kept = (batch: readonly Settled[], work: (db: WritableDb) => Launched[]): Launched[] => {
    try {
      return database.transact(work)
    } catch (error) {
      for (const { row } of batch) chats.begin(row.chatId)
      throw error
    }
  }

  const settleBatch = (db: WritableDb, batch: readonly Settled[], at: number) => {
    for (const { row, ended } of batch) {
      const pause = settleSent(db, row, ended, at)
      if (pause > 0) {
        chats.rest(row.chatId, at + pause, ended.kind === 'wait')
        deps.measures?.count('sends-retried', row.method)
      }
      chats.end(row.chatId)
      if (ended.kind === 'blocked') deps.onBlocked(row.chatId)
    }
    if (!rousing) return
    retryOutgoing(db, at)
    chats.rouse(at)
  }

  const refuse = () => {
    if (stopped) return
    stopped = true
    deps.onTokenRefused()
  }

  /** Takes due rows, one for each free chat, and marks them. */
  const take = (db: WritableDb, at: number): Launched[] =>
    chats.choose(IN_FLIGHT - chats.busy(), at).map((row) => {
      startSending(db, row.id)
      return { row: { ...row, attempts: row.attempts + 1 }, call: rendered(db, row, deps) }
    })

  const launch = (calls: readonly Launched[]) => {
    if (calls.length === 0) return
    // One for all calls of the round: each of its own would cost as much as the call.
    const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(CALL_LIMIT_MS)])
    for (const { row, call } of calls) {
      chats.begin(row.chatId)
      void withContext({ outboxId: row.id }, () => make(row, call, signal))
    }
  }

  const make = async (row: Outgoing, call: Launched['call'], signal: AbortSignal) => {
    const began = performance.now()
    const ended = await ending(call, signal)
    settled.push({ row, ended })
    deps.measures?.time('send', row.method, performance.now() - began)
    deps.measures?.count('sends', `${row.method} ${ended.kind}`)
    gather()
  }

  const ending = async (call: Launched['call'], signal: AbortSignal): Promise<Ended> => {
    if (call === null) return { kind: 'nothing-to-send' }
    if (call === 'broken') return { kind: 'refused', description: 'could not be written' }
    try {
      return { kind: 'sent', messageIds: await span('send', call.do, () => deps.perform(call, signal)) }
    } catch (error) {
      const failure = failureOf(error)
      if (failure.kind === 'refused') log.warn({ error, scope: 'sender' }, 'Telegram refused a call')
      return failure
    }
  }

  const sleep = (at: number) => {
    const next = chats.nextAt(at)
    if (stopped || next === null) return
    // Also while calls are on their way: one that hangs must not hold up the other chats.
    timer = setTimeout(schedule, Math.min(LONGEST_SLEEP_MS, Math.max(10, next - now())))
  }

  schedule()
  return {
    wake: schedule,
    retryNow: () => {
      rousing = true
      schedule()
    },
    stop: async (ms) => {
      stopped = true
      clearTimeout(timer)
      if (chats.busy() > 0 || settled.length > 0) {
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

/** What became of a message, for whoever follows a request through the log. */
function logEnded(row: Outgoing, ended: Ended, { log, database }: SenderDeps): void {
  const requestId = row.requestId ?? (row.cardId === null ? null : requestOfCard(row.cardId))
  const requestNumber = requestId === null ? null : findNumber(database.read, requestId)
  const fields = {
    scope: 'sender',
    outboxId: row.id,
    kind: row.kind,
    method: row.method,
    state: ended.kind,
    ...(requestId === null ? {} : { requestId }),
    ...(requestNumber === null ? {} : { requestNumber }),
  }
  // A draft's card is drawn anew with every word of its resident: that is the rule, and no news.
  if (ended.kind === 'sent') (requestId === null ? log.debug : log.info)(fields, 'A message was sent')
  else if (ended.kind === 'nothing-to-send' || ended.kind === 'unchanged')
    log.debug(fields, 'A message was not needed any more')
  else log.info(fields, 'A message was not sent')
}

/** A row that can't be rendered must not hold up the others. */
function rendered(db: WritableDb, row: Outgoing, deps: SenderDeps): Call | 'broken' | null {
  try {
    return renderOutgoing(db, row, { now: deps.now(), newCode: deps.newCode })
  } catch (error) {
    if (isStorageTrouble(error)) throw error
    deps.log.error({ error, scope: 'sender', kind: row.kind }, 'An outgoing message could not be written')
    return 'broken'
  }
}
