import type { Command, Outcome } from '../command-line/command'
import type { Sqlite } from '../db/connection'
import { BadMigrationFiles, BadTarget } from '../db/migrations/errors'
import { checkHistory } from '../db/migrations/ledger'
import { problemsOf } from '../db/migrations/lint'
import { type MigrateResult, planUpgrade, upgrade } from '../db/migrations/migrate'
import { countAt, nameAt } from '../db/migrations/target'
import type { ToolDeps } from './deps'
import { type Place, placeOf, placeOptions, reading, SQL, writing } from './open'
import { progressTo } from './progress'
import { runOptions } from './run-options'
import { scriptOutcome } from './script-outcome'

/** What a run up or down did, in words and for scripts. */
export function outcomeOfRun(
  { from, to, backupFile }: MigrateResult,
  names: readonly string[],
  file: string,
): Outcome {
  const [before, after] = [nameAt(from, names), nameAt(to, names)]
  const words = from === to ? `Nothing to do: the database is at ${after}` : `From ${before} to ${after}`
  return {
    isGood: true,
    lines: [words, ...(backupFile === null ? [] : [`Copy made before: backups/${backupFile}`])],
    data: { file, from: before, to: after, applied: to, backupFile },
  }
}

/** How many migrations the file shall have had. Throws BadTarget, and what the history of the file deserves. */
function targetOf(sqlite: Sqlite | null, { migrations }: Place, word: string): number {
  const names = migrations.map(({ name }) => name)
  const applied = sqlite === null ? 0 : checkHistory(sqlite, migrations).length
  const to = countAt(word, { names, applied })
  if (to < applied) throw new BadTarget(`The database is at ${nameAt(applied, names)} already: use downgrade`)
  const problems = migrations.slice(applied, to).flatMap(problemsOf)
  if (problems.length > 0) throw new BadMigrationFiles(problems)
  return to
}

function printed(place: Place, deps: ToolDeps, word: string): Outcome {
  return reading(place, (sqlite) => {
    const to = targetOf(sqlite, place, word)
    return scriptOutcome(sqlite, place, deps, (file) => planUpgrade(file, { ...place, to }))
  })
}

/** Brings a database up. */
export function upgradeCommand(deps: ToolDeps): Command {
  return {
    name: 'upgrade',
    summary: 'Bring the database up to a version, after a verified copy',
    args: [
      {
        name: 'version',
        summary: 'head (when left out), +n, a number or the beginning of a name',
        isRequired: false,
      },
    ],
    options: [...placeOptions(deps), SQL],
    run: (call, terminal) => {
      const place = placeOf(call, deps)
      const [word = 'head'] = call.args
      if (call.switches.has('sql')) return printed(place, deps, word)
      // A refused target shall not leave a new file behind.
      reading(place, (sqlite) => targetOf(sqlite, place, word))
      return writing(place, { mayCreate: true }, (sqlite) => {
        const to = targetOf(sqlite, place, word)
        const result = upgrade(sqlite, {
          ...runOptions(place, deps),
          to,
          onProgress: progressTo(terminal),
        })
        return outcomeOfRun(
          result,
          place.migrations.map(({ name }) => name),
          place.file,
        )
      })
    },
  }
}
