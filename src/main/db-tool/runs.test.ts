import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { LONG_DRAFTS } from '../db/migrations/house-migrations-fixture'
import { openGuarded } from '../startup/guarded-database'
import { furnishedFolder } from '../testing/data-folder'
import { guardedOptions } from '../testing/guarded-options'
import { folderOf, furnishedTool, makeTool } from './tool-fixture'

const HEAD = '0003_lamps_counted'
const [HOUSE, ROOMS, COLOURS] = ['0000_house', '0001_room_kind', '0002_colours'] as const
const anything: unknown = expect.anything()
const COPY = (name: string): unknown => expect.stringMatching(new RegExp(`^${name}-\\d{8}T\\d{9}Z\\.db$`))
const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

describe('upgrade', () => {
  test('goes step by step, to a version, and to the newest', async () => {
    const tool = await makeTool(folderOf())
    const results = [
      await tool.json('upgrade', '+1'),
      await tool.json('upgrade', COLOURS),
      await tool.json('upgrade'),
      await tool.json('upgrade', 'head'),
    ]
    const at = (from: string, to: string, applied: number) => [
      0,
      { ok: true, command: 'upgrade', file: tool.file, from, to, applied, backupFile: null },
    ]
    expect(results).toEqual([
      at('base', HOUSE, 1),
      at(HOUSE, COLOURS, 3),
      at(COLOURS, HEAD, 4),
      at(HEAD, HEAD, 4),
    ])
  })

  test('tells a person how it goes on, and copies what holds data', async () => {
    const tool = await furnishedTool()
    await tool.run('downgrade', '2')
    const { code, out, error } = await tool.run('upgrade')
    const [copy = ''] = /pre-migration-0003-0004-\w+\.db/.exec(out) ?? []
    expect({ code, out, error }).toEqual({
      code: 0,
      out: `From ${COLOURS} to ${HEAD}\nCopy made before: backups/${copy}\n`,
      error: `Copying the database …\nComparing the copy with it …\n${HEAD} (1 of 1): running\n${HEAD} (1 of 1): checking\n${HEAD} (1 of 1): done\n`,
    })
    expect(readdirSync(join(tool.folder, 'backups'))).toContain(copy)
    expect((await tool.run('upgrade')).out).toBe(`Nothing to do: the database is at ${HEAD}\n`)
  })

  test.each([
    ['+5', 'From base there are not so many steps as "+5" asks for'],
    ['7', 'There is no migration "7"'],
    ['0_', 'There is no migration "0_"'],
    ['nonsense', 'There is no migration "nonsense"'],
  ])('to "%s" is refused and makes no file', async (word, message) => {
    const tool = await makeTool(folderOf())
    expect([await tool.json('upgrade', word), existsSync(tool.file)]).toEqual([
      [1, { ok: false, error: { code: 'bad-target', message } }],
      false,
    ])
  })

  test('does not go back, and refuses a newer file and unfinished migrations, untouched', async () => {
    const tool = await furnishedTool()
    const older = await makeTool(folderOf(LONG_DRAFTS.slice(0, 2)))
    const unfinished = await makeTool(
      folderOf([
        ...LONG_DRAFTS,
        { name: '0004_new', up: ['create view v as select 1;'], down: ['-- BY HAND: write it\nselect 1'] },
      ]),
    )
    const before = hashOf(tool.file)
    const at = ['--data-dir', tool.folder]
    const refusals = [
      await tool.json('upgrade', '1'),
      await older.json('upgrade', ...at),
      await unfinished.json('upgrade', ...at),
    ]
    expect(refusals).toMatchObject([
      [1, { error: { code: 'bad-target', message: `The database is at ${HEAD} already: use downgrade` } }],
      [1, { error: { code: 'newer-database' } }],
      [
        1,
        {
          error: {
            code: 'bad-migration-files',
            message: '0004_new.down.sql still has to be completed by hand',
          },
        },
      ],
    ])
    expect(hashOf(tool.file)).toBe(before)
  })
})

