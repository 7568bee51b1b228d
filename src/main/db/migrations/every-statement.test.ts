import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { openSqlite, type Sqlite } from '../connection'
import { holdsData } from './copy-before'
import { MigrationError } from './errors'
import { downgrade, type MigrateOptions, upgrade } from './migrate'
import { type Migration, readMigrations } from './migration-files'
import { wayDown, wayUp } from './plan'
import { readLedger } from './ledger'
import { furnish, openIn, optionsFor, stateOf, stateOfFile, tempFolder } from './house-fixture'
import { LONG_HOUSE } from './house-migrations-fixture'
import { builtChild } from './built-child-fixture'

const OWN_FOLDER = join(import.meta.dirname, '../../../../drizzle')
const OWN = readMigrations(OWN_FOLDER)
let child: string
beforeAll(async () => {
  child = await builtChild(join(import.meta.dirname, 'upgrade-child-fixture.ts'))
})
/** As many children as a small computer runs at once. */
const AT_ONCE = 3

type Way = {
  readonly title: string
  readonly which: 'own' | 'long'
  readonly migrations: readonly Migration[]
  readonly from: number
  readonly to: number
}

/** Every migration of both sets, up and down. */
const WAYS: readonly Way[] = [
  { which: 'own', migrations: OWN } as const,
  { which: 'long', migrations: LONG_HOUSE } as const,
].flatMap(({ which, migrations }) =>
  migrations.flatMap(({ name }, index) => [
    { title: `${name} up`, which, migrations, from: index, to: index + 1 },
    { title: `${name} down`, which, migrations, from: index + 1, to: index },
  ]),
)

function fill(sqlite: Sqlite, which: Way['which']): void {
  if (which === 'long') furnish(sqlite)
  else
    sqlite.exec(`
      insert into users (id, created_at) values ('p1', 1), ('p2', 2);
      insert into requests (id, user_id, title, description, location, created_at, updated_at, sequence, board_order)
      values ('r1', 'p1', 'Lamp', 'zero' || char(0) || 'inside', '', 1, 1, 1, 1);
      insert into comments (id, request_id, user_id, comment, created_at) values ('c1', 'r1', 'p2', 'Seen', 2);
    `)
}

/** A folder with a closed database where the way begins, with data as soon as there are tables. */
function start({ which, migrations, from }: Way): string {
  const folder = tempFolder({ inMemory: true })
  const sqlite = openSqlite(join(folder, 'house.db'))
  if (from > 0) {
    upgrade(sqlite, { ...optionsFor(folder, migrations), to: 1 })
    fill(sqlite, which)
    upgrade(sqlite, { ...optionsFor(folder, migrations), to: from })
  }
  sqlite.close()
  return folder
}

function go(sqlite: Sqlite, { migrations, from, to }: Way, options: Partial<MigrateOptions> = {}): void {
  const all = { ...optionsFor(join(sqlite.name, '..'), migrations), ...options, to }
  if (to > from) upgrade(sqlite, all)
  else downgrade(sqlite, { ...all, acceptLoss: true })
}

/** What the way makes of the data when nothing goes wrong. */
function endOf(way: Way) {
  const sqlite = openIn(start(way))
  go(sqlite, way)
  return { integrity: 'ok', ...stateOf(sqlite) }
}

function statementsOfWay(way: Way): number {
  const { migrations, from, to } = way
  const migration = migrations[Math.min(from, to)]
  if (migration === undefined) throw new Error('no such migration')
  if (to > from) return wayUp(migration).statements.length
  const sqlite = openIn(start(way))
  const [row] = readLedger(sqlite).slice(-1)
  if (row === undefined) throw new Error('nothing to take back')
  return wayDown(row, undefined).statements.length
}

/** Before the copy has its name, and around and at each statement. */
function stepsOf(way: Way): number {
  const sqlite = openIn(start(way))
  const copySteps = holdsData(sqlite) ? ['copying', 'comparing', 'keeping', 'kept'].length : 0
  const around = ['begun', 'checking', 'recording', 'committing', 'committed'].length
  return copySteps + around + statementsOfWay(way)
}

async function killedAt(way: Way, step: number) {
  const folder = start(way)
  const which = way.which === 'own' ? OWN_FOLDER : way.which
  const args = [child, folder, String(step), which, String(way.to)]
  const running = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let words = ''
  running.stderr.on('data', (part: Buffer) => (words += part.toString()))
  const [, signal] = (await once(running, 'close')) as [number | null, string | null]
  expect([signal, words]).toEqual(['SIGKILL', ''])
  return folder
}

