import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BuildingId, CommentId, FileId, PersonId, UnitId } from '../../shared/model/ids'
import { openTestDatabase } from '../testing/test-database'
import { sampleRequest, uuid } from '../testing/sample-request'
import { newPerson } from '../usecases/people'
import { addComment, editComment, findComment } from './comments'
import { databaseOf, type Database, journalOf, type WritableDb } from './database'
import { addFile, findFiles, settleFile } from './files'
import { createClock } from './journal'
import { savePerson } from './people'
import { saveBuilding, saveUnit } from './places'
import { saveRequest } from './requests'
import { patchOf } from './save-row'

let database: Database
let now: number

beforeEach(() => {
  now = 1_000
  database = openTestDatabase(() => now)
})
afterEach(() => {
  database.close()
})

type Row = {
  seq: number
  hlc: string
  table: string
  rowId: string
  patch: unknown
  actor: string | null
  at: number
}

/** The journal without what stood in it before the test. */
function entries(): Row[] {
  return database.sqlite
    .prepare<[], Row & { patch: string }>(
      'select seq, hlc, table_name as "table", row_id as rowId, patch, actor, at from changes where seq > 1 order by seq',
    )
    .all()
    .map((row) => ({ ...row, patch: JSON.parse(row.patch) as unknown }))
}

const note = (db: WritableDb, rowId: string) => {
  journalOf(db).record({ table: 'requests', rowId, patch: { title: rowId }, actor: null, at: now })
}

describe('the numbering', () => {
  test('is dense on a device, also across what was rolled back', () => {
    const { transact, batch } = database
    transact((db) => {
      note(db, 'first')
    })
    expect(() =>
      transact((db) => {
        note(db, 'rolled back')
        throw new Error('no')
      }),
    ).toThrow('no')
    batch.begin()
    transact((db) => {
      note(db, 'second')
    })
    batch.keep()
    transact((db) => {
      note(db, 'taken back')
    })
    batch.undo()
    transact((db) => {
      note(db, 'third')
    })
    batch.keep()
    batch.commit()

    expect(entries().map(({ seq, rowId }) => [seq, rowId])).toEqual([
      [2, 'first'],
      [3, 'second'],
      [4, 'third'],
    ])
  })

  test('belongs to the device, and so does the time’s last part; a new device writes later than all there is', () => {
    const other = databaseOf(database.sqlite, { deviceId: 'other-desk', now: () => now })
    other.transact((db) => {
      note(db, 'elsewhere')
    })
    database.transact((db) => {
      note(db, 'here')
    })
    const rows = database.sqlite.prepare('select device_id, seq, hlc from changes order by rowid').raw().all()
    expect(rows).toEqual([
      ['test-desk', 1, '000000000001000-0000-test-desk'],
      ['other-desk', 1, '000000000001000-0001-other-desk'],
      ['test-desk', 2, '000000000001000-0001-test-desk'],
    ])
  })

  test('and the time go on after a restart, also when the computer’s clock went back', () => {
    now = 5_000
    database.transact((db) => {
      note(db, 'before')
    })
    now = 3_000
    const again = databaseOf(database.sqlite, { deviceId: 'test-desk', now: () => now })
    again.transact((db) => {
      note(db, 'after')
    })
    expect(entries().map(({ seq, hlc }) => [seq, hlc])).toEqual([
      [2, '000000000005000-0000-test-desk'],
      [3, '000000000005000-0001-test-desk'],
    ])
  })
})

