import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LONG_DRAFTS, LONG_HOUSE } from '../db/migrations/house-migrations-fixture'
import { folderOf, furnishedTool, makeTool } from './tool-fixture'

const HEAD = '0003_lamps_counted'
const [HOUSE, ROOMS, COLOURS] = ['0000_house', '0001_room_kind', '0002_colours'] as const
const anything: unknown = expect.anything()

describe('current', () => {
  test('tells where there is nothing yet, and makes nothing', async () => {
    const tool = await makeTool(folderOf())
    const { code, out } = await tool.run('current')
    expect([code, out, existsSync(tool.folder)]).toEqual([
      0,
      `base (there is no database in ${tool.folder} yet)\n`,
      false,
    ])
  })

  test('tells how far behind, how far ahead, and the facts when asked', async () => {
    const tool = await makeTool(folderOf())
    await tool.run('upgrade', '1')
    const behind = await tool.run('current')
    await tool.run('upgrade')
    const facts = await tool.run('current', '-v')
    const older = await makeTool(folderOf(LONG_DRAFTS.slice(0, 2)))
    const newer = await older.run('current', '--data-dir', tool.folder)
    expect([behind.out, facts.out.split('\n')[0], newer.out]).toEqual([
      `${ROOMS} (2 behind ${HEAD})\n`,
      `${HEAD} (head)`,
      `${HEAD} (newer than this program, which ends at ${ROOMS})\nThe program would not open it: The database has had 4 migrations by version 1.2.3 of the program, but this one knows only 2.\n`,
    ])
    expect(facts.out).toMatch(
      /^File: .*\nBrought there .*Z by version 1\.2\.3, in \d+ ms\nCopy made before: none, it held no data\nTables: as they should be$/m,
    )
  })

  test('exits with 1 behind the newest migration only when that is asked', async () => {
    const tool = await makeTool(folderOf())
    await tool.run('upgrade', '0')
    const codes = [await tool.run('current'), await tool.run('current', '--check-heads')]
    await tool.run('upgrade')
    codes.push(await tool.run('current', '--check-heads'))
    expect(codes.map(({ code }) => code)).toEqual([0, 1, 0])
  })

  test('says all of it as JSON', async () => {
    const tool = await furnishedTool()
    tool.open((sqlite) => sqlite.exec('drop trigger rooms_counted'))
    expect(await tool.json('current')).toEqual([
      0,
      {
        ok: true,
        command: 'current',
        file: tool.file,
        exists: true,
        current: HEAD,
        head: HEAD,
        applied: 4,
        known: 4,
        tablesAsPromised: false,
        problem: null,
      },
    ])
    expect((await tool.run('current', '-v')).out).toContain('Tables: not as they should be')
  })
})

describe('history', () => {
  test('lists the newest first, with what was run and what is to come', async () => {
    const tool = await makeTool(folderOf())
    await tool.run('upgrade', '1')
    const [short, ranged, long] = [
      await tool.run('history'),
      await tool.run('history', '-r', '1:2'),
      await tool.run('history', '-v', '--range', ':0'),
    ]
    expect(short).toEqual({
      code: 0,
      error: '',
      out: `pending  ${HEAD} (head)\npending  ${COLOURS}\napplied  ${ROOMS} (current)\napplied  ${HOUSE}\n`,
    })
    expect(ranged.out).toBe(`pending  ${COLOURS}\napplied  ${ROOMS} (current)\n`)
    expect(long.out).toMatch(
      /^applied {2}0000_house\n +additive, taking it back loses data\n +.*Z by version 1\.2\.3, in \d+ ms\n +copy made before: none\n$/,
    )
  })

  test('marks what is not the same in this program', async () => {
    const tool = await furnishedTool()
    const changed = await makeTool(
      folderOf(
        LONG_DRAFTS.slice(0, 3).map((draft) =>
          draft.name === ROOMS
            ? { ...draft, up: [...draft.up, 'create view v as select 1;'], reversible: false }
            : draft,
        ),
      ),
    )
    const { code, out } = await changed.run('history', '--data-dir', tool.folder)
    expect([code, out]).toEqual([
      0,
      `applied  ${HEAD} (current): not in this program\napplied  ${COLOURS} (head)\napplied  ${ROOMS}: differs from the one in this program\napplied  ${HOUSE}\n`,
    ])
    const [, data] = await changed.json('history', '--data-dir', tool.folder)
    expect(data).toMatchObject({
      ok: true,
      command: 'history',
      problem: { code: 'newer-database' },
      history: [
        { version: 3, file: 'unknown' },
        { file: 'same' },
        { file: 'changed' },
        { version: 0, file: 'same' },
      ],
    })
    const own = await changed.run('history', '-v')
    expect(own.out).toContain('rebuild, cannot be taken back')
  })

  test('refuses a range that is none', async () => {
    const tool = await makeTool(folderOf())
    const codes = [await tool.json('history', '-r', '1'), await tool.json('history', '-r', '1:2:3')]
    expect(codes).toEqual([
      [1, { ok: false, error: { code: 'bad-target', message: 'A range is written <from>:<to>, not "1"' } }],
      [
        1,
        { ok: false, error: { code: 'bad-target', message: 'A range is written <from>:<to>, not "1:2:3"' } },
      ],
    ])
  })
})

