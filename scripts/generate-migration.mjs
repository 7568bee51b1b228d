// npm run db:generate -- --name=what_changes   (add --custom for a migration written by hand)
// drizzle-kit writes the SQL from the difference of the schemas; what it has no words for is added here.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'drizzle')
const sqlFiles = () => readdirSync(folder).filter((name) => /^\d{4}_.+(?<!\.down)\.sql$/.test(name))

const before = new Set(sqlFiles())
const kit = join(root, 'node_modules/drizzle-kit/bin.cjs')
const run = spawnSync(process.execPath, [kit, 'generate', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
if (run.status !== 0) process.exit(run.status ?? 1)

for (const name of sqlFiles().filter((file) => !before.has(file))) {
  const path = join(folder, name)
  const sql = readFileSync(path, 'utf8')
    // STRICT makes a wrong type fail loudly.
    .replace(/^(CREATE TABLE [\s\S]*?\n\));/gm, '$1 STRICT;')
    // SQLite ignores this pragma inside a transaction; the runner switches foreign keys off before it begins one.
    .replace(/^PRAGMA foreign_keys=(ON|OFF);(--> statement-breakpoint)?\n/gm, '')
  writeFileSync(path, sql)
  const migration = name.replace(/\.sql$/, '')
  console.log(`Prepared drizzle/${name}. Now write drizzle/${migration}.down.sql, then run`)
  console.log('  node scripts/electron-node.mjs scripts/finish-migrations.mjs')
  console.log(`and look at what it writes to drizzle/${migration}.json.`)
}
