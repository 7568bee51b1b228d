import type { Call, Command, Outcome } from '../command-line/command'
import type { Sqlite } from '../db/connection'
import { NotReversible } from '../db/migrations/errors'
import { type AppliedMigration, readLedger } from '../db/migrations/ledger'
import { type Loss, lossOf } from '../db/migrations/loss'
import { downgrade, planDowngrade } from '../db/migrations/migrate'
import { countAt } from '../db/migrations/target'
import { forgetMarks } from '../startup/marks'
import type { ToolDeps } from './deps'
import { lossInWords, WouldLose } from './losses'
import { type Place, placeOf, placeOptions, readingExisting, SQL, writing } from './open'
import { progressTo } from './progress'
import { runOptions } from './run-options'
import { scriptOutcome } from './script-outcome'
import { outcomeOfRun } from './upgrade'

const namesOf = (sqlite: Sqlite) => readLedger(sqlite).map(({ name }) => name)

function targetOf(sqlite: Sqlite, word: string): number {
  const names = namesOf(sqlite)
  return countAt(word, { names, applied: names.length })
}

/** Says, instead of the runner, what would be lost, or which copy leads back. */
function explained(error: unknown, losses: readonly Loss[], going: readonly AppliedMigration[]): unknown {
  if (!(error instanceof NotReversible)) return error
  const { migration } = error
  if (error.lossy) return new WouldLose(migration, losses)
  const copy = going.find(({ name }) => name === migration)?.backupFile
  if (typeof copy === 'string') error.message += `: restore the copy made before it, backups/${copy}`
  return error
}

function printed(place: Place, deps: ToolDeps, word: string): Outcome {
  return readingExisting(place, (sqlite) => {
    const to = targetOf(sqlite, word)
    const { going } = planDowngrade(sqlite, { ...place, to })
    const losses = lossOf(sqlite, going)
    const outcome = scriptOutcome(sqlite, place, deps, (file) => planDowngrade(file, { ...place, to }))
    const remarks = losses.map((loss) => `-- Lost: ${lossInWords(loss)}`)
    return { ...outcome, lines: [...remarks, ...outcome.lines], data: { ...outcome.data, losses } }
  })
}

function run(call: Call, place: Place, deps: ToolDeps, onProgress: ReturnType<typeof progressTo>): Outcome {
  return writing(place, { mayCreate: false }, (sqlite) => {
    const [word = ''] = call.args
    const names = namesOf(sqlite)
    const to = targetOf(sqlite, word)
    const { going } = planDowngrade(sqlite, { ...place, to })
    const losses = lossOf(sqlite, going)
    try {
      const acceptLoss = call.switches.has('accept-loss')
      const result = downgrade(sqlite, { ...runOptions(place, deps), to, acceptLoss, onProgress })
      forgetMarks(place.folder)
      const outcome = outcomeOfRun(result, names, place.file)
      const lost = losses.map((loss) => `Lost: ${lossInWords(loss)}`)
      return { ...outcome, lines: [...outcome.lines, ...lost], data: { ...outcome.data, losses } }
    } catch (error) {
      throw explained(error, losses, going)
    }
  })
}

/** Takes migrations back. */
export function downgradeCommand(deps: ToolDeps): Command {
  return {
    name: 'downgrade',
    summary: 'Take migrations back, after a verified copy',
    args: [{ name: 'version', summary: '-n, a number, the beginning of a name, or base', isRequired: true }],
    options: [
      ...placeOptions(deps),
      SQL,
      { name: 'accept-loss', summary: 'agree to lose what only the newer version can hold' },
    ],
    run: (call, terminal) => {
      const place = placeOf(call, deps)
      const [word = ''] = call.args
      return call.switches.has('sql')
        ? printed(place, deps, word)
        : run(call, place, deps, progressTo(terminal))
    },
  }
}
