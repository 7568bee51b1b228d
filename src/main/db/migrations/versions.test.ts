import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contentOf, contentOfAll, tablesOf } from './content'
import { schemaFingerprint } from './fingerprint'
import { loadDump } from './dump-fixture'
import { checkHistory, readLedger } from './ledger'
import { downgrade, upgrade } from './migrate'
import { readMigrations } from './migration-files'
import { openIn, optionsFor, stateOf, tempFolder } from './house-fixture'

// A file of every version, as that version made it: see scripts/add-version-fixture.mjs.

const OWN = readMigrations(join(import.meta.dirname, '../../../../drizzle'))
const VERSIONS = join(import.meta.dirname, 'versions')

function fileOf(name: string) {
  const folder = tempFolder()
  loadDump(join(folder, 'house.db'), readFileSync(join(VERSIONS, `${name}.sql`), 'utf8')).close()
  return { folder, sqlite: openIn(folder) }
}

/** What tables say, apart from those whose content or columns a later migration changes. */
function comparable(sqlite: ReturnType<typeof fileOf>['sqlite'], version: number) {
  const later = OWN.slice(version + 1)
  const changed = new Set(later.flatMap(({ meta }) => Object.keys(meta.rowChanges ?? {})))
  return Object.fromEntries([...contentOfAll(sqlite)].filter(([table]) => !changed.has(table)))
}

/** The tables that are there later and were not now. */
function tablesAddedAfter(sqlite: ReturnType<typeof fileOf>['sqlite']) {
  const known = new Set(tablesOf(sqlite))
  return (later: typeof sqlite) => new Set(tablesOf(later).filter((table) => !known.has(table)))
}

/** What was there before, and the tables that an upgrade has made, which begin empty. */
function split(all: ReturnType<typeof comparable>, made: ReadonlySet<string>) {
  const entries = Object.entries(all)
  return {
    old: Object.fromEntries(entries.filter(([table]) => !made.has(table))),
    made: entries.filter(([table]) => made.has(table)),
  }
}

test('every version has a file (else: node scripts/electron-node.mjs scripts/add-version-fixture.mjs)', () => {
  expect(readdirSync(VERSIONS).sort()).toEqual(OWN.map(({ name }) => `${name}.sql`))
})

describe.each(OWN)('a file of $name', ({ name, version, meta }) => {
  test('is as that version leaves it, and holds something of everything', () => {
    const { sqlite } = fileOf(name)
    const empty = tablesOf(sqlite).filter((table) => contentOf(sqlite, table).rows === 0)
    expect({
      applied: checkHistory(sqlite, OWN).map((row) => row.name),
      schema: schemaFingerprint(sqlite),
      orphans: sqlite.pragma('foreign_key_check'),
      integrity: sqlite.pragma('integrity_check', { simple: true }),
      empty,
    }).toEqual({
      applied: OWN.slice(0, version + 1).map((migration) => migration.name),
      schema: meta.schemaAfter,
      orphans: [],
      integrity: 'ok',
      // The practice building has none of these: its categories come with a later screen, and nothing is alerted.
      empty: version < 2 ? ['categories'] : ['alerts', 'categories'],
    })
  })

  test('is upgraded to the tables of a new file, and keeps what it held', () => {
    const { folder, sqlite } = fileOf(name)
    const before = comparable(sqlite, version)
    const added = tablesAddedAfter(sqlite)
    upgrade(sqlite, optionsFor(folder, OWN))
    const fresh = openIn(folder, 'fresh.db')
    upgrade(fresh, optionsFor(folder, OWN))
    expect(schemaFingerprint(sqlite)).toBe(schemaFingerprint(fresh))
    const { old, made } = split(comparable(sqlite, version), added(sqlite))
    expect([old, made.map(([, { rows }]) => rows).filter((rows) => rows > 0)]).toEqual([before, []])
    expect(readLedger(sqlite).map((row) => [row.name, row.upSha256])).toEqual(
      readLedger(fresh).map((row) => [row.name, row.upSha256]),
    )
  })

  test('is taken back from the newest version as it was, where nothing is lost', () => {
    const { folder, sqlite } = fileOf(name)
    const before = stateOf(sqlite)
    upgrade(sqlite, optionsFor(folder, OWN))
    const isReversible = OWN.slice(version + 1).every((migration) => migration.meta.reversible === true)
    downgrade(sqlite, { ...optionsFor(folder, OWN), to: version + 1, acceptLoss: !isReversible })
    expect(isReversible ? stateOf(sqlite) : schemaFingerprint(sqlite)).toEqual(
      isReversible ? before : before.schema,
    )
  })
})
