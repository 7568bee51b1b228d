import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Failure } from './main.mjs'
import { root } from './paths.mjs'
import { countMigrations, schemaFolder, snapshotAfter, statementsBetween } from './schema-tables.mjs'

const kit = join(root, 'node_modules', 'drizzle-kit', 'bin.cjs')
const BREAK = '--> statement-breakpoint\n'
const BY_HAND = '-- BY HAND:'

const sqlFiles = (folder) => readdirSync(folder).filter((name) => /^\d{4}_.+(?<!\.down)\.sql$/.test(name))

/** A file name of somebody's words. */
const nameOf = (message) =>
  message
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 60)
    .replace(/^_+|_+$/g, '')

/** Lets drizzle-kit write a migration. It may ask a person which name became which; otherwise it is heard only when it fails. */
function generate(migrationsFolder, args) {
  const folder = mkdtempSync(join(tmpdir(), 'drizzle-config-'))
  try {
    const config = join(folder, 'drizzle.config.json')
    // It puts "./" in front of this folder, whatever it is.
    const out = relative(root, migrationsFolder)
    writeFileSync(
      config,
      JSON.stringify({ dialect: 'sqlite', schema: join(schemaFolder(), '*.ts'), out: `./${out}` }),
    )
    const all = [kit, 'generate', `--config=${config}`, ...args]
    const stdio = process.stdin.isTTY ? ['inherit', 2, 'inherit'] : ['ignore', 'pipe', 'pipe']
    const { status, stdout, stderr } = spawnSync(process.execPath, all, {
      cwd: root,
      stdio,
      encoding: 'utf8',
    })
    if (stderr?.includes('Interactive prompts require'))
      throw new Failure(
        'A name has changed: run this in a terminal, where drizzle-kit can ask which one became which',
      )
    if (status !== 0 || stderr?.includes('Error'))
      throw new Failure(`drizzle-kit ended with exit code ${status}: ${stdout ?? ''}${stderr ?? ''}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What drizzle-kit has no words for, and what is the runner's to say. */
const prepared = (sql) =>
  sql
    // STRICT makes a wrong type fail loudly.
    .replace(/^(CREATE TABLE [\s\S]*?\n\));/gm, '$1 STRICT;')
    // SQLite ignores this pragma inside a transaction; the runner switches foreign keys off before it begins one.
    .replace(/^PRAGMA foreign_keys=(ON|OFF);(--> statement-breakpoint)?\n?/gm, '')

/** The way down that the reversed difference gives, and why it is not enough, if it is not. */
async function reversed(migrationsFolder, count, isByHand) {
  if (isByHand) return { sql: '', reason: 'write the way back' }
  const [after, before] = await Promise.all(
    [count, count - 1].map((number) => snapshotAfter(migrationsFolder, number)),
  )
  const statements = await statementsBetween(after, before)
  if (statements === null) return { sql: '', reason: 'write the way back: names have changed' }
  return { sql: prepared(statements.map((statement) => `${statement}\n`).join(BREAK)), reason: null }
}

/** Completes a new migration beside its way up. Returns what is left to do. */
async function complete(migrationsFolder, name, isByHand) {
  const { finishMigrations } = await import('../../src/main/db/migrations/finish.ts')
  const { problemOfRevision } = await import('../../src/main/db/migrations/revision.ts')
  const { readMigrations } = await import('../../src/main/db/migrations/migration-files.ts')
  const path = (extension) => join(migrationsFolder, `${name}${extension}`)
  writeFileSync(path('.sql'), prepared(readFileSync(path('.sql'), 'utf8')))
  const down = await reversed(migrationsFolder, countMigrations(migrationsFolder), isByHand)
  writeFileSync(path('.down.sql'), down.sql)
  finishMigrations(migrationsFolder)
  const { problem, takesAway } = problemOfRevision(readMigrations(migrationsFolder))
  const reason = down.reason ?? problem
  if (reason !== null) {
    writeFileSync(path('.down.sql'), `${BY_HAND} ${reason}\n${down.sql}`)
    return [`${name}.down.sql: ${reason}`]
  }
  const meta = JSON.parse(readFileSync(path('.json'), 'utf8'))
  writeFileSync(
    path('.json'),
    `${JSON.stringify({ ...meta, reversible: takesAway ? 'lossy' : true }, null, 2)}\n`,
  )
  return []
}

/** See Development in src/main/db-tool/deps.ts. */
export async function revise({ migrationsFolder, message, isByHand }) {
  const before = new Set(sqlFiles(migrationsFolder))
  generate(migrationsFolder, [`--name=${nameOf(message)}`, ...(isByHand ? ['--custom'] : [])])
  const [file] = sqlFiles(migrationsFolder).filter((candidate) => !before.has(candidate))
  if (file === undefined) return { files: [], toDo: [] }
  const name = file.replace(/\.sql$/, '')
  const toDo = await complete(migrationsFolder, name, isByHand)
  const up = isByHand ? [`${name}.sql: write the way up`] : []
  return {
    files: ['.sql', '.down.sql', '.json'].map((extension) => `${name}${extension}`),
    toDo: [...up, ...toDo],
  }
}
