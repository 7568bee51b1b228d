import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { openSqlite, type Sqlite } from '../connection'
import { contentOfAll } from './content'
import { schemaFingerprint } from './fingerprint'
import { readLedger } from './ledger'
import { downgrade, planDowngrade, planUpgrade, upgrade } from './migrate'
import { readMigrations } from './migration-files'
import type { Plan } from './plan'
import { scriptOf } from './script'
import { furnish, NOON, optionsFor, tempFolder } from './house-fixture'
import { LONG_HOUSE } from './house-migrations-fixture'
import { normalisedSql, tokensOf } from './sql-text'

const OWN = readMigrations(join(import.meta.dirname, '../../../../drizzle'))
const BACKUP = 'copy.db'

/** A connection that keeps everything it is told. */
function listening(path: string): { readonly sqlite: Sqlite; readonly said: string[] } {
  const said: string[] = []
  const sqlite = new Database(path, {
    verbose: (sql) => {
      said.push(String(sql))
    },
  })
  sqlite.pragma('foreign_keys = ON')
  return { sqlite, said }
}

const script = (plan: Plan) => scriptOf(plan, { appVersion: '1.2.3', copyName: null })
/** The statements of a script, which SQLite itself tells apart. */
function statementsIn(lines: readonly string[]): readonly string[] {
  const statements: string[] = []
  let open = ''
  for (const line of lines.filter((text) => !text.startsWith('--') && text !== '')) {
    open += `${line}\n`
    // Inside a trigger or a text a line may end like a statement.
    if (line.endsWith(';') && isComplete(open)) {
      statements.push(open)
      open = ''
    }
  }
  expect(open).toBe('')
  return statements
}

function isComplete(sql: string): boolean {
  const tokens = tokensOf(sql)
  const begins = tokens.filter((token) => token === 'begin').length
  const isBalanced = (sql.match(/'/g) ?? []).length % 2 === 0
  return isBalanced && (tokens[0] !== 'create' || begins === 0 || tokens.at(-2) === 'end')
}

/** SQLite repeats only so much of a bound text; that all of it is right is shown by the files that come of it. */
const HEARD = 32
const shortened = (sql: string) =>
  sql.startsWith('insert into schema_migrations')
    ? sql.replaceAll(/'((?:[^']|'')*)'/g, (_, inner: string) => `'${inner.slice(0, HEARD)}'`)
    : sql

/** What is known only when it runs is set to what the script says; bound numbers are heard as 1.0. */
const steady = (sql: string) =>
  shortened(
    normalisedSql(sql)
      .replace(/cast \( unixepoch \( 'subsec' \) \* 1000 as integer \)/, String(NOON))
      .replaceAll(/\b(\d+)\.0\b/g, '$1'),
  ).replace(/(, '1\.2\.3' , )\d+( ,)/, '$10$2')

const CASES = [
  { title: 'the house', migrations: LONG_HOUSE, fill: furnish },
  {
    title: 'this program',
    migrations: OWN,
    fill: (sqlite: Sqlite) => sqlite.exec("insert into users (id, created_at) values ('p', 1)"),
  },
]

describe.each(CASES)('the script for $title', ({ migrations, fill }) => {
  function opened(applied: number, name = 'a.db') {
    const path = join(tempFolder(), name)
    const sqlite = openSqlite(path)
    const options = optionsFor(tempFolder(), migrations)
    if (applied > 0) {
      upgrade(sqlite, { ...options, to: 1 })
      fill(sqlite)
      upgrade(sqlite, { ...options, to: applied })
    }
    sqlite.close()
    return path
  }
  const options = () => ({ ...optionsFor(tempFolder(), migrations), acceptLoss: true })

  /** Runs both and compares what was said to SQLite, apart from the questions of the runner. */
  function expectSame(plan: Plan, said: readonly string[]): void {
    const run = said.map(steady)
    const printed = statementsIn(script(plan)).map(steady)
    const isSaid = (statement: string) => printed.includes(statement)
    // What has been said before, such as the ledger's table, is said again.
    expect(run.filter(isSaid)).toEqual(printed)
    // All that changes anything, and the checks that SQLite makes.
    const changing = run.filter((sql) =>
      /^(create|insert|update|delete|drop|alter|begin|commit|pragma \w+ =|pragma \w+_check)/.test(sql),
    )
    expect(changing.filter((sql) => !isSaid(sql) && !sql.startsWith('vacuum'))).toEqual([])
  }

  test('up says exactly what the runner says', () => {
    const { sqlite, said } = listening(opened(0))
    const plan = planUpgrade(sqlite, { migrations })
    said.length = 0
    upgrade(sqlite, options())
    expectSame(plan, said)
    sqlite.close()
  })

  test('down says exactly what the runner says', () => {
    const { sqlite, said } = listening(opened(migrations.length))
    const plan = planDowngrade(sqlite, { migrations, to: 0 })
    said.length = 0
    downgrade(sqlite, { ...options(), to: 0 })
    expectSame(plan, said)
    sqlite.close()
  })

  test('run by hand makes the file that the runner makes', () => {
    const [byHand, byRunner] = [openSqlite(opened(1)), openSqlite(opened(1))]
    const plan = planUpgrade(byHand, { migrations })
    byHand.exec(scriptOf(plan, { appVersion: '1.2.3', copyName: BACKUP }).join('\n'))
    upgrade(byRunner, options())
    const stateOf = (sqlite: Sqlite) => ({
      schema: schemaFingerprint(sqlite),
      content: contentOfAll(sqlite),
      version: sqlite.pragma('user_version', { simple: true }),
      foreignKeys: sqlite.pragma('foreign_keys', { simple: true }),
      ledger: readLedger(sqlite).map((row) => ({ ...row, appliedAt: 0, durationMs: 0, backupFile: null })),
    })
    expect(stateOf(byHand)).toEqual(stateOf(byRunner))
    expect(readLedger(byHand).at(-1)?.backupFile).toBe(BACKUP)
    byHand.close()
    byRunner.close()
  })
})

test('a script tells what is promised and checked', () => {
  const sqlite = openSqlite(':memory:')
  const lines = scriptOf(planUpgrade(sqlite, { migrations: LONG_HOUSE, to: 4 }), {
    appVersion: '1',
    copyName: null,
  })
  sqlite.close()
  expect(lines.filter((line) => /^-- {3}(every table has|the fingerprint)/.test(line))).toEqual(
    LONG_HOUSE.flatMap(({ meta }) => [
      meta.rowChanges === undefined
        ? '--   every table has as many rows as before'
        : '--   every table has as many rows as before, except tallies +1',
      `--   the fingerprint of all tables is ${meta.schemaAfter}`,
    ]),
  )
})
