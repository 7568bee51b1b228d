import type { Api } from 'grammy'
import type { BotState } from '../../shared/model/bot-state'
import type { ReadableDb, Transact } from '../db/database'
import { findListening } from '../db/inbox'
import type { Log } from '../telemetry/log'
import { failureOf, type Failure } from './failures'
import { backoff, type Pause } from './pause'
import { isDiskFull } from './storage-trouble'
import { storeBatch } from './store-batch'
import { kindOf, ALLOWED_UPDATES, parseBatch } from './updates'

/** How long Telegram holds a poll open when nothing comes, in seconds. */
const POLL_SECONDS = 30
/** A poll that takes so much longer than that hangs, in ms. */
const GRACE_MS = 10_000
/** An answer without news that comes sooner is not Telegram's way: it would be asked without end, in ms. */
const TOO_SOON_MS = 1000
/** After this long without updates Telegram may number anew (seven days), so the offset is left out, in ms. */
const OFFSET_LIFE_MS = 6 * 24 * 3_600_000
/** For this long a conflict is taken for the echo of our own last poll, in ms. */
const OWN_ECHO_MS = 120_000
const ECHO_PAUSES = [5_000, 10_000, 20_000, 30_000]
const LONGEST_PAUSE_MS = 60_000
/** A wait that Telegram asks for is shown when it is longer than this, in ms. */
const SHOWN_WAIT_MS = 60_000
const USUAL = { pollSeconds: POLL_SECONDS, graceMs: GRACE_MS }
/** Telegram keeps messages for this long, in ms: 24 hours. */
const KEPT_MS = 24 * 3_600_000

/** What the loop needs. */
export type PollDeps = {
  readonly api: Pick<Api, 'raw'>
  readonly botId: number
  readonly read: ReadableDb
  readonly transact: Transact
  readonly now: () => number
  readonly pause: Pause
  readonly log: Log
  /** Other times than Telegram's own, for tests: how long a poll is held open (s), and when it counts as hung (ms). */
  readonly patience?: { readonly pollSeconds: number; readonly graceMs: number }
  /** Called after every stored batch with the number of new updates, so that they are handled. */
  readonly onStored: (count: number) => void
  readonly onState: (state: PollState) => void
  /** Called once when nobody listened for longer than Telegram keeps messages. */
  readonly onGap: (gap: { readonly from: number; readonly to: number }) => void
}

/** How the receiving stands: the part of the bot's state that the loop knows. */
export type PollState =
  | { readonly kind: 'receiving' }
  | Extract<BotState, { readonly kind: 'offline' | 'token-refused' | 'conflict' | 'webhook' }>

/**
 * Reads updates until the signal ends it or the token is refused. Each batch is durably stored before the next
 * call confirms it, so nothing is lost whenever the program ends.
 */
export async function runPollLoop(deps: PollDeps, signal: AbortSignal): Promise<void> {
  const trouble = createTrouble(deps)
  const { lastOkAt } = findListening(deps.read, deps.botId)
  let first = true
  for (;;) {
    const began = deps.now()
    const outcome = await pollOnce(deps, first, signal)
    // A poll that was cut off on purpose, for example after sleep, is no trouble.
    if (signal.aborted) return
    if (outcome === 'news' || outcome === 'nothing') {
      if (first) tellGap(deps, lastOkAt)
      trouble.over()
      const tooSoon = outcome === 'nothing' && !first && deps.now() - began < TOO_SOON_MS
      first = false
      if (tooSoon) await deps.pause(TOO_SOON_MS, signal)
    } else {
      const pauseMs = trouble.met(outcome)
      if (pauseMs === null) return
      await deps.pause(pauseMs, signal)
    }
  }
}

function tellGap({ now, onGap }: PollDeps, lastOkAt: number | null): void {
  if (lastOkAt !== null && now() - lastOkAt > KEPT_MS) onGap({ from: lastOkAt, to: now() })
}

type Trouble = Failure | { readonly kind: 'disk-full' }

async function pollOnce(
  deps: PollDeps,
  first: boolean,
  signal: AbortSignal,
): Promise<'news' | 'nothing' | Trouble> {
  const { api, botId, transact, now } = deps
  const { pollSeconds, graceMs } = deps.patience ?? USUAL
  let answer: unknown
  try {
    // grammY's own type for signals is that of a polyfill; it uses nothing that AbortSignal lacks.
    const limited = AbortSignal.any([signal, AbortSignal.timeout(pollSeconds * 1000 + graceMs)]) as never
    answer = await api.raw.getUpdates(question(deps, first, pollSeconds), limited)
  } catch (error) {
    return failureOf(error)
  }
  try {
    const batch = parseBatch(answer)
    const { stored } = storeBatch(transact, botId, batch, now())
    if (stored === 0) return 'nothing'
    for (const update of batch) {
      const about = { scope: 'poll', updateId: update.update_id, kind: kindOf(update) }
      deps.log.debug(about, 'An update was received')
    }
    deps.onStored(stored)
    return 'news'
  } catch (error) {
    if (isDiskFull(error)) return { kind: 'disk-full' }
    deps.log.warn({ error, scope: 'poll' }, 'Telegram answered with something else than updates')
    return { kind: 'server', sent: true }
  }
}

function question({ read, botId, now }: PollDeps, first: boolean, pollSeconds: number) {
  const { nextOffset, lastOkAt } = findListening(read, botId)
  const stale = first || nextOffset === null || lastOkAt === null || now() - lastOkAt > OFFSET_LIFE_MS
  return {
    ...(stale ? {} : { offset: nextOffset }),
    limit: 100,
    // The first answer comes at once, so that the state is known at once.
    timeout: first ? 0 : pollSeconds,
    allowed_updates: [...ALLOWED_UPDATES],
  }
}

/** Keeps count of failures, tells the state, and says how long to wait; null when only a person can help. */
function createTrouble({ now, onState, log }: PollDeps) {
  let failures = 0
  let since: number | null = null
  let shown: string | null = null

  const show = (state: PollState) => {
    const key = state.kind === 'offline' ? `offline-${state.reason}` : state.kind
    if (key === shown) return
    shown = key
    log.info({ scope: 'poll', state: key }, 'The state of receiving changed')
    onState(state)
  }

  const conflict = (began: number): number => {
    const pause = ECHO_PAUSES[failures - 1] ?? LONGEST_PAUSE_MS
    if (now() - began < OWN_ECHO_MS && failures <= ECHO_PAUSES.length) return pause
    show({ kind: 'conflict', since: began })
    return LONGEST_PAUSE_MS
  }

  return {
    over: () => {
      failures = 0
      since = null
      show({ kind: 'receiving' })
    },
    met: (trouble: Trouble): number | null => {
      failures += 1
      since ??= now()
      switch (trouble.kind) {
        case 'token-refused':
          show({ kind: 'token-refused', since })
          return null
        case 'conflict':
          return conflict(since)
        case 'webhook':
          show({ kind: 'webhook', since })
          return LONGEST_PAUSE_MS
        case 'wait':
          if (trouble.ms > SHOWN_WAIT_MS) show({ kind: 'offline', since, reason: 'telegram' })
          return trouble.ms
        case 'login-page':
          show({ kind: 'offline', since, reason: 'login-page' })
          break
        case 'network':
          show({ kind: 'offline', since, reason: 'network' })
          break
        case 'disk-full':
          show({ kind: 'offline', since, reason: 'disk-full' })
          break
        default:
          show({ kind: 'offline', since, reason: 'telegram' })
      }
      return backoff(failures, LONGEST_PAUSE_MS)
    },
  }
}