describe('downgrade', () => {
  test('on purpose is no trouble at the next start, which knew newer data before', async () => {
    const tool = await makeTool(join(import.meta.dirname, '../../../drizzle'))
    const folder = furnishedFolder(3)
    onTestFinished(() => {
      rmSync(folder, { recursive: true })
    })
    const codes = [
      (await tool.run('downgrade', 'base', '--accept-loss', '--data-dir', folder)).code,
      (await tool.run('upgrade', '--data-dir', folder)).code,
    ]
    const opened = openGuarded(guardedOptions(folder))
    const count = opened.sqlite.prepare('select count(*) from requests').pluck().get()
    opened.close()
    expect([codes, count]).toEqual([[0, 0], 0])
  })

  test('goes back step by step and by name, and loses only what it was allowed to lose', async () => {
    const tool = await furnishedTool()
    tool.open((sqlite) => sqlite.exec("update lamps set colour = 'red' where id = 'l1'"))
    const results = [
      await tool.json('downgrade', '-1'),
      await tool.json('downgrade', '1'),
      await tool.json('downgrade', '1', '--accept-loss'),
      await tool.json('downgrade', 'base'),
    ]
    const lamps = { kind: 'column', migration: COLOURS, table: 'lamps', column: 'colour', values: 1 }
    const rooms = ['lamps', 'notes', 'rooms', 'tallies']
    expect(results).toEqual([
      [
        0,
        {
          ok: true,
          command: 'downgrade',
          file: tool.file,
          from: HEAD,
          to: COLOURS,
          applied: 3,
          backupFile: COPY('pre-migration-0004-0003'),
          losses: [],
        },
      ],
      [
        1,
        {
          ok: false,
          error: {
            code: 'not-reversible',
            message: `Taking back ${COLOURS} loses data: column lamps.colour with 1 value. Say --accept-loss to agree`,
            losses: [lamps],
          },
        },
      ],
      [
        0,
        expect.objectContaining({ to: ROOMS, losses: [lamps], backupFile: COPY('pre-migration-0003-0002') }),
      ],
      [
        1,
        {
          ok: false,
          error: {
            code: 'not-reversible',
            message: `Taking back ${HOUSE} loses data: table lamps with 3 rows; table notes with 2 rows; table rooms with 2 rows; table tallies with 1 row. Say --accept-loss to agree`,
            losses: rooms.map((table) => ({ kind: 'table', migration: HOUSE, table, rows: anything })),
          },
        },
      ],
    ])
  })

  test('to base and up again ends at the same tables; what was lost is told', async () => {
    const tool = await furnishedTool()
    const { code, out } = await tool.run('downgrade', 'base', '--accept-loss')
    expect([code, out.split('\n').slice(2)]).toEqual([
      0,
      [
        'table lamps with 3 rows',
        'table notes with 2 rows',
        'table rooms with 2 rows',
        'table tallies with 2 rows',
      ]
        .map((what) => `Lost: ${what}`)
        .concat(''),
    ])
    await tool.run('upgrade')
    expect(await tool.json('current')).toMatchObject([0, { current: HEAD, tablesAsPromised: true }])
  })

  test('where there is no way down, names the copy that leads back', async () => {
    const drafts = LONG_DRAFTS.map((draft) => (draft.name === HEAD ? { ...draft, reversible: false } : draft))
    const tool = await makeTool(folderOf(drafts))
    await tool.run('upgrade', '0')
    tool.open((sqlite) => sqlite.exec("insert into notes values (1, 'kept')"))
    const [, upgraded] = await tool.json('upgrade')
    const { backupFile } = upgraded as { backupFile: string }
    const [code, refusal] = await tool.json('downgrade', 'base', '--accept-loss')
    expect([code, refusal]).toEqual([
      1,
      {
        ok: false,
        error: {
          code: 'not-reversible',
          message: `${HEAD} cannot be taken back: restore the copy made before it, backups/${backupFile}`,
        },
      },
    ])
  })

  test('can be done by an older program, with the way down that the file has kept', async () => {
    const tool = await furnishedTool()
    const older = await makeTool(folderOf(LONG_DRAFTS.slice(0, 2)))
    const at = ['--data-dir', tool.folder]
    expect(await older.json('downgrade', '1', '--accept-loss', ...at)).toMatchObject([0, { to: ROOMS }])
    expect(await older.json('current', ...at)).toMatchObject([0, { current: ROOMS, problem: null }])
  })

  test('needs a version and a database', async () => {
    const tool = await makeTool(folderOf())
    expect([
      await tool.json('downgrade'),
      await tool.json('downgrade', '-1'),
      existsSync(tool.folder),
    ]).toEqual([
      [2, { ok: false, error: { code: 'usage', message: 'downgrade needs <version>' } }],
      [1, { ok: false, error: { code: 'no-database', message: `There is no database in ${tool.folder}` } }],
      false,
    ])
  })
})