/** Runs the work for each number, a few at a time. */
async function forEach(count: number, work: (index: number) => Promise<void>): Promise<void> {
  const waiting = Array.from({ length: count }, (_, index) => index)
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

describe('a program that is killed at every step', () => {
  test.each(WAYS)(
    'of $title leaves the old state or the new one, and can finish',
    { timeout: 180_000 },
    async (way) => {
      const old = stateOfFile(join(start(way), 'house.db'), tempFolder({ inMemory: true }))
      const end = endOf(way)
      const steps = stepsOf(way)
      const versions: unknown[] = Array.from({ length: steps })
      await forEach(steps, async (step) => {
        const folder = await killedAt(way, step)
        const state = stateOfFile(join(folder, 'house.db'), tempFolder({ inMemory: true }))
        expect([old, end]).toContainEqual(state)
        versions[step] = state.version
        const sqlite = openIn(folder)
        if (state.version !== way.to) go(sqlite, way)
        expect({ integrity: 'ok', ...stateOf(sqlite) }).toEqual(end)
      })
      // Only once it is committed is the new state there.
      expect(versions).toEqual([...Array.from({ length: steps - 1 }, () => way.from), way.to])
    },
  )
})

describe('a disk that is full', () => {
  test.each(WAYS)('from any statement of $title on leaves the old state or the new one', (way) => {
    const end = endOf(way)
    const outcomes = Array.from({ length: statementsOfWay(way) + 1 }, (_, fullAt) => {
      const sqlite = openIn(start(way))
      const before = stateOf(sqlite)
      let statement = 0
      const onProgress: MigrateOptions['onProgress'] = ({ step }) => {
        if (step !== 'statement' && step !== 'recording') return
        // From here on the file may not grow; the last round fills up before the ledger is written.
        if (statement === fullAt)
          sqlite.pragma(`max_page_count = ${String(sqlite.pragma('page_count', { simple: true }))}`)
        statement += 1
      }
      try {
        go(sqlite, way, { onProgress })
        expect({ integrity: 'ok', ...stateOf(sqlite) }).toEqual(end)
        return 'done'
      } catch (error) {
        expect(error).toBeInstanceOf(MigrationError)
        expect(String(error)).toContain('database or disk is full')
        expect(stateOf(sqlite)).toEqual(before)
        // With room again it goes on.
        sqlite.pragma('max_page_count = 4294967294')
        go(sqlite, way)
        expect({ integrity: 'ok', ...stateOf(sqlite) }).toEqual(end)
        return 'refused'
      }
    })
    // Where tables are made there is a refusal; else the test would have shown nothing.
    if (way.to > way.from && way.title.startsWith('0000')) expect(outcomes).toContain('refused')
  })

  const canMount = spawnSync('unshare', ['-Urm', 'true']).status === 0

  // A small disk of our own needs a namespace of our own.
  test.runIf(canMount)(
    'wherever it fills up for real, leaves the old state or the new one',
    { timeout: 120_000 },
    () => {
      const way = { title: '', which: 'long', migrations: LONG_HOUSE, from: 1, to: 4 } as const
      const template = start(way)
      const old = stateOfFile(join(template, 'house.db'), tempFolder({ inMemory: true }))
      const end = endOf(way)
      const script = [
        'mount -t tmpfs -o size="$1" none "$2" && cp "$3/house.db" "$2" || exit 9',
        'from="$2"; out="$4"; shift 4; "$@" >/dev/null; code=$?',
        'cp "$from"/house.db* "$out"; exit $code',
      ].join('\n')
      // Too small for the copy; for the journal; large enough.
      const results = Array.from({ length: 14 }, (_, index) => 100 + index * 24).map((kilobytes) => {
        const [disk, out] = [tempFolder(), join(tempFolder(), 'out')]
        mkdirSync(out)
        const command = [process.execPath, child, disk, '-1', 'long', '4']
        const mount = ['sh', '-c', script, 'sh', `${String(kilobytes)}k`, disk, template, out]
        const { status, stderr } = spawnSync('unshare', ['-Urm', ...mount, ...command], {
          env: { ...process.env, IGNORE_SPACE: '1' },
          encoding: 'utf8',
        })
        if (status !== 0) expect(stderr).toMatch(/full|ENOSPC|SQLITE_IOERR/)
        const saved = tempFolder()
        cpSync(out, saved, { recursive: true })
        expect(readdirSync(saved)).toContain('house.db')
        const state = stateOfFile(join(saved, 'house.db'), tempFolder({ inMemory: true }))
        // Each migration is kept for itself: between the old state and the new one lie those in between.
        if (state.version === 1) expect(state).toEqual(old)
        if (state.version === 4) expect(state).toEqual(end)
        expect(state.integrity).toBe('ok')
        return [status === 0, state.version]
      })
      expect(results[0]).toEqual([false, 1])
      expect(results.at(-1)).toEqual([true, 4])
    },
  )
})
