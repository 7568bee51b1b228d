import { runBackupTool } from './backups/cli'
import { wantedCommand } from './command-line/wanted-command'
import { runHealthTool } from './health/tool'
import { runTool } from './tool'
import { APP_VERSION, MIGRATIONS_FOLDER } from './version'

// The built command line. Importing it runs the command that the process was started with and ends the process;
// whoever waits for the import waits for ever.

const PROGRAM = 'facility-dispatcher'

const [group, ...words] = wantedCommand(process) ?? []
const code = await run()

function run(): Promise<number> {
  if (group === 'backup') return runBackupTool(words, `${PROGRAM} backup`)
  return group === 'health' ? runHealthTool(words, PROGRAM) : runDbTool(words)
}

function runDbTool(rest: readonly string[]): Promise<number> {
  return runTool(group === undefined ? [] : [group, ...rest], {
    program: PROGRAM,
    appVersion: APP_VERSION,
    migrationsFolder: MIGRATIONS_FOLDER,
    development: null,
  })
}
// What was printed goes out first.
process.stdout.write('', () => process.exit(code))
await new Promise<never>(() => {})
