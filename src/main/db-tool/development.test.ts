import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openSqlite } from '../db/connection'
import { optionsFor, stateOf, tempFolder } from '../db/migrations/house-fixture'
import { downgrade, upgrade } from '../db/migrations/migrate'
import { readMigrations } from '../db/migrations/migration-files'
import { runProgram } from './tool-fixture'

const anything: unknown = expect.anything()
const ROOT = join(import.meta.dirname, '../../..')

const column = (name: string) => `${name}: text(),`
const schemaWith = (columns: string, rest = '') => `
  import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
  export const rooms = sqliteTable('rooms', { id: text().primaryKey(), ${columns} }${rest})
`

/** A tree of its own: tables in code, and migrations that make them. */
async function makeTree(columns: string) {
  // Below the project, whose packages it needs.
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  const tree = mkdtempSync(join(ROOT, '.cache', 'tree-'))
  onTestFinished(() => {
    rmSync(tree, { recursive: true, force: true })
  })
  const [schema, migrations] = [join(tree, 'schema'), join(tree, 'drizzle')]
  mkdirSync(schema)
  mkdirSync(join(migrations, 'meta'), { recursive: true })
  writeFileSync(
    join(migrations, 'meta/_journal.json'),
    JSON.stringify({ version: '7', dialect: 'sqlite', entries: [] }),
  )
  const write = (text: string) => {
    writeFileSync(join(schema, 'tables.ts'), text)
  }
  const run = async (...words: readonly string[]) => {
    const all = [join(ROOT, 'scripts/db.mjs'), ...words, '--migrations', migrations, '--json']
    const env = { DISPATCHER_SCHEMA: schema, DISPATCHER_DATA_DIR: join(tree, 'data') }
    const { code, out } = await runProgram(all, env)
    return [code, JSON.parse(out)] as const
  }
  const read = (name: string) => readFileSync(join(migrations, name), 'utf8')
  write(schemaWith(columns))
  expect(await run('revision', '-m', 'Rooms')).toEqual([
    0,
    {
      ok: true,
      command: 'revision',
      files: ['0000_rooms.sql', '0000_rooms.down.sql', '0000_rooms.json'],
      toDo: [],
    },
  ])
  return { write, run, read, migrations }
}

/** Up, down and up again with data leads to the same states. */
function goesBothWays(migrations: string): boolean {
  const all = readMigrations(migrations)
  const options = { ...optionsFor(tempFolder(), all), acceptLoss: true }
  const sqlite = openSqlite(':memory:')
  try {
    upgrade(sqlite, { ...options, to: all.length - 1 })
    sqlite.exec("insert into rooms (id) values ('r')")
    const before = stateOf(sqlite)
    upgrade(sqlite, options)
    downgrade(sqlite, { ...options, to: all.length - 1 })
    expect(stateOf(sqlite)).toEqual(before)
    return true
  } finally {
    sqlite.close()
  }
}

describe('a revision', () => {
  test('of a new column has a way down that loses it', { timeout: 60_000 }, async () => {
    const { write, run, read, migrations } = await makeTree(column('name'))
    write(schemaWith(column('name') + column('wing')))
    expect(await run('check')).toMatchObject([
      1,
      { code: { compared: true, differences: ['ALTER TABLE `rooms` ADD `wing` text;'] } },
    ])
    expect(await run('revision', '-m', 'A wing, for each room!')).toMatchObject([
      0,
      { files: ['0001_a_wing_for_each_room.sql', anything, anything], toDo: [] },
    ])
    expect([
      read('0000_rooms.sql').includes('STRICT'),
      read('0001_a_wing_for_each_room.sql'),
      read('0001_a_wing_for_each_room.down.sql'),
      JSON.parse(read('0001_a_wing_for_each_room.json')),
    ]).toEqual([
      true,
      'ALTER TABLE `rooms` ADD `wing` text;',
      'ALTER TABLE `rooms` DROP COLUMN `wing`;\n',
      { kind: 'additive', reversible: 'lossy', schemaAfter: anything },
    ])
    expect(await run('check')).toMatchObject([0, { ok: true }])
    expect(goesBothWays(migrations)).toBe(true)
  })

  test('that takes nothing away on its way down is reversible', { timeout: 60_000 }, async () => {
    const { write, run, read, migrations } = await makeTree(column('name'))
    write(schemaWith(column('name'), ", (t) => [index('rooms_name').on(t.name)]"))
    await run('revision', '-m', 'find by name')
    expect([JSON.parse(read('0001_find_by_name.json')), goesBothWays(migrations)]).toMatchObject([
      { kind: 'additive', reversible: true },
      true,
    ])
  })

  test('whose reversed difference leads elsewhere must be completed by hand, and is refused until then', {
    timeout: 60_000,
  }, async () => {
    const { write, run, read } = await makeTree(column('name') + column('wing'))
    write(schemaWith(column('wing')))
    const reason = '0001_nameless.down.sql does not lead back to the tables before it'
    expect(await run('revision', '-m', 'nameless')).toMatchObject([
      0,
      { toDo: [`0001_nameless.down.sql: ${reason}`] },
    ])
    expect(read('0001_nameless.down.sql')).toBe(
      `-- BY HAND: ${reason}\nALTER TABLE \`rooms\` ADD \`name\` text;\n`,
    )
    const problem = '0001_nameless.down.sql still has to be completed by hand'
    expect(await run('check')).toMatchObject([1, { migrations: { differences: [problem, reason] } }])
    expect(await run('upgrade')).toEqual([
      1,
      { ok: false, error: { code: 'bad-migration-files', message: problem } },
    ])
  })

  test('by hand has both ways to be written', { timeout: 60_000 }, async () => {
    const { run, read } = await makeTree(column('name'))
    expect(await run('revision', '-m', 'words', '--custom')).toMatchObject([
      0,
      { toDo: ['0001_words.sql: write the way up', '0001_words.down.sql: write the way back'] },
    ])
    expect(read('0001_words.down.sql')).toBe('-- BY HAND: write the way back\n')
    expect(await run('check')).toMatchObject([1, { ok: false }])
  })

  test('is not written when nothing has changed, when names have, or without words', {
    timeout: 60_000,
  }, async () => {
    const { write, run } = await makeTree(column('name'))
    expect(await run('revision', '-m', 'nothing')).toEqual([
      0,
      { ok: true, command: 'revision', files: [], toDo: [] },
    ])
    expect(await run('revision')).toMatchObject([2, { error: { code: 'usage' } }])
    expect(await run('revision', '-m', '142')).toMatchObject([2, { error: { code: 'usage' } }])
    write(schemaWith(column('title')))
    expect(await run('check')).toMatchObject([
      1,
      { code: { differences: ['a table or a column has another name, or one is gone and another is new'] } },
    ])
    expect(await run('revision', '-m', 'title')).toMatchObject([
      1,
      { error: { message: expect.stringContaining('run this in a terminal') as unknown } },
    ])
  })
})
