import type { Command, Outcome } from '../command-line/command'
import { type DatabaseStatus, statusOf } from '../db/migrations/status'
import { nameAt } from '../db/migrations/target'
import type { ToolDeps } from './deps'
import { type Place, placeOf, placeOptions, reading } from './open'

function whereOf({ applied, known, history }: DatabaseStatus): string {
  const names = history.map(({ name }) => name)
  const name = nameAt(applied, names)
  if (applied === known) return `${name} (head)`
  if (applied > known) return `${name} (newer than this program, which ends at ${nameAt(known, names)})`
  return `${name} (${String(known - applied)} behind ${nameAt(known, names)})`
}

function factsOf(status: DatabaseStatus, { file }: Place): readonly string[] {
  const last = status.history[status.applied - 1]?.applied
  return [
    `File: ${file}`,
    ...(last
      ? [
          `Brought there ${new Date(last.appliedAt).toISOString()} by version ${last.appVersion}, in ${String(last.durationMs)} ms`,
          `Copy made before: ${last.backupFile ?? 'none, it held no data'}`,
        ]
      : []),
    ...(status.isTrue === null
      ? []
      : [`Tables: ${status.isTrue ? 'as they should be' : 'not as they should be'}`]),
  ]
}

function outcomeOf(status: DatabaseStatus, place: Place, isThere: boolean, isVerbose: boolean): Outcome {
  const { applied, known, history, problem, isTrue } = status
  const names = history.map(({ name }) => name)
  return {
    isGood: true,
    lines: [
      ...(isThere ? [whereOf(status)] : [`base (there is no database in ${place.folder} yet)`]),
      ...(problem === null ? [] : [`The program would not open it: ${problem.message}.`]),
      ...(isVerbose ? factsOf(status, place) : []),
    ],
    data: {
      file: place.file,
      exists: isThere,
      current: applied === 0 ? null : nameAt(applied, names),
      head: nameAt(known, names),
      applied,
      known,
      tablesAsPromised: isTrue,
      problem,
    },
  }
}

/** Where the database stands. */
export function currentCommand(deps: ToolDeps): Command {
  return {
    name: 'current',
    summary: 'Show which migration the database is at',
    args: [],
    options: [
      ...placeOptions(deps),
      { name: 'verbose', short: 'v', summary: 'also when and by which version it was brought there' },
      { name: 'check-heads', summary: 'exit with 1 unless the database is at the newest migration' },
    ],
    run: (call) => {
      const place = placeOf(call, deps)
      return reading(place, (sqlite) => {
        const status = statusOf(sqlite, place.migrations)
        const outcome = outcomeOf(status, place, sqlite !== null, call.switches.has('verbose'))
        const isAtHead = status.applied === status.known && status.problem === null
        return { ...outcome, isGood: isAtHead || !call.switches.has('check-heads') }
      })
    },
  }
}
