import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openSqlite, type Sqlite } from '../connection'
import { contentOf } from './content'
import { downgrade, upgrade } from './migrate'
import { optionsFor, stateOf, tempFolder } from './house-fixture'
import { LONG_HOUSE } from './house-migrations-fixture'

const words = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.toWellFormed())
/** Any rooms, any lamps in them, any notes. */
const house = fc.record({
  rooms: fc.array(words, { maxLength: 5 }),
  lamps: fc.array(
    fc.record({ room: fc.nat(), watt: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })) }),
    { maxLength: 9 },
  ),
  notes: fc.array(fc.option(words), { maxLength: 5 }),
})

type House = typeof house extends fc.Arbitrary<infer T> ? T : never

function furnishWith(sqlite: Sqlite, { rooms, lamps, notes }: House): void {
  sqlite.exec("insert into tallies values ('rooms', 0)")
  for (const [index, name] of rooms.entries())
    sqlite.prepare('insert into rooms (id, name) values (?, ?)').run(`r${String(index)}`, name)
  for (const [index, { room, watt }] of lamps.entries()) {
    if (rooms.length === 0) break
    sqlite
      .prepare('insert into lamps values (?, ?, ?)')
      .run(`l${String(index)}`, `r${String(room % rooms.length)}`, watt)
  }
  for (const body of notes) sqlite.prepare('insert into notes (body) values (?)').run(body)
}

/** Runs the work on a house with this data at the version given. */
function inHouse(data: House, version: number, work: (sqlite: Sqlite) => void): void {
  const sqlite = openSqlite(':memory:')
  try {
    const options = optionsFor(tempFolder({ inMemory: true }), LONG_HOUSE)
    upgrade(sqlite, { ...options, to: 1 })
    furnishWith(sqlite, data)
    upgrade(sqlite, { ...options, to: version })
    work(sqlite)
  } finally {
    sqlite.close()
  }
}

const reversible = LONG_HOUSE.filter(({ meta }) => meta.reversible === true)
test.each(reversible)('any data is the same after $name up and down, and up is up again', ({ version }) => {
  fc.assert(
    fc.property(house, (data) => {
      inHouse(data, version, (sqlite) => {
        const options = optionsFor(tempFolder({ inMemory: true }), LONG_HOUSE)
        const before = stateOf(sqlite)
        upgrade(sqlite, { ...options, to: version + 1 })
        const up = stateOf(sqlite)
        downgrade(sqlite, { ...options, to: version })
        expect(stateOf(sqlite)).toEqual(before)
        upgrade(sqlite, { ...options, to: version + 1 })
        expect(stateOf(sqlite)).toEqual(up)
      })
    }),
    { numRuns: 40 },
  )
})

test('where the way down loses something, it loses only what it has to', () => {
  fc.assert(
    fc.property(house, (data) => {
      inHouse(data, 2, (sqlite) => {
        const options = optionsFor(tempFolder({ inMemory: true }), LONG_HOUSE)
        const before = stateOf(sqlite)
        upgrade(sqlite, { ...options, to: 3 })
        sqlite.exec("update lamps set colour = 'red'; insert into repairs select null, id from lamps")
        expect(contentOf(sqlite, 'repairs').rows).toBe(contentOf(sqlite, 'lamps').rows)
        downgrade(sqlite, { ...options, to: 2, acceptLoss: true })
        expect(stateOf(sqlite)).toEqual(before)
      })
    }),
    { numRuns: 25 },
  )
})
