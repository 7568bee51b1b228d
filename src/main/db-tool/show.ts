import type { Command, Outcome } from '../command-line/command'
import type { Sqlite } from '../db/connection'
import { BadTarget } from '../db/migrations/errors'
import { readLedger } from '../db/migrations/ledger'
import type { Migration } from '../db/migrations/migration-files'
import { type HistoryEntry, statusOf } from '../db/migrations/status'
import { countAt } from '../db/migrations/target'
import type { ToolDeps } from './deps'
import { placeOf, placeOptions, reading } from './open'

/** What is known of a migration, from the file where it has had it, otherwise from the program. */
type Facts = {
  readonly entry: HistoryEntry
  readonly up: string | null
  readonly down: string
  readonly sha256: string
  readonly declares: unknown
}

function factsOf(sqlite: Sqlite | null, entry: HistoryEntry, known: Migration | undefined): Facts {
  const up = known?.up ?? null
  const kept = sqlite === null ? undefined : readLedger(sqlite)[entry.version]
  // What the file has kept is what would be run to take it back, also when the program has another one.
  if (kept !== undefined)
    return { entry, up, down: kept.downSql, sha256: kept.upSha256, declares: JSON.parse(kept.meta) }
  if (known === undefined) throw new BadTarget('Before the first migration there is nothing to show')
  return { entry, up, down: known.down, sha256: known.upSha256, declares: known.meta }
}

function outcomeOf({ entry, up, down, sha256, declares }: Facts): Outcome {
  const under = (title: string, sql: string) => ['', `-- ${title}`, ...sql.trim().split('\n')]
  return {
    isGood: true,
    lines: [
      `${entry.name}: ${entry.kind}, ${entry.applied === null ? 'pending' : 'applied'}`,
      `Declares: ${JSON.stringify(declares)}`,
      ...(entry.file === 'changed' ? ['The way up in this program is not the one that was run.'] : []),
      ...(up === null ? ['', '-- The way up is not in this program.'] : under('Up', up)),
      ...under('Down', down),
    ],
    data: { ...entry, declares, up, down, sha256 },
  }
}

/** One migration in full. */
export function showCommand(deps: ToolDeps): Command {
  return {
    name: 'show',
    summary: 'Show one migration: what it declares, its way up and its way down',
    args: [
      { name: 'version', summary: 'a number, the beginning of a name, current or head', isRequired: true },
    ],
    options: placeOptions(deps),
    run: (call) => {
      const place = placeOf(call, deps)
      const [word = ''] = call.args
      return reading(place, (sqlite) => {
        const { history, applied } = statusOf(sqlite, place.migrations)
        const names = history.map(({ name }) => name)
        const entry = history[(word === 'current' ? applied : countAt(word, { names, applied })) - 1]
        if (entry === undefined) throw new BadTarget('Before the first migration there is nothing to show')
        return outcomeOf(factsOf(sqlite, entry, place.migrations[entry.version]))
      })
    },
  }
}
