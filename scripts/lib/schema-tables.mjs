import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from './paths.mjs'

/** The folder with the tables of the code; another one serves the tests of these commands. */
export const schemaFolder = () => resolve(process.env.DISPATCHER_SCHEMA ?? join(root, 'src/main/db/schema'))

const withNumber = (count) => String(count - 1).padStart(4, '0')

/**
 * drizzle-kit's picture of the tables after so many migrations; that of no tables where there is none.
 * @param {string} migrationsFolder
 * @param {number} count
 */
export async function snapshotAfter(migrationsFolder, count) {
  const path = join(migrationsFolder, 'meta', `${withNumber(count)}_snapshot.json`)
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'))
  const { generateSQLiteDrizzleJson } = await kitApi()
  return generateSQLiteDrizzleJson({})
}

/**
 * How many migrations drizzle-kit knows of.
 * @param {string} migrationsFolder
 */
export function countMigrations(migrationsFolder) {
  const path = join(migrationsFolder, 'meta', '_journal.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).entries.length : 0
}

async function tablesOfCode() {
  const files = readdirSync(schemaFolder()).filter((file) => file.endsWith('.ts'))
  const modules = await Promise.all(files.map((file) => import(join(schemaFolder(), file))))
  return Object.assign({}, ...modules)
}

/** Loaded when it is needed: it takes longer than most commands. */
const kitApi = () => import('drizzle-kit/api')

/**
 * The statements that lead from one picture to another, or null when only a person knows: a table or column is
 * gone and another one is new, which may be the same under a new name.
 */
export async function statementsBetween(from, to) {
  if (isAmbiguous(from, to)) return null
  const { generateSQLiteMigration } = await kitApi()
  return generateSQLiteMigration(from, to)
}

function isAmbiguous(from, to) {
  const differ = (one, other) => {
    const gone = Object.keys(one).some((name) => !(name in other))
    return gone && Object.keys(other).some((name) => !(name in one))
  }
  if (differ(from.tables, to.tables)) return true
  return Object.entries(from.tables).some(
    ([name, table]) => name in to.tables && differ(table.columns, to.tables[name].columns),
  )
}

/**
 * How the tables of the code differ from those of the migrations: the statements that drizzle-kit would write.
 * @param {string} migrationsFolder
 */
export async function compareCode(migrationsFolder) {
  const before = await snapshotAfter(migrationsFolder, countMigrations(migrationsFolder))
  const { generateSQLiteDrizzleJson } = await kitApi()
  const now = await generateSQLiteDrizzleJson(await tablesOfCode(), before.id)
  const statements = await statementsBetween(before, now)
  if (statements === null) return ['a table or a column has another name, or one is gone and another is new']
  return statements.map((statement) => statement.split('\n')[0])
}
