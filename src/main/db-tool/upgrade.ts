import type { Command, Outcome } from '../command-line/command'
import { BadTarget } from '../db/migrations/errors'
import { type MigrateResult, upgrade } from '../db/migrations/migrate'
import { checkHistory } from '../db/migrations/ledger'
import { countAt, nameAt } from '../db/migrations/target'
import type { ToolDeps } from './deps'
import { DATA_DIR, MIGRATIONS, placeOf, writing } from './open'
import { progressTo } from './progress'
import { runOptions } from './run-options'

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
    options: [DATA_DIR, ...(deps.development === null ? [] : [MIGRATIONS])],
    run: (call, terminal) => {
      const place = placeOf(call, deps)
      const names = place.migrations.map(({ name }) => name)
      return writing(place, { mayCreate: true }, (sqlite) => {
        const applied = checkHistory(sqlite, place.migrations).length
        const to = countAt(call.args[0] ?? 'head', { names, applied })
        if (to < applied)
          throw new BadTarget(`The database is at ${nameAt(applied, names)} already: use downgrade`)
        const onProgress = progressTo(terminal)
        const result = upgrade(sqlite, { ...runOptions(place, deps), to, onProgress })
        return outcomeOfRun(result, names, place.file)
      })
    },
  }
}
