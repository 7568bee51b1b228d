import type { Facts } from '../../shared/model/facts'

/** An ordinary moment, in which nothing is wrong; `given` replaces whole parts. */
export function sampleFacts(at: number, given: Partial<Facts> = {}): Facts {
  return {
    at,
    startedAt: at - 3_600_000,
    bot: { state: 'receiving', lastAnsweredAt: at - 1000 },
    inbox: { waiting: 0, oldestAt: null, setAside: 0 },
    outbox: { waiting: 0, oldestAt: null, unknown: 0, failed: 0 },
    totals: {
      updatesReceived: 0,
      updatesHandled: 0,
      updatesFailed: 0,
      sendsDone: 0,
      sendsFailed: 0,
      sendsRetried: 0,
      errors: 0,
      windowErrors: 0,
    },
    database: { bytes: 1_000_000, walBytes: 0, check: 'ok' },
    backup: { lastAt: at - 3_600_000, isOld: false },
    disk: { state: 'enough', freeBytes: 50_000_000_000 },
    process: { loopDelayMs: 1, memoryBytes: 200_000_000 },
    requests: {
      byStatus: { OPEN: 0, ASSIGNED: 0, IN_PROGRESS: 0, ON_HOLD: 0, RESOLVED: 0 },
      atRisk: 0,
      overdue: 0,
      oldestUnassignedAt: null,
    },
    sync: null,
    ...given,
  }
}