describe('show', () => {
  test('shows a migration by number, name and place', async () => {
    const tool = await furnishedTool()
    const shown = await Promise.all(['2', '0002', COLOURS, '0002_col'].map((word) => tool.run('show', word)))
    expect(new Set(shown.map(({ out }) => out)).size).toBe(1)
    expect(shown[0]?.out).toBe(
      [
        `${COLOURS}: additive, applied`,
        `Declares: ${JSON.stringify(LONG_HOUSE[2]?.meta)}`,
        '',
        '-- Up',
        ...String(LONG_HOUSE[2]?.up).split('\n'),
        '',
        '-- Down',
        ...String(LONG_HOUSE[2]?.down).split('\n'),
        '',
      ].join('\n'),
    )
    const places = await Promise.all(['current', 'head', '-1'].map((word) => tool.json('show', word)))
    expect(places).toMatchObject([
      [0, { ok: true, name: HEAD }],
      [0, { name: HEAD }],
      [0, { name: COLOURS }],
    ])
  })

  test('shows the way down that the file has kept, and says when the way up is another or not here', async () => {
    const tool = await furnishedTool()
    const changed = await makeTool(
      folderOf([
        ...LONG_DRAFTS.slice(0, 2),
        { name: COLOURS, up: ['create table c (a text) strict;'], down: ['drop table c;'] },
      ]),
    )
    const at = ['--data-dir', tool.folder]
    const [other, gone] = [await changed.run('show', '2', ...at), await changed.run('show', '3', ...at)]
    expect(other.out).toContain('The way up in this program is not the one that was run.')
    expect(other.out).toContain('drop table `repairs`')
    expect(gone.out).toContain('-- The way up is not in this program.')
  })

  test.each(['base', '9', '', '+1'])('has nothing to show for "%s"', async (word) => {
    const tool = await furnishedTool()
    expect(await tool.json('show', word)).toEqual([
      1,
      { ok: false, error: { code: 'bad-target', message: anything } },
    ])
  })
})

describe('check', () => {
  test('tells drift of the files and of the database apart, and what cannot be compared here', async () => {
    const migrations = folderOf()
    const tool = await makeTool(migrations)
    const notHere = { compared: false, why: 'not compared: that needs the development tree' }
    const fresh = await tool.json('check')
    await tool.run('upgrade', '2')
    const behind = await tool.json('check')
    await tool.run('upgrade')
    const well = await tool.run('check')
    tool.open((sqlite) => sqlite.exec('drop index lamps_room; create table extra (a)'))
    writeFileSync(
      join(migrations, '0003_lamps_counted.json'),
      '{"kind":"additive","reversible":true,"schemaAfter":"' + '0'.repeat(64) + '"}',
    )
    writeFileSync(join(migrations, '0002_colours.down.sql'), 'drop table repairs;')
    writeFileSync(join(migrations, 'released.json'), JSON.stringify({ '0000_house': 'other' }))
    const drifted = await tool.run('check')
    expect([fresh, behind, well, drifted]).toEqual([
      [
        0,
        {
          ok: true,
          command: 'check',
          file: tool.file,
          code: notHere,
          migrations: { compared: true, differences: [] },
          database: { compared: false, why: `not compared: there is no database in ${tool.folder} yet` },
        },
      ],
      [
        1,
        expect.objectContaining({
          ok: false,
          database: { compared: true, differences: [`${HEAD} has not been run`] },
        }),
      ],
      {
        code: 0,
        error: '',
        out: 'Code and migrations: not compared: that needs the development tree\nMigrations and their promises: agree\nMigrations and database: agree\n',
      },
      {
        code: 1,
        error: '',
        out: [
          'Code and migrations: not compared: that needs the development tree',
          'Migrations and their promises: differ',
          '  0003_lamps_counted.json must declare kind data',
          '  0000_house.sql was released and must stay as it is',
          '  0003_lamps_counted.json promises other tables than its SQL makes',
          '  0002_colours.down.sql does not lead back to the tables before it',
          'Migrations and database: differ',
          '  index lamps_room is missing',
          '  table extra should not be there',
          '',
        ].join('\n'),
      },
    ])
  })
})

