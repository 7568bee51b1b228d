import { describe, expect, test } from 'vitest'
import { contentOf } from './content'
import { NotReversible } from './errors'
import { EMPTY_SCHEMA, schemaFingerprint } from './fingerprint'
import { oldHouse, openIn, optionsFor, refusalOf, stateOf, tempFolder } from './house-fixture'
import { FIRST, HOUSE, migrationsOf, REBUILD } from './house-migrations-fixture'
import { readLedger } from './ledger'
import { downgrade, upgrade } from './migrate'

describe('downgrade', () => {
  test('up, down, up equals up, with all data kept', () => {
    const { sqlite, options } = oldHouse()
    const old = stateOf(sqlite)
    upgrade(sqlite, options)
    const up = stateOf(sqlite)
    const { backupFile } = downgrade(sqlite, { ...options, to: 1 })
    expect(stateOf(sqlite)).toEqual(old)
    expect(backupFile).toMatch(/^pre-migration-0002-0001-/)
    upgrade(sqlite, options)
    expect(stateOf(sqlite)).toEqual(up)
  })

  test('an older program takes back what it does not know, with what the newer one left in the file', () => {
    const { sqlite, options } = oldHouse()
    const old = stateOf(sqlite)
    upgrade(sqlite, options)
    downgrade(sqlite, { ...options, migrations: HOUSE.slice(0, 1), to: 1 })
    expect(stateOf(sqlite)).toEqual(old)
  })

  test('to the very beginning, when the loss is accepted, and up again', () => {
    const { sqlite, options } = oldHouse()
    const before = stateOf(sqlite)
    const refusal = refusalOf(() => downgrade(sqlite, { ...options, to: 0 }))
    expect([refusal, stateOf(sqlite)]).toEqual([new NotReversible('0000_house', true), before])
    downgrade(sqlite, { ...options, to: 0, acceptLoss: true })
    expect([schemaFingerprint(sqlite), readLedger(sqlite)]).toEqual([EMPTY_SCHEMA, []])
    expect(upgrade(sqlite, options)).toEqual({ from: 0, to: 2, backupFile: null })
  })

  test('is refused when there is no way down', () => {
    const folder = tempFolder()
    const sqlite = openIn(folder)
    const options = optionsFor(folder, migrationsOf([FIRST, { ...REBUILD, reversible: false }]))
    upgrade(sqlite, options)
    expect(refusalOf(() => downgrade(sqlite, { ...options, to: 1, acceptLoss: true }))).toEqual(
      new NotReversible('0001_room_kind', false),
    )
  })

  test('is refused when the ledger is unreadable, or the version is not below', () => {
    const { sqlite, options } = oldHouse()
    expect(refusalOf(() => downgrade(sqlite, { ...options, to: 2 })).code).toBe('bad-target')
    sqlite.exec("update schema_migrations set meta = '{'")
    expect(refusalOf(() => downgrade(sqlite, { ...options, to: 0 })).code).toBe('broken-ledger')
  })

  test('the opposite of what the way up declares holds for the way down, unless it declares its own', () => {
    const folder = tempFolder()
    const sqlite = openIn(folder)
    const seed = (name: string, rowChanges: object) => ({
      name,
      up: ["insert into notes values (100, 'a'), (101, 'b');"],
      down: ['delete from notes where id in (100, 101);'],
      ...rowChanges,
    })
    for (const rowChanges of [
      { rowChanges: { notes: 2 } },
      { rowChanges: { notes: 'more' as const } },
      { rowChanges: { notes: 'any' as const } },
      { rowChanges: { notes: 2 }, rowChangesDown: { notes: 'fewer' as const } },
    ]) {
      const options = optionsFor(folder, migrationsOf([FIRST, seed('0001_seed', rowChanges)]))
      upgrade(sqlite, options)
      downgrade(sqlite, { ...options, to: 1 })
    }
    const fewer = {
      name: '0001_fewer',
      up: ['delete from notes where id = 1;'],
      down: ["insert into notes values (1, 'a');"],
      rowChanges: { notes: 'fewer' as const },
    }
    const options = optionsFor(folder, migrationsOf([FIRST, fewer]))
    sqlite.exec("insert into notes values (1, 'a')")
    upgrade(sqlite, options)
    downgrade(sqlite, { ...options, to: 1 })
    expect(contentOf(sqlite, 'notes').rows).toBe(1)
  })
})
