import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PersonId } from '../../shared/model/ids'
import { openTestDatabase } from '../testing/test-database'
import { uuid } from '../testing/sample-request'
import { newPerson } from '../usecases/people'
import { type Database, type ReadableDb, type Touched, touch, type WritableDb } from './database'
import { findPerson, savePerson } from './people'
import { readSetting, writeSetting } from './settings'
import { findWaitingDownloads, addDownload } from './files'

const annaId = PersonId.parse(uuid(1))
const anna = newPerson(annaId, 'Anna', 0)
const by = { actor: null, at: 0 }

let database: Database
let announced: { topics: string[]; requestIds: string[]; workers: string[] }[]

beforeEach(() => {
  database = openTestDatabase(() => 0)
  announced = []
  database.onCommit(({ topics, requestIds, workers }: Touched) => {
    announced.push({ topics: [...topics], requestIds: [...requestIds], workers: [...workers] })
  })
})
afterEach(() => {
  database.close()
})

const journalled = () =>
  database.sqlite.prepare('select count(*) from changes where row_id = ?').pluck().get(annaId)
const save = (db: WritableDb) => {
  savePerson(db, null, anna, by)
}

describe('a transaction', () => {
  test('keeps everything and tells it once, when it is kept', () => {
    const result = database.transact((db) => {
      save(db)
      writeSetting(db, 'setUp', true)
      touch(db, 'people')
      expect(announced).toEqual([])
      return 'kept'
    })

    expect({
      result,
      person: findPerson(database.read, annaId),
      journalled: journalled(),
      announced,
    }).toEqual({
      result: 'kept',
      person: anna,
      journalled: 1,
      announced: [{ topics: ['people', 'app'], requestIds: [], workers: [] }],
    })
  })

  test('that throws keeps nothing, neither the row nor its journal entry, and tells nobody', () => {
    const failing = () =>
      database.transact((db) => {
        save(db)
        throw new Error('The lamp fell on the keyboard')
      })

    expect(failing).toThrow('The lamp fell')
    expect({ person: findPerson(database.read, annaId), journalled: journalled(), announced }).toEqual({
      person: undefined,
      journalled: 0,
      announced: [],
    })
  })

  test('that failed leaves nothing behind for the next one to tell', () => {
    expect(() =>
      database.transact((db) => {
        touch(db, 'people')
        throw new Error('no')
      }),
    ).toThrow('no')
    database.transact((db) => {
      touch(db, 'places')
    })
    expect(announced).toEqual([{ topics: ['places'], requestIds: [], workers: [] }])
  })

  test('within another one joins it: both are kept or none', () => {
    const outer = () =>
      database.transact(() => {
        database.transact(save)
        throw new Error('after the inner one')
      })

    expect(outer).toThrow('after the inner one')
    expect({ person: findPerson(database.read, annaId), announced }).toEqual({
      person: undefined,
      announced: [],
    })
  })

  test('that touches nothing tells nothing', () => {
    database.transact(() => null)
    expect(announced).toEqual([])
  })

  test('names the work that it gave and the requests that it changed', () => {
    database.transact((db) => {
      touch(db, 'requests', uuid(5) as never)
      addDownload(db, {
        uniqueId: 'u',
        fileId: 'f',
        state: 'waiting',
        sha256: null,
        attempts: 0,
        notBefore: 0,
        createdAt: 0,
        lastError: null,
      })
    })
    expect(announced).toEqual([{ topics: ['requests'], requestIds: [uuid(5)], workers: ['downloader'] }])
    expect(findWaitingDownloads(database.read, 0, 5).length).toBe(1)
  })

  test('of which the commit fails is taken back as a whole', () => {
    const { sqlite } = database
    sqlite.exec('pragma defer_foreign_keys = on')
    const failing = () =>
      database.transact((db) => {
        save(db)
        sqlite.exec('pragma defer_foreign_keys = on')
        sqlite.exec(`update users set unit_id = 'nowhere' where id = '${annaId}'`)
      })

    expect(failing).toThrow('FOREIGN KEY')
    expect({ open: sqlite.inTransaction, person: findPerson(database.read, annaId), announced }).toEqual({
      open: false,
      person: undefined,
      announced: [],
    })
  })

  test('that SQLite has ended by itself is over all the same', () => {
    const { sqlite } = database
    const failing = () =>
      database.transact((db) => {
        save(db)
        // As on a full disk: the statement fails and with it the transaction.
        sqlite.exec("insert or rollback into settings (key, value) values ('language', 'not json')")
      })

    expect(failing).toThrow('CHECK')
    expect(database.transact((db) => readSetting(db, 'language'))).toBeNull()
  })
})

test('a listener that has ended hears nothing more', () => {
  const heard: string[] = []
  const unlisten = database.onCommit(() => heard.push('told'))
  database.transact(save)
  unlisten()
  database.transact((db) => {
    savePerson(db, anna, { ...anna, name: 'Anna P.' }, by)
  })
  expect(heard).toEqual(['told'])
})

describe('a batch', () => {
  const name = (value: string) => {
    database.transact((db) => {
      const before = findPerson(db, annaId) ?? null
      savePerson(db, before, { ...anna, name: value }, by)
    })
  }
  const nameNow = () => findPerson(database.read, annaId)?.name

  test('keeps each step or takes it back, and commits what was kept as one', () => {
    const { batch } = database
    batch.begin()
    name('kept first')
    batch.keep()
    name('taken back')
    batch.undo()
    const between = nameNow()
    name('kept last')
    batch.keep()
    expect(announced).toEqual([])
    batch.commit()

    expect({ between, after: nameNow(), journalled: journalled(), announced: announced.length }).toEqual({
      between: 'kept first',
      after: 'kept last',
      journalled: 2,
      announced: 1,
    })
  })

  test('rolled back keeps nothing and tells nobody', () => {
    database.batch.begin()
    name('kept')
    database.batch.keep()
    database.batch.rollback()
    expect({ name: nameNow(), announced, open: database.sqlite.inTransaction }).toEqual({
      name: undefined,
      announced: [],
      open: false,
    })
  })

  test('of which the commit fails keeps nothing and tells nobody', () => {
    const { batch, sqlite } = database
    batch.begin()
    name('kept')
    sqlite.exec('pragma defer_foreign_keys = on')
    sqlite.exec(`update users set unit_id = 'nowhere' where id = '${annaId}'`)
    expect(() => {
      batch.commit()
    }).toThrow('FOREIGN KEY')
    expect({ name: nameNow(), announced, open: sqlite.inTransaction }).toEqual({
      name: undefined,
      announced: [],
      open: false,
    })
  })
})

test('the types keep readers from writing and transactions from waiting', () => {
  const asReader = (db: ReadableDb) => {
    // @ts-expect-error A reader can't write.
    save(db)
    // @ts-expect-error Not even a setting.
    writeSetting(db, 'setUp', true)
  }
  const waiting = () => {
    // @ts-expect-error Async work would leave the transaction open while other work runs.
    database.transact(async (db) => {
      await Promise.resolve()
      save(db)
    })
  }
  // They are there for the compiler.
  expect([asReader, waiting].map((work) => typeof work)).toEqual(['function', 'function'])
})

test('a database from elsewhere is refused', () => {
  expect(() => findPerson({} as ReadableDb, annaId)).toThrow('not made by databaseOf')
})
