import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openSqlite } from '../connection'
import { upgrade } from './migrate'
import type { MigrationProgress } from './migrate'
import { type AsideMessage, upgradeAside, upgradeHere } from './upgrade-aside'
import { furnish, openIn, optionsFor, stateOf, tempFolder } from './house-fixture'
import { type Draft, filesOf, LONG_DRAFTS, LONG_HOUSE } from './house-migrations-fixture'
import { SOURCE_ARGUMENTS } from './typescript-child-fixture'

const WORKER = join(import.meta.dirname, '../../upgrade-worker.ts')

function aside(drafts: readonly Draft[] = LONG_DRAFTS) {
  const [folder, migrationsFolder] = [tempFolder(), tempFolder()]
  for (const [file, text] of Object.entries(filesOf(drafts)))
    writeFileSync(join(migrationsFolder, file), text)
  const told: MigrationProgress[] = []
  const options = {
    folder,
    migrationsFolder,
    appVersion: '1.2.3',
    worker: WORKER,
    execArgv: SOURCE_ARGUMENTS,
    onProgress: (progress: MigrationProgress) => {
      told.push(progress)
    },
  }
  return { folder, told, options }
}

/** Makes a furnished house at the first version. */
function makeOld(folder: string): void {
  const sqlite = openSqlite(join(folder, 'dispatcher.db'))
  upgrade(sqlite, { ...optionsFor(folder, LONG_HOUSE), to: 1 })
  furnish(sqlite)
  sqlite.close()
}

describe('an upgrade aside', () => {
  test('upgrades in a thread and tells every step, while this one lives on', async () => {
    const { folder, told, options } = aside()
    makeOld(folder)
    let turns = 0
    const ticking = setInterval(() => (turns += 1), 1)
    await upgradeAside(options)
    clearInterval(ticking)
    const sqlite = openIn(folder, 'dispatcher.db')
    const expected = openIn(folder, 'expected.db')
    upgrade(expected, { ...optionsFor(folder, LONG_HOUSE), to: 1 })
    furnish(expected)
    const steps: MigrationProgress[] = []
    upgrade(expected, { ...optionsFor(tempFolder(), LONG_HOUSE), onProgress: (step) => steps.push(step) })
    expect(stateOf(sqlite)).toEqual(stateOf(expected))
    expect(told).toEqual(steps)
    expect(turns).toBeGreaterThan(0)
  })

  const untouched: readonly [string, (folder: string) => void][] = [
    ['there is no file', () => undefined],
    [
      'the file is empty',
      (folder) => {
        writeFileSync(join(folder, 'dispatcher.db'), '')
      },
    ],
    [
      'the file is a folder',
      (folder) => {
        mkdirSync(join(folder, 'dispatcher.db'))
      },
    ],
    [
      'the file is no database',
      (folder) => {
        writeFileSync(join(folder, 'dispatcher.db'), 'x'.repeat(4096))
      },
    ],
    [
      'the file is of another program',
      (folder) => {
        makeOld(folder)
        const sqlite = openSqlite(join(folder, 'dispatcher.db'))
        sqlite.pragma('application_id = 7')
        sqlite.close()
      },
    ],
    [
      'the file is up to date',
      (folder) => {
        const sqlite = openSqlite(join(folder, 'dispatcher.db'))
        upgrade(sqlite, optionsFor(folder, LONG_HOUSE))
        sqlite.close()
      },
    ],
    [
      'the file has had nothing yet',
      (folder) => {
        openSqlite(join(folder, 'dispatcher.db')).close()
      },
    ],
  ]
  /** A thread that only leaves a mark. */
  function markingWorker() {
    const folder = tempFolder()
    const [worker, mark] = [join(folder, 'worker.mjs'), join(folder, 'mark')]
    writeFileSync(
      worker,
      `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(mark)}, '')`,
    )
    return { worker, wasStarted: () => existsSync(mark) }
  }

  test.each(untouched)('starts no thread when %s', async (_, make) => {
    const { folder, options } = aside()
    const { worker, wasStarted } = markingWorker()
    make(folder)
    await upgradeAside({ ...options, worker })
    expect(wasStarted()).toBe(false)
  })

  test('starts one when there is something to do', async () => {
    const { folder, options } = aside()
    const { worker, wasStarted } = markingWorker()
    makeOld(folder)
    await upgradeAside({ ...options, worker })
    expect(wasStarted()).toBe(true)
  })

  test('says in its thread what the other one hears', () => {
    const { folder, options } = aside(LONG_DRAFTS.slice(0, 2))
    makeOld(folder)
    const said: AsideMessage[] = []
    const work = { folder, migrationsFolder: options.migrationsFolder, appVersion: '1.2.3' }
    upgradeHere(work, (message) => said.push(message))
    expect(said.at(-1)).toEqual({
      kind: 'progress',
      progress: { step: 'committed', migration: '0001_room_kind', done: 1, of: 1 },
    })
    const newer = { ...work, migrationsFolder: aside(LONG_DRAFTS.slice(0, 1)).options.migrationsFolder }
    upgradeHere(newer, (message) => said.push(message))
    expect(said.at(-1)).toEqual({
      kind: 'refused',
      error: { code: 'newer-database', found: 2, known: 1, appVersion: '1.2.3' },
    })
    const broken = { ...work, folder: join(folder, 'nowhere') }
    expect(() => {
      upgradeHere(broken, (message) => said.push(message))
    }).toThrow(TypeError)
  })

  test('that is refused rejects with the error of the runner', async () => {
    const { folder, options } = aside(
      LONG_DRAFTS.map((draft) =>
        draft.name === '0002_colours'
          ? { ...draft, up: ['insert into notes select id, body from notes;'] }
          : draft,
      ),
    )
    makeOld(folder)
    const refusal = await upgradeAside(options).catch((error: unknown) => error)
    expect(refusal).toMatchObject({
      name: 'MigrationFailed',
      code: 'migration-failed',
      reason: 'statement',
      migration: '0002_colours',
      statement: 1,
      message: expect.stringMatching(
        /^Migration 0002_colours, statement 1 was taken back: SqliteError/,
      ) as unknown,
    })
  })

  test('whose thread ends before it begins leaves it to the ordinary opening', async () => {
    const { folder, told, options } = aside()
    makeOld(folder)
    await upgradeAside({ ...options, worker: join(folder, 'missing.js') })
    const sqlite = openIn(folder, 'dispatcher.db')
    expect([told, sqlite.pragma('user_version', { simple: true })]).toEqual([[], 1])
  })
})