describe('the data folder', () => {
  test('of a running program is only read', async () => {
    const tool = await furnishedTool()
    writeFileSync(join(tool.folder, 'running.pid'), `${String(process.pid)}\n`)
    const reading = ['current', 'history', 'check'].map((verb) => tool.run(verb))
    reading.push(tool.run('show', '1'), tool.run('upgrade', '--sql'), tool.run('downgrade', '-1', '--sql'))
    const read = await Promise.all(reading)
    const written = await Promise.all([
      tool.json('upgrade'),
      tool.json('downgrade', '-1'),
      tool.json('stamp', 'head', '-y'),
    ])
    expect(read.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0])
    const refusal = {
      code: 'folder-in-use',
      message: `Process ${String(process.pid)} is working with this data folder: close it first`,
    }
    expect(written).toEqual([1, 1, 1].map((code) => [code, { ok: false, error: refusal }]))
  })

  test('is given back after a command, also after one that was refused', async () => {
    const tool = await furnishedTool()
    await tool.run('downgrade', '-1')
    await tool.run('downgrade', 'base')
    expect(existsSync(join(tool.folder, 'running.pid'))).toBe(false)
  })

  test('with an empty file in place of the database is left alone', async () => {
    const tool = await makeTool(folderOf())
    mkdirSync(tool.folder)
    writeFileSync(tool.file, '')
    const refusals = await Promise.all([
      tool.json('current'),
      tool.json('upgrade'),
      tool.json('stamp', 'base', '-y'),
    ])
    const message = `${tool.file} is empty, which no database is: restore a backup, or move that file away`
    expect([refusals, readFileSync(tool.file, 'utf8')]).toEqual([
      [1, 1, 1].map((code) => [code, { ok: false, error: { code: 'empty-file', message } }]),
      '',
    ])
  })

  test('must be one', async () => {
    const tool = await makeTool(folderOf())
    expect(await tool.json('current', '--data-dir', '')).toMatchObject([2, { error: { code: 'usage' } }])
  })
})

describe('the command line', () => {
  test.each([
    [['--help'], 0, 'Usage: dispatcher db <command> [options]'],
    [['upgrade', '--help'], 0, 'Usage: dispatcher db upgrade [version] [options]'],
    [['downgrade', '-h'], 0, 'Usage: dispatcher db downgrade <version> [options]'],
    [['stamp', '--help'], 0, 'Usage: dispatcher db stamp <version> [options]'],
    [['revision', '--help'], 0, 'Usage: dispatcher db revision [options]'],
    [['check', '--help'], 0, 'Usage: dispatcher db check [options]'],
    [['show', '--help'], 0, 'Usage: dispatcher db show <version> [options]'],
    [['history', '--help'], 0, 'Usage: dispatcher db history [options]'],
    [['current', '--help'], 0, 'Usage: dispatcher db current [options]'],
  ])('helps with %j', async (words, code, firstLine) => {
    const tool = await makeTool(folderOf())
    const ran = await tool.run(...words)
    expect([ran.code, ran.out.split('\n')[0], ran.error]).toEqual([code, firstLine, ''])
    expect(ran.out).toContain('Exit codes: 0')
  })

  test.each([
    [[], 'Say what to do. dispatcher db --help shows what there is.\n'],
    [['nonsense'], 'There is no command "nonsense". dispatcher db --help shows what there is.\n'],
    [['upgrade', '--nonsense'], "Unknown option '--nonsense'.\n"],
    [['current', 'extra'], 'current does not take "extra".\n'],
    [['show'], 'show needs <version>.\n'],
    [['current', '--data-dir'], "Option '--data-dir <value>' argument missing.\n"],
    [['upgrade', '--migrations', 'x'], "Unknown option '--migrations'.\n"],
  ])('exits with 2 for %j', async (words, error) => {
    const tool = await makeTool(folderOf())
    expect(await tool.run(...words)).toEqual({ code: 2, out: '', error })
  })

  test('writes migrations in the development tree only', async () => {
    const tool = await makeTool(folderOf())
    expect(await tool.json('revision', '-m', 'new')).toEqual([
      1,
      {
        ok: false,
        error: {
          code: 'development-only',
          message: 'Migrations are written in the development tree, with npm run db -- revision',
        },
      },
    ])
  })
})
