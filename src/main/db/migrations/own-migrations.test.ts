import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { getTableName, is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openSqlite, type Sqlite } from '../connection'
import * as desk from '../schema/desk'
import * as health from '../schema/health'
import * as office from '../schema/office'
import * as telegram from '../schema/telegram'
import { contentOfAll } from './content'
import { finishMigrations } from './finish'
import { schemaFingerprint } from './fingerprint'
import { changedSinceRelease, problemsOf } from './lint'
import { downgrade, upgrade } from './migrate'
import { migrateToHead } from './migrate-to-head'
import { readMigrations } from './migration-files'
import { quotedName } from './sql-text'
import { NOON, optionsFor, stateOf, tempFolder } from './house-fixture'

const ROOT = join(import.meta.dirname, '../../../..')
const FOLDER = join(ROOT, 'drizzle')
const OURS = readMigrations(FOLDER)
const TABLES = Object.values({ ...desk, ...health, ...office, ...telegram }).filter((value) =>
  is(value, SQLiteTable),
)

const textOf = (file: string) => readFileSync(join(FOLDER, file), 'utf8')

/** Runs the work on a database in memory after so many migrations. */
function withDatabase<T>(migrated: number, work: (sqlite: Sqlite) => T): T {
  const sqlite = openSqlite(':memory:')
  try {
    upgrade(sqlite, { ...optionsFor(tempFolder(), OURS), to: migrated })
    return work(sqlite)
  } finally {
    sqlite.close()
  }
}

/** The part of a column that matters here: Drizzle's own type says `any` for a column of any table. */
type Column = {
  readonly name: string
  readonly notNull: boolean
  readonly enumValues?: string[] | undefined
  readonly getSQLType: () => string
}

const columnsOf = (table: SQLiteTable): readonly Column[] => getTableConfig(table).columns

/** A row that a table takes: each column as its type and rules want it. */
function validRow(table: SQLiteTable): Record<string, unknown> {
  const required = columnsOf(table).filter((column) => column.notNull)
  const valueFor = (column: Column) =>
    column.getSQLType() === 'integer' ? 1 : (column.enumValues?.[0] ?? '{}')
  return Object.fromEntries(required.map((column) => [column.name, valueFor(column)]))
}

function insert(sqlite: Sqlite, table: string, row: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(row)
  sqlite
    .prepare(
      `insert into ${quotedName(table)} (${names.map(quotedName).join(', ')}) values (${names.map(() => '?').join(', ')})`,
    )
    .run(...Object.values(row))
}

describe('the files of this program', () => {
  test('keep every rule', () => {
    expect(OURS.flatMap(problemsOf)).toEqual([])
  })

  test('are not edited once they are released', () => {
    const released = JSON.parse(textOf('released.json')) as Record<string, string>
    expect(changedSinceRelease(OURS, released)).toEqual([])
  })

  test('are the ones that drizzle-kit knows of', () => {
    const journal = JSON.parse(textOf('meta/_journal.json')) as { entries: { idx: number; tag: string }[] }
    expect(journal.entries.map(({ idx, tag }) => [idx, tag])).toEqual(
      OURS.map(({ version, name }) => [version, name]),
    )
  })

  test('declare the tables that they make (else: node scripts/electron-node.mjs scripts/finish-migrations.mjs)', () => {
    const copy = join(tempFolder(), 'drizzle')
    cpSync(FOLDER, copy, { recursive: true })
    expect(finishMigrations(copy)).toEqual([])
  })

  test('make the tables that the code expects (else: npm run db -- revision)', () => {
    const out = tempFolder()
    cpSync(FOLDER, join(out, 'drizzle'), { recursive: true })
    const config = { dialect: 'sqlite', schema: join(ROOT, 'src/main/db/schema/*.ts'), out: './drizzle' }
    writeFileSync(join(out, 'drizzle.config.json'), JSON.stringify(config))
    const kit = join(ROOT, 'node_modules/drizzle-kit/bin.cjs')
    const { stdout, stderr } = spawnSync(process.execPath, [kit, 'generate'], { cwd: out, encoding: 'utf8' })
    expect(stdout + stderr).toContain('No schema changes')
  })
})

