import type { Command } from '../command-line/command'
import { readLedger } from '../db/migrations/ledger'
import { downgrade } from '../db/migrations/migrate'
import { countAt } from '../db/migrations/target'
import type { ToolDeps } from './deps'
import { DATA_DIR, MIGRATIONS, placeOf, writing } from './open'
import { progressTo } from './progress'
import { runOptions } from './run-options'
import { outcomeOfRun } from './upgrade'

/** Takes migrations back. */
export function downgradeCommand(deps: ToolDeps): Command {
  return {
    name: 'downgrade',
    summary: 'Take migrations back, after a verified copy',
    args: [{ name: 'version', summary: '-n, a number, the beginning of a name, or base', isRequired: true }],
    options: [
      DATA_DIR,
      ...(deps.development === null ? [] : [MIGRATIONS]),
      { name: 'accept-loss', summary: 'agree to lose what only the newer version can hold' },
    ],
    run: (call, terminal) => {
      const place = placeOf(call, deps)
      return writing(place, { mayCreate: false }, (sqlite) => {
        const names = readLedger(sqlite).map(({ name }) => name)
        const to = countAt(call.args[0] ?? '', { names, applied: names.length })
        const acceptLoss = call.switches.has('accept-loss')
        const onProgress = progressTo(terminal)
        const result = downgrade(sqlite, { ...runOptions(place, deps), to, acceptLoss, onProgress })
        return outcomeOfRun(result, names, place.file)
      })
    },
  }
}
