import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PersonId, RequestId } from '../../shared/model/ids'
import { BoardStatus, Status } from '../../shared/model/vocabulary'
import { isEnded, placed, type Request } from '../domain/request'
import { sampleRequest, uuid } from '../testing/sample-request'
import { openTestDatabase } from '../testing/test-database'
import { newPerson } from '../usecases/people'
import type { Database } from './database'
import { savePerson } from './people'
import {
  countByStatus,
  findArchived,
  findCards,
  findColumn,
  findJobsOf,
  findOpenOf,
  findRequest,
  nextSequence,
  saveRequest,
} from './requests'

const anna = PersonId.parse(uuid(101))
const marek = PersonId.parse(uuid(201))
const by = { actor: null, at: 0 }
const idOf = (number: number) => RequestId.parse(uuid(number))

let database: Database
beforeEach(() => {
  database = openTestDatabase(() => 0)
  database.transact((db) => {
    savePerson(db, null, newPerson(anna, 'Anna', 0), by)
    savePerson(db, null, newPerson(marek, 'Marek', 0, { role: 'technician' }), by)
  })
})
afterEach(() => {
  database.close()
})

const request = (number: number, given: Partial<Request> = {}): Request => {
  const made = { ...sampleRequest({ id: idOf(number), sequence: number }), ...given }
  return placed({ ...made, endedAt: isEnded(made.status) ? (made.endedAt ?? number) : null })
}
const save = (after: Request, before: Request | null = null) => {
  database.transact((db) => {
    saveRequest(db, before, after, by)
  })
}

test('a request comes back as it was written', () => {
  const written = request(1, {
    status: 'ASSIGNED',
    assignedTo: marek,
    takenAt: 5,
    photoCount: 2,
    thumbnail: 'abc',
  })
  save(written)
  const changed = { ...written, title: 'Leak', version: 2 }
  save(changed, written)
  expect([findRequest(database.read, idOf(1)), findRequest(database.read, idOf(2))]).toEqual([
    changed,
    undefined,
  ])
})

describe('numbers', () => {
  test('rise by one', () => {
    expect(database.transact((db) => [nextSequence(db), nextSequence(db)])).toEqual([1, 2])
  })

  test('are never given twice, whatever was rolled back meanwhile', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('keep', 'throw', 'undo')), (steps) => {
        const kept: number[] = []
        for (const step of steps) {
          if (step === 'undo') {
            const { batch } = database
            batch.begin()
            database.transact(nextSequence)
            batch.undo()
            kept.push(database.transact(nextSequence))
            batch.keep()
            batch.commit()
          } else if (step === 'keep') kept.push(database.transact(nextSequence))
          else {
            const failing = () =>
              database.transact((db) => {
                nextSequence(db)
                throw new Error('no')
              })
            expect(failing).toThrow('no')
          }
        }
        expect(new Set(kept).size).toBe(kept.length)
        expect(kept).toEqual(kept.toSorted((a, b) => a - b))
      }),
    )
  })

  test('can’t be written twice even by mistake', () => {
    save(request(1))
    expect(() => {
      save({ ...request(2), sequence: 1 })
    }).toThrow('UNIQUE')
  })
})

test('the counters say what a count would say, after anything', () => {
  const step = fc.record({
    number: fc.integer({ min: 1, max: 12 }),
    status: fc.constantFrom(...Status.options),
    kept: fc.boolean(),
    deleted: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      for (const { number, status, kept, deleted } of steps) {
        const before = findRequest(database.read, idOf(number)) ?? null
        try {
          database.transact((db) => {
            if (deleted) database.sqlite.prepare('delete from requests where id = ?').run(idOf(number))
            else
              saveRequest(
                db,
                before,
                { ...request(number, { status }), version: (before?.version ?? 0) + 1 },
                by,
              )
            if (!kept) throw new Error('rolled back')
          })
        } catch (error) {
          expect(error).toMatchObject({ message: 'rolled back' })
        }
      }
      const counted = database.sqlite
        .prepare<[], { status: Status; count: number }>(
          'select status, count(*) as count from requests group by status',
        )
        .all()
      const counts = Object.fromEntries(Status.options.map((status) => [status, 0]))
      for (const { status, count } of counted) counts[status] = count
      expect(Object.fromEntries(countByStatus(database.read))).toEqual(counts)
    }),
    { numRuns: 50 },
  )
})