describe('the database that they make', () => {
  test('has exactly the tables of the code, all STRICT', () => {
    const tables = withDatabase(OURS.length, (sqlite) =>
      sqlite
        .prepare(
          "select name, strict from pragma_table_list where schema = 'main' and name not like 'sqlite%' order by name",
        )
        .all(),
    )
    const names = [...TABLES.map(getTableName), 'schema_migrations'].sort()
    expect(tables).toEqual(names.map((name) => ({ name, strict: 1 })))
  })

  const enums = TABLES.flatMap((table) =>
    columnsOf(table).flatMap((column) => {
      const { enumValues = [] } = column
      return enumValues.length === 0
        ? []
        : [{ table, name: getTableName(table), column: column.name, enumValues }]
    }),
  )
  test.each(enums)('takes only known values in $name: $column', ({ table, name, column, enumValues }) => {
    withDatabase(OURS.length, (sqlite) => {
      sqlite.pragma('foreign_keys = OFF')
      const row = validRow(table)
      insert(sqlite, name, { ...row, [column]: enumValues[0] })
      sqlite.exec(`delete from ${quotedName(name)}`)
      for (const wrong of ['', 'NONSENSE', `${String(enumValues[0])} `]) {
        expect(() => {
          insert(sqlite, name, { ...row, [column]: wrong })
        }).toThrow('CHECK constraint failed')
      }
    })
  })
})

const text = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.toWellFormed())
const instant = fc.integer({ min: 0, max: 4_000_000_000_000 })
const statuses = ['OPEN', 'ASSIGNED', 'IN_PROGRESS', 'ON_HOLD', 'RESOLVED', 'CLOSED', 'DECLINED']
/** A small world of rows: some people, and requests of theirs. */
const world = fc.record({
  people: fc.array(fc.record({ name: text, created_at: instant }), { minLength: 1, maxLength: 4 }),
  requests: fc.array(
    fc.record({ title: text, description: text, status: fc.constantFrom(...statuses), created_at: instant }),
    { maxLength: 8 },
  ),
  settings: fc.uniqueArray(text, { maxLength: 3 }),
})

type World = typeof world extends fc.Arbitrary<infer T> ? T : never

function fill(sqlite: Sqlite, { people, requests, settings }: World): void {
  for (const [index, person] of people.entries())
    insert(sqlite, 'users', { id: `p${String(index)}`, ...person })
  for (const [index, request] of requests.entries()) {
    const ended = ['CLOSED', 'DECLINED'].includes(request.status)
    insert(sqlite, 'requests', {
      ...request,
      id: `r${String(index)}`,
      user_id: 'p0',
      location: '',
      updated_at: request.created_at,
      ended_at: ended ? request.created_at : null,
      sequence: index,
      board_order: index,
    })
  }
  for (const key of settings) insert(sqlite, 'settings', { key, value: JSON.stringify(key) })
  insert(sqlite, 'counters', { name: 'sequence:', value: requests.length })
}

describe('with any data', () => {
  const reversible = OURS.filter(({ version, meta }) => version > 0 && meta.reversible === true)
  test.each(reversible)('$name keeps it on its way up and down', ({ version }) => {
    fc.assert(
      fc.property(world, (rows) => {
        withDatabase(version, (sqlite) => {
          fill(sqlite, rows)
          const options = optionsFor(tempFolder(), OURS)
          const before = stateOf(sqlite)
          upgrade(sqlite, { ...options, to: version + 1 })
          const up = stateOf(sqlite)
          downgrade(sqlite, { ...options, to: version })
          expect(stateOf(sqlite)).toEqual(before)
          upgrade(sqlite, { ...options, to: version + 1 })
          expect(stateOf(sqlite)).toEqual(up)
        })
      }),
      { numRuns: 25 },
    )
  })

  test('all the way down and up again gives the tables of a new file', () => {
    withDatabase(1, (sqlite) => {
      const options = optionsFor(tempFolder(), OURS)
      insert(sqlite, 'users', { id: 'p', created_at: 1 })
      upgrade(sqlite, options)
      downgrade(sqlite, { ...options, to: 0, acceptLoss: true })
      expect([...contentOfAll(sqlite)]).toEqual([])
      upgrade(sqlite, options)
      expect(schemaFingerprint(sqlite)).toBe(OURS.at(-1)?.meta.schemaAfter)
    })
  })
})

test('every start brings its database to the newest version and copies into the folder of backups', () => {
  const folder = tempFolder()
  mkdirSync(join(folder, 'backups'))
  const sqlite = openSqlite(join(folder, 'dispatcher.db'))
  try {
    upgrade(sqlite, { ...optionsFor(folder, OURS), to: 1 })
    insert(sqlite, 'users', { id: 'p', created_at: 1 })
    const options = { folder, migrationsFolder: FOLDER, appVersion: '1.2.3', now: () => NOON }
    const results = [migrateToHead(sqlite, options), migrateToHead(sqlite, options)]
    const count = OURS.length
    expect(results).toEqual([
      { from: 1, to: count, backupFile: `pre-migration-0001-000${String(count)}-20260102T120000000Z.db` },
      { from: count, to: count, backupFile: null },
    ])
  } finally {
    sqlite.close()
  }
})
