// The command line as a packaged program has it, with the migrations of the folder in MIGRATIONS_FOLDER.
import { runTool } from '../tool'

const code = await runTool(process.argv.slice(2), {
  program: 'dispatcher',
  appVersion: '1.2.3',
  migrationsFolder: process.env['MIGRATIONS_FOLDER'] ?? '',
  development: null,
})
process.stdout.write('', () => process.exit(code))
