import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { AppState } from '../../shared/ipc/contract'
import type { BotState } from '../../shared/model/bot-state'
import type { Conditions } from '../../shared/model/conditions'
import type { Facts } from '../../shared/model/facts'
import { BoardStatus } from '../../shared/model/vocabulary'
import { findListening } from '../db/inbox'
import type { ReadableDb } from '../db/database'
import {
  countDue,
  countSetAside,
  countTroubled,
  oldestUnassignedAt,
  waitingMessages,
  waitingUpdates,
} from '../db/queue-facts'
import { countByStatus } from '../db/requests'
import { readSetting } from '../db/settings'
import type { Measures } from '../telemetry/measures'

/** A promise that ends within this time is at risk, in ms. */
const AT_RISK_MS = 2 * 3_600_000

/** Where the facts come from. */
export type FactsSources = {
  readonly folder: string
  readonly read: ReadableDb
  readonly measures: Measures
  /** UTC ms. */
  readonly startedAt: number
  readonly now: () => number
  readonly botState: () => BotState
  readonly conditions: () => Conditions
  readonly backup: () => AppState['backup']
  /** When the whole file was last found sound, UTC ms; null for never. */
  readonly checkedAt: () => number | null
  /** Bytes that can still be written. Throws what the file system says. */
  readonly freeBytes: () => number
  /** Memory of all processes of the program, in bytes. */
  readonly memoryBytes: () => number
  readonly loopDelayMs: () => number
}

/** How the program does now. A dozen indexed reads: below a millisecond, however many requests there are. */
export function collectFacts(sources: FactsSources): Facts {
  const { read, now } = sources
  const at = now()
  return {
    at,
    startedAt: sources.startedAt,
    bot: { state: sources.botState().kind, lastAnsweredAt: lastAnsweredAt(read) },
    inbox: { ...waitingUpdates(read), setAside: countSetAside(read) },
    outbox: { ...waitingMessages(read, at), ...countTroubled(read) },
    totals: totalsOf(sources.measures),
    database: databaseOf(sources),
    backup: sources.backup(),
    disk: { state: sources.conditions().disk.state, freeBytes: sources.freeBytes() },
    process: { loopDelayMs: sources.loopDelayMs(), memoryBytes: sources.memoryBytes() },
    requests: requestsOf(read, at),
    sync: null,
  }
}

function lastAnsweredAt(read: ReadableDb): number | null {
  const bot = readSetting(read, 'bot')
  return bot ? findListening(read, bot.id).lastOkAt : null
}

function totalsOf(measures: Measures): Facts['totals'] {
  let done = 0
  let failed = 0
  for (const [label, count] of measures.counters('sends')) {
    if (/ (?:sent|unchanged|nothing-to-send)$/u.test(label)) done += count
    else failed += count
  }
  return {
    updatesReceived: measures.counter('updates-received'),
    updatesHandled: measures.counter('updates-handled'),
    updatesFailed: measures.counter('updates-failed'),
    sendsDone: done,
    sendsFailed: failed,
    sendsRetried: measures.counter('sends-retried'),
    errors: measures.counter('log-lines', 'error'),
    windowErrors: measures.counter('window-errors'),
  }
}

function databaseOf({ folder, conditions, checkedAt }: FactsSources): Facts['database'] {
  const path = join(folder, 'dispatcher.db')
  return {
    bytes: sizeOf(path),
    walBytes: sizeOf(`${path}-wal`),
    check: conditions().damaged ? 'failed' : checkedAt() === null ? 'none-yet' : 'ok',
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

function requestsOf(read: ReadableDb, at: number): Facts['requests'] {
  const counts = countByStatus(read)
  return {
    byStatus: Object.fromEntries(
      BoardStatus.options.map((status) => [status, counts.get(status) ?? 0]),
    ) as Facts['requests']['byStatus'],
    atRisk: countDue(read, at, at + AT_RISK_MS),
    overdue: countDue(read, 0, at),
    oldestUnassignedAt: oldestUnassignedAt(read),
  }
}
