import { wantedCommand } from './command-line/wanted-command'
import { runTool } from './tool'
import { APP_VERSION, MIGRATIONS_FOLDER } from './version'

// The built command line. Importing it runs the command that the process was started with and ends the process;
// whoever waits for the import waits for ever.

const code = await runTool(wantedCommand(process) ?? [], {
  program: 'facility-dispatcher',
  appVersion: APP_VERSION,
  migrationsFolder: MIGRATIONS_FOLDER,
  development: null,
})
// What was printed goes out first.
process.stdout.write('', () => process.exit(code))
await new Promise<never>(() => {})
