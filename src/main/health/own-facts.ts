import { statSync } from 'node:fs'
import type { Conditions } from '../../shared/model/conditions'
import type { Facts } from '../../shared/model/facts'
import { BoardStatus } from '../../shared/model/vocabulary'
import { lastHeardAt } from '../db/alerts'
import { countByStatus } from '../db/requests'
import { countWaiting } from '../db/waiting-counts'
import type { Office } from '../office'

type Sources = {
  readonly office: Office
  readonly startedAt: number
  readonly conditions: () => Conditions
  readonly backup: () => Facts['backup']
}

/** Gathers how the program does at this moment. */
export function ownFacts({ office, startedAt, conditions, backup }: Sources): Facts {
  const { read } = office.database
  const waiting = countWaiting(read)
  const { disk, damaged } = conditions()
  const counts = countByStatus(read)
  const size = (suffix: string) =>
    statSync(`${office.folder}/dispatcher.db${suffix}`, { throwIfNoEntry: false })?.size ?? 0
  return {
    at: office.now(),
    startedAt,
    bot: { state: office.telegram.engine.state().kind, lastAnsweredAt: lastHeardAt(read) },
    inbox: waiting.inbox,
    outbox: waiting.outbox,
    totals: {
      updatesReceived: 0,
      updatesHandled: 0,
      updatesFailed: 0,
      sendsDone: 0,
      sendsFailed: waiting.outbox.failed,
      sendsRetried: 0,
      errors: 0,
      windowErrors: 0,
    },
    database: { bytes: size(''), walBytes: size('-wal'), check: damaged ? 'failed' : 'none-yet' },
    backup: backup(),
    disk,
    process: { loopDelayMs: 0, memoryBytes: process.memoryUsage.rss() },
    requests: {
      // Each of the board's statuses, counted.
      byStatus: Object.fromEntries(
        BoardStatus.options.map((status) => [status, counts.get(status) ?? 0]),
      ) as Facts['requests']['byStatus'],
      atRisk: 0,
      overdue: 0,
      oldestUnassignedAt: waiting.oldestUnassignedAt,
    },
    sync: null,
  }
}
