import type { CommandGroup } from '../command-line/command'
import { checkCommand } from './check'
import { currentCommand } from './current'
import type { ToolDeps } from './deps'
import { downgradeCommand } from './downgrade'
import { historyCommand } from './history'
import { revisionCommand } from './revision'
import { showCommand } from './show'
import { stampCommand } from './stamp'
import { upgradeCommand } from './upgrade'

/** The commands about the versions of the database. */
export function dbGroup(deps: ToolDeps): CommandGroup {
  return {
    name: 'db',
    summary: 'Look at the version of the database and change it',
    commands: [
      currentCommand(deps),
      historyCommand(deps),
      showCommand(deps),
      checkCommand(deps),
      upgradeCommand(deps),
      downgradeCommand(deps),
      stampCommand(deps),
      revisionCommand(deps),
    ],
  }
}
