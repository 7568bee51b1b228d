// npm run db -- <command>: the command line of the program, from its sources; see docs/migrations.md.
import './lib/typescript.mjs'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './lib/paths.mjs'
import { development } from './lib/development.mjs'

const { runTool } = await import('../src/main/tool.ts')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const code = await runTool(['db', ...process.argv.slice(2)], {
  program: 'npm run',
  afterGroup: ' --',
  appVersion: version,
  migrationsFolder: join(root, 'drizzle'),
  development,
})
// What was printed goes out first.
process.stdout.write('', () => process.exit(code))
