import type { BotState } from '../../shared/model/bot-state'
import { type Conditions } from '../../shared/model/conditions'
import type { Facts } from '../../shared/model/facts'
import type { Backups } from '../backups/service'
import type { GuardedDatabase } from '../startup/guarded-database'
import { freeBytesOf } from '../startup/check-files'
import type { Measures } from '../telemetry/measures'
import { collectFacts } from './collect-facts'
import { watchLoopDelay } from './loop-delay'

type WatchedOffice = {
  readonly folder: string
  readonly database: GuardedDatabase
  readonly measures: Measures
  readonly now: () => number
}

/** What is looked at beside the office. */
export type HealthDeps = {
  readonly office: WatchedOffice
  readonly botState: () => BotState
  readonly conditions: () => Conditions
  /** Null where there are none. */
  readonly backups: Pick<Backups, 'age'> | null
  /** Memory of all processes of the program, in bytes. */
  readonly memoryBytes: () => number
}

/** How one office does, as long as it is open. */
export type Health = {
  readonly facts: () => Facts
  readonly measures: Measures
  readonly stop: () => void
}

/** Begins to watch how an office does. */
export function watchHealth({ office, botState, conditions, backups, memoryBytes }: HealthDeps): Health {
  const { folder, database, measures, now } = office
  const loop = watchLoopDelay()
  const startedAt = Math.round(performance.timeOrigin)
  return {
    measures,
    facts: () =>
      collectFacts({
        folder,
        read: database.read,
        measures,
        startedAt,
        now,
        botState,
        conditions,
        backup: () => backups?.age() ?? null,
        checkedAt: database.keeper.checkedAt,
        freeBytes: () => freeBytesOf(folder),
        memoryBytes,
        loopDelayMs: loop.longestMs,
      }),
    stop: loop.stop,
  }
}