describe('a column', () => {
  test('stands in its order, page after page, with nothing twice and nothing left out', () => {
    const all = Array.from({ length: 23 }, (_, index) =>
      // Some fall due at the same time, as after a burst of messages.
      request(index + 1, { responseDueAt: 1_000 * (index % 5), firstRespondedAt: null }),
    )
    for (const one of all) save(one)
    const seen: { id: string; boardOrder: number }[] = []
    for (;;) {
      const page = findColumn(database.read, 'OPEN', seen.at(-1) === undefined ? null : cursorOf(seen), 5)
      if (page.length === 0) break
      seen.push(...page)
    }
    const expected = all.toSorted((a, b) => a.boardOrder - b.boardOrder || (a.id < b.id ? -1 : 1))
    expect(seen.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
  })

  test.each(BoardStatus.options)('%s holds its own requests only', (status) => {
    Status.options.forEach((other, index) => {
      save(request(index + 1, { status: other, assignedTo: other === 'OPEN' ? null : marek }))
    })
    expect(findColumn(database.read, status, null, 50).map((row) => [row.status, row.assigneeName])).toEqual([
      [status, status === 'OPEN' ? null : 'Marek'],
    ])
  })
})

const cursorOf = (seen: readonly { id: string; boardOrder: number }[]) => {
  const last = seen.at(-1)
  return { boardOrder: last?.boardOrder ?? 0, id: RequestId.parse(last?.id) }
}

test('changed cards are found however many there are, and those that are gone are left out', () => {
  for (let number = 1; number <= 120; number += 1) save(request(number))
  const ids = Array.from({ length: 125 }, (_, index) => idOf(index + 1))
  const found = findCards(database.read, ids).map(({ id }) => id)
  expect([found.toSorted(), findCards(database.read, [])]).toEqual([ids.slice(0, 120), []])
})

describe('the archive', () => {
  test('comes newest first, page after page, and neither loses nor repeats a row while more come in', () => {
    const ended = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 40 })
    fc.assert(
      fc.property(ended, ended, fc.integer({ min: 1, max: 7 }), (first, later, size) => {
        database.sqlite.exec('delete from requests')
        let number = 0
        const add = (endedAt: number) => {
          number += 1
          save(request(number, { status: 'CLOSED', endedAt }))
          return { endedAt, id: idOf(number) }
        }
        const there = first.map(add)
        const coming = [...later]
        const seen: { endedAt: number | null; id: RequestId }[] = []
        for (;;) {
          const last = seen.at(-1)
          const page = findArchived(
            database.read,
            last === undefined ? null : { endedAt: last.endedAt ?? 0, id: last.id },
            size,
          )
          if (page.length === 0) break
          seen.push(...page)
          // Between two pages somebody closes another one, perhaps with a clock that is behind.
          const more = coming.pop()
          if (more !== undefined) add(more)
        }
        const ids = seen.map(({ id }) => id)
        const keys = seen.map(({ endedAt, id }) => `${String(endedAt).padStart(4, '0')}${id}`)
        expect({
          twice: ids.length - new Set(ids).size,
          lost: there.filter(({ id }) => !ids.includes(id)),
          order: keys,
        }).toEqual({ twice: 0, lost: [], order: keys.toSorted().toReversed() })
      }),
      { numRuns: 40 },
    )
  })

  test('holds what is over and nothing else', () => {
    Status.options.forEach((status, index) => {
      save(request(index + 1, { status, assignedTo: status === 'CLOSED' ? marek : null }))
    })
    expect(
      findArchived(database.read, null, 50).map(({ status, assigneeName }) => [status, assigneeName]),
    ).toEqual([
      ['CANCELLED', null],
      ['DECLINED', null],
      ['DUPLICATE', null],
      ['CLOSED', 'Marek'],
    ])
  })
})

test('a resident’s list has the newest of their own that are not over', () => {
  save(request(1, { createdAt: 1 }))
  save(request(2, { createdAt: 2 }))
  save(request(3, { createdAt: 3, status: 'CLOSED' }))
  save(request(4, { createdAt: 4, userId: marek }))
  save(request(5, { createdAt: 5, status: 'RESOLVED' }))
  expect(
    [findOpenOf(database.read, anna, 10), findOpenOf(database.read, anna, 1)].map((list) =>
      list.map(({ sequence }) => sequence),
    ),
  ).toEqual([[5, 2, 1], [5]])
})

test('a technician’s list has the jobs on hand', () => {
  Status.options.forEach((status, index) => {
    save(request(index + 1, { status, assignedTo: status === 'OPEN' ? null : marek }))
  })
  expect(
    findJobsOf(database.read, marek, 10)
      .map(({ status }) => status)
      .toSorted(),
  ).toEqual(['ASSIGNED', 'IN_PROGRESS', 'ON_HOLD'])
})

test.each([
  { name: 'a status that is none', change: { status: 'LOST' } },
  { name: 'an end without being over', change: { endedAt: 5 } },
  { name: 'a reporter who is not there', change: { userId: uuid(999) } },
])('the database itself refuses $name', ({ change }) => {
  expect(() => {
    save({ ...request(1), ...change } as Request)
  }).toThrow(/CHECK|FOREIGN KEY/u)
})