describe('the clock of the journal', () => {
  test('follows the computer’s, and counts within a millisecond', () => {
    let time = 7
    const tick = createClock('desk', () => time, null)
    const first = [tick(), tick()]
    time = 9
    expect([...first, tick()]).toEqual([
      '000000000000007-0000-desk',
      '000000000000007-0001-desk',
      '000000000000009-0000-desk',
    ])
  })

  test('goes on in the next millisecond when one is full', () => {
    const tick = createClock('desk', () => 7, '000000000000007-fffe-desk')
    expect([tick(), tick(), tick()]).toEqual([
      '000000000000007-ffff-desk',
      '000000000000008-0000-desk',
      '000000000000008-0001-desk',
    ])
  })

  test('never runs backwards and never repeats itself, whatever the computer’s clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 45 }), { minLength: 2 }), (times) => {
        let index = 0
        const tick = createClock('desk', () => times[index % times.length] ?? 0, null)
        let last = ''
        for (index = 0; index < times.length; index += 1) {
          const stamp = tick()
          expect(stamp > last).toBe(true)
          last = stamp
        }
      }),
    )
  })

  test('holds 65,536 changes of one millisecond in their order', () => {
    const tick = createClock('desk', () => 7, null)
    const stamps = Array.from({ length: 65_537 }, tick)
    expect([stamps.toSorted(), new Set(stamps).size, stamps.at(-1)]).toEqual([
      stamps,
      65_537,
      '000000000000008-0000-desk',
    ])
  })
})

const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
const state = fc.record({ id: fc.constant('row'), title: value, count: value, done: value })

describe('a patch', () => {
  test('holds the whole row when it is new, and later only what changed', () => {
    const row = { id: 'row', title: 'Leak', count: 1, done: false }
    expect([
      patchOf(null, row),
      patchOf(row, { ...row, count: 2, done: true }),
      patchOf(row, { ...row }),
    ]).toEqual([row, { count: 2, done: true }, null])
  })

  test('after patch gives the row back', () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 1 }), (states) => {
        let replayed = {}
        let before: (typeof states)[number] | null = null
        for (const after of states) {
          const patch = JSON.parse(JSON.stringify(patchOf(before, after) ?? {})) as object
          replayed = { ...replayed, ...patch }
          before = after
          expect(replayed).toEqual(after)
        }
      }),
    )
  })
})

const personId = PersonId.parse(uuid(2))
const person = newPerson(personId, 'Anna', 1)
const by = { actor: personId, at: 1_000 }
const request = sampleRequest({ userId: personId })
const comment = {
  id: CommentId.parse(uuid(3)),
  requestId: request.id,
  userId: personId,
  comment: 'It drips',
  createdAt: 1_000,
  visibility: 'public',
  editedAt: null,
} as const
const file = {
  id: FileId.parse(uuid(4)),
  requestId: request.id,
  fileType: 'photo',
  fileId: 'f',
  fileName: 'photo.jpg',
  uploadedBy: personId,
  uploadedAt: 1_000,
  uniqueId: 'u',
  state: 'waiting',
  sha256: null,
} as const
const building = {
  id: BuildingId.parse(uuid(5)),
  name: 'Linden Court',
  address: '',
  linkCode: 'b',
  isActive: true,
  createdAt: 1,
}
const unit = {
  id: UnitId.parse(uuid(6)),
  buildingId: building.id,
  name: '34',
  kind: 'unit',
  linkCode: 'u',
  position: 1,
  isActive: true,
  createdAt: 1,
} as const

