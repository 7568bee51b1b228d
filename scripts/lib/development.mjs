import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from './paths.mjs'

/** The folder with the tables of the code; another place serves the tests of these commands. */
const schemaFolder = () => resolve(process.env.DISPATCHER_SCHEMA ?? join(root, 'src/main/db/schema'))

/** drizzle-kit's picture of the tables after the newest of so many migrations. */
function snapshotAfter(migrationsFolder, count) {
  const path = join(migrationsFolder, 'meta', `${String(count - 1).padStart(4, '0')}_snapshot.json`)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}

/** How many migrations drizzle-kit knows of. */
function countMigrations(migrationsFolder) {
  const path = join(migrationsFolder, 'meta', '_journal.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).entries.length : 0
}

async function tablesOfCode() {
  const files = readdirSync(schemaFolder()).filter((file) => file.endsWith('.ts'))
  const modules = await Promise.all(files.map((file) => import(join(schemaFolder(), file))))
  return Object.assign({}, ...modules)
}

/** Its libraries are loaded when they are needed: they take longer than most commands. */
const kit = () => import('drizzle-kit/api')

const withoutTables = (api) => api.generateSQLiteDrizzleJson({})

/**
 * How the tables of the code differ from those of the migrations: the statements that drizzle-kit would write.
 * @param {string} migrationsFolder
 */
async function compareCode(migrationsFolder) {
  const api = await kit()
  const before =
    snapshotAfter(migrationsFolder, countMigrations(migrationsFolder)) ?? (await withoutTables(api))
  const now = await api.generateSQLiteDrizzleJson(await tablesOfCode(), before.id)
  const statements = await api.generateSQLiteMigration(before, now)
  return statements.map((statement) => statement.split('\n')[0])
}

/** What `npm run db` can do beyond the packaged program. */
export const development = { compareCode, revise: null }