describe('with --sql', () => {
  test('nothing is changed, and a new file can be asked about', async () => {
    const tool = await furnishedTool()
    await tool.run('downgrade', '-1')
    const before = hashOf(tool.file)
    const [up, down, none] = [
      await tool.run('upgrade', '--sql'),
      await tool.run('downgrade', 'base', '--sql'),
      await tool.run('upgrade', '+0', '--sql'),
    ]
    expect([up.code, down.code, none.out, hashOf(tool.file)]).toEqual([0, 0, '-- Nothing to do.\n', before])
    expect(down.out.split('\n').slice(0, 2)).toEqual([
      '-- Lost: table lamps with 3 rows',
      '-- Lost: table notes with 2 rows',
    ])
    expect(up.out).toContain('-- First a copy, backups/pre-migration-0003-0004-<time>.db')
    const fresh = await makeTool(folderOf())
    const [code, data] = await fresh.json('upgrade', '0', '--sql')
    expect([code, data, existsSync(fresh.folder)]).toEqual([
      0,
      {
        ok: true,
        command: 'upgrade',
        file: fresh.file,
        sql: expect.stringContaining('No copy is made first') as unknown,
      },
      false,
    ])
  })
})

describe('stamp', () => {
  test('repairs a lost list of migrations, after a copy, and nothing else changes', async () => {
    const tool = await furnishedTool()
    const rows = tool.open((sqlite) => sqlite.prepare('select * from lamps').raw().all())
    tool.open((sqlite) =>
      sqlite.exec('drop table schema_migrations; pragma user_version = 0; pragma application_id = 0'),
    )
    const broken = await tool.json('upgrade')
    expect(broken).toMatchObject([1, { error: { code: 'foreign-database' } }])
    expect(await tool.json('stamp', 'head', '--yes')).toEqual([
      0,
      {
        ok: true,
        command: 'stamp',
        file: tool.file,
        current: HEAD,
        applied: 4,
        backupFile: COPY('pre-stamp-0004'),
      },
    ])
    expect(await tool.json('check')).toMatchObject([0, { database: { compared: true, differences: [] } }])
    expect(tool.open((sqlite) => sqlite.prepare('select * from lamps').raw().all())).toEqual(rows)
  })

  test('is refused for tables of another version, for another program, without a yes, and by steps', async () => {
    const tool = await furnishedTool()
    const before = hashOf(tool.file)
    const refusals = [
      await tool.json('stamp', ROOMS, '-y'),
      await tool.json('stamp', 'head'),
      await tool.json('stamp', '-1', '-y'),
      await tool.json('stamp'),
    ]
    expect(refusals).toEqual([
      [
        1,
        {
          ok: false,
          error: {
            code: 'bad-target',
            message: `The tables are not those of ${ROOMS}: table lamps is defined differently; table repairs should not be there`,
          },
        },
      ],
      [2, { ok: false, error: { code: 'usage', message: 'stamp needs --yes where nobody can be asked' } }],
      [2, { ok: false, error: { code: 'usage', message: 'stamp needs a version, not a number of steps' } }],
      [2, { ok: false, error: { code: 'usage', message: 'stamp needs <version>' } }],
    ])
    expect(hashOf(tool.file)).toBe(before)
    tool.open((sqlite) => sqlite.pragma('application_id = 7'))
    expect(await tool.json('stamp', 'head', '-y')).toMatchObject([1, { error: { code: 'foreign-database' } }])
  })
})