/** What each write adds to a database that has everything before it. */
const writes: readonly {
  readonly name: string
  readonly prepare: (db: WritableDb) => void
  readonly write: (db: WritableDb) => void
  readonly entry: Partial<Row>
}[] = (() => {
  const withPerson = (db: WritableDb) => {
    savePerson(db, null, person, by)
  }
  const withRequest = (db: WritableDb) => {
    withPerson(db)
    saveRequest(db, null, request, by)
  }
  const withBuilding = (db: WritableDb) => {
    saveBuilding(db, null, building, by)
  }
  return [
    {
      name: 'a new person',
      prepare: () => {},
      write: withPerson,
      entry: { table: 'users', rowId: personId, patch: person },
    },
    {
      name: 'a changed person',
      prepare: withPerson,
      write: (db) => {
        savePerson(db, person, { ...person, isActive: false }, by)
      },
      entry: { table: 'users', rowId: personId, patch: { isActive: false } },
    },
    {
      name: 'a new request',
      prepare: withPerson,
      write: (db) => {
        saveRequest(db, null, request, by)
      },
      entry: { table: 'requests', rowId: request.id, patch: request },
    },
    {
      name: 'a changed request',
      prepare: withRequest,
      write: (db) => {
        saveRequest(db, request, { ...request, title: 'Leak', version: 2 }, by)
      },
      entry: { table: 'requests', rowId: request.id, patch: { title: 'Leak', version: 2 } },
    },
    {
      name: 'a new comment',
      prepare: withRequest,
      write: (db) => {
        addComment(db, comment)
      },
      entry: { table: 'comments', rowId: comment.id, patch: comment },
    },
    {
      name: 'an edited comment',
      prepare: (db) => {
        withRequest(db)
        addComment(db, comment)
      },
      write: (db) => {
        editComment(db, comment, 'It pours', 2_000)
      },
      entry: {
        table: 'comments',
        rowId: comment.id,
        patch: { comment: 'It pours', editedAt: 2_000 },
        at: 2_000,
      },
    },
    {
      name: 'a new file',
      prepare: withRequest,
      write: (db) => {
        addFile(db, file)
      },
      entry: { table: 'files', rowId: file.id, patch: file },
    },
    {
      name: 'a fetched file',
      prepare: (db) => {
        withRequest(db)
        addFile(db, file)
      },
      write: (db) => {
        settleFile(db, file, { state: 'stored', sha256: 'abc' }, 3_000)
      },
      entry: {
        table: 'files',
        rowId: file.id,
        patch: { state: 'stored', sha256: 'abc' },
        actor: null,
        at: 3_000,
      },
    },
    {
      name: 'a new building',
      prepare: () => {},
      write: withBuilding,
      entry: { table: 'buildings', rowId: building.id, patch: building },
    },
    {
      name: 'a renamed building',
      prepare: withBuilding,
      write: (db) => {
        saveBuilding(db, building, { ...building, name: 'Birch Court' }, by)
      },
      entry: { table: 'buildings', rowId: building.id, patch: { name: 'Birch Court' } },
    },
    {
      name: 'a new unit',
      prepare: withBuilding,
      write: (db) => {
        saveUnit(db, null, unit, by)
      },
      entry: { table: 'units', rowId: unit.id, patch: unit },
    },
    {
      name: 'a unit that is not offered any more',
      prepare: (db) => {
        withBuilding(db)
        saveUnit(db, null, unit, by)
      },
      write: (db) => {
        saveUnit(db, unit, { ...unit, isActive: false }, by)
      },
      entry: { table: 'units', rowId: unit.id, patch: { isActive: false } },
    },
  ]
})()

/** Every shared row, as it stands. */
const rows = () =>
  ['users', 'requests', 'comments', 'files', 'buildings', 'units'].map((table) =>
    database.sqlite.prepare(`select * from ${table} order by id`).all(),
  )

describe.each(writes)('$name', ({ prepare, write, entry }) => {
  beforeEach(() => {
    database.transact(prepare)
  })

  test('is in the journal with only what changed', () => {
    database.transact(write)
    expect(entries().at(-1)).toMatchObject({ ...by, ...entry })
  })

  test('rolled back is neither in its table nor in the journal', () => {
    const before = [rows(), entries()]
    expect(() =>
      database.transact((db) => {
        write(db)
        throw new Error('no')
      }),
    ).toThrow('no')
    expect([rows(), entries()]).toEqual(before)
  })
})

test('writing what is there already writes nothing', () => {
  database.transact((db) => {
    savePerson(db, null, person, by)
    saveRequest(db, null, request, by)
    saveBuilding(db, null, building, by)
    saveUnit(db, null, unit, by)
    addFile(db, file)
  })
  const before = entries()
  database.transact((db) => {
    savePerson(db, person, { ...person }, by)
    saveRequest(db, request, { ...request }, by)
    saveBuilding(db, building, { ...building }, by)
    saveUnit(db, unit, { ...unit }, by)
    settleFile(db, file, { state: 'waiting', sha256: null }, 9)
  })
  expect(entries()).toEqual(before)
  expect([findFiles(database.read, request.id), findComment(database.read, comment.id)]).toEqual([
    [file],
    undefined,
  ])
})
