import { afterEach, expect, test } from 'vitest'
import type { Database } from '../db/database'
import { findDead, findNew, type Incoming } from '../db/inbox'
import { writeSetting } from '../db/settings'
import { memoryLog } from '../testing/office'
import { depsOf, openTestDatabase } from '../testing/test-database'
import { addToContext, presentContext, withContext } from '../telemetry/context'
import { createAttention } from '../usecases/attention'
import { type Handled, type Processor, startProcessor } from './processor'
import { storeBatch } from './store-batch'

const BOT = 7
let skew = 0
let database: Database
let processor: Processor | undefined
let log = memoryLog()
const now = () => 1_790_000_000_000 + skew

afterEach(async () => {
  await processor?.stop()
  processor = undefined
  database.close()
})

function open(): void {
  skew = 0
  log = memoryLog()
  database = openTestDatabase(now)
}

/** Stores updates: `[number, chat]`. */
function store(updates: readonly (readonly [number, number])[]): void {
  const batch = updates.map(([id, chat]) => ({
    update_id: id,
    message: { message_id: id, chat: { id: chat } },
  }))
  storeBatch(database.transact, BOT, batch, now())
}

function start(handle: (row: Incoming) => Promise<Handled>, over: Database = database): void {
  processor = startProcessor({ database: over, now, log, handle })
}

async function until(done: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000
  while (!done()) {
    if (Date.now() > deadline) throw new Error('in vain')
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

/** Lets the processor do all that it can do now. */
async function rest(): Promise<void> {
  processor?.wake()
  for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

async function later(ms: number): Promise<void> {
  skew += ms
  await rest()
}

function states(): unknown[] {
  return database.sqlite
    .prepare('select update_id, state, attempts from inbox order by update_id')
    .raw()
    .all()
}

test('updates are handled in their order and marked', async () => {
  open()
  const seen: number[] = []
  store([
    [2, 1],
    [3, 2],
    [4, 1],
  ])
  start((row) => {
    seen.push(row.updateId)
    return Promise.resolve(row.updateId === 3 ? 'ignored' : 'done')
  })
  await until(() => findNew(database.read, 9).length === 0)

  expect([seen, states()]).toEqual([
    [2, 3, 4],
    [
      [2, 'done', 0],
      [3, 'ignored', 0],
      [4, 'done', 0],
    ],
  ])
})

test('an update that always fails is tried five times with growing pauses, then set aside; its chat waits, others do not', async () => {
  open()
  const tries: number[] = []
  const handled: number[] = []
  store([
    [1, 100],
    [2, 100],
    [3, 200],
  ])
  start((row) => {
    if (row.updateId !== 1) {
      handled.push(row.updateId)
      return Promise.resolve('done')
    }
    tries.push(skew)
    return Promise.reject(new TypeError(`what somebody wrote: ${row.payload}`))
  })
  await rest()
  const others = [...handled]
  for (const [pause, almost] of [
    [1000, 999],
    [4000, 3999],
    [16_000, 15_999],
    [60_000, 59_999],
  ] as const) {
    await later(almost)
    await later(pause - almost)
  }
  await until(() => handled.length === 2)

  expect({ tries, others, handled, states: states() }).toEqual({
    tries: [0, 1000, 5000, 21_000, 81_000],
    others: [3],
    handled: [3, 2],
    states: [
      [1, 'dead', 5],
      [2, 'done', 0],
      [3, 'done', 0],
    ],
  })
  expect(findDead(database.read).map(({ updateId, lastError }) => [updateId, lastError])).toEqual([
    [1, 'TypeError'],
  ])
})

test('within one batch, what follows a failed update of its chat waits for it', async () => {
  open()
  const order: string[] = []
  let fails = true
  store([
    [1, 100],
    [2, 100],
    [3, 200],
    [4, 100],
  ])
  start((row) => {
    if (row.updateId === 1 && fails) {
      fails = false
      return Promise.reject(new Error('once'))
    }
    order.push(`${String(row.chatId)}:${String(row.updateId)}`)
    return Promise.resolve('done')
  })
  await rest()
  await later(1000)
  await until(() => order.length === 4)

  expect(order).toEqual(['200:3', '100:1', '100:2', '100:4'])
})

test('a chat with very many waiting updates holds up nobody', async () => {
  open()
  const handled: number[] = []
  store([...Array.from({ length: 900 }, (_, index) => [index + 1, 100] as const), [2000, 200] as const])
  start((row) => {
    if (row.updateId === 1) return Promise.reject(new Error('always'))
    handled.push(row.updateId)
    return Promise.resolve('done')
  })
  await rest()

  expect(handled).toEqual([2000])
})

test('an update without a chat that fails holds up no other one', async () => {
  open()
  const handled: number[] = []
  storeBatch(database.transact, BOT, [{ update_id: 1 }, { update_id: 2 }], now())
  start((row) => {
    if (row.updateId === 1) return Promise.reject(new Error('always'))
    handled.push(row.updateId)
    return Promise.resolve('done')
  })
  await rest()

  expect(handled).toEqual([2])
})

test('what a failing handler has written is taken back, and only that', async () => {
  open()
  store([
    [1, 100],
    [2, 200],
  ])
  start((row) => {
    const name = `update ${String(row.updateId)}`
    database.transact((db) => {
      writeSetting(db, 'bot', { id: row.updateId, name, username: '' })
    })
    return row.updateId === 2 ? Promise.reject(new Error('after writing')) : Promise.resolve('done')
  })
  await rest()

  expect(database.sqlite.prepare("select value from settings where key = 'bot'").pluck().get()).toContain(
    'update 1',
  )
})

test('a handler that waits inside the transaction is caught: nothing of it is kept, its neighbours are', async () => {
  open()
  const handled: number[] = []
  store([
    [1, 100],
    [2, 200],
    [3, 300],
  ])
  start(async (row) => {
    if (row.updateId === 2) {
      database.transact((db) => {
        writeSetting(db, 'bot', { id: 2, name: 'half', username: '' })
      })
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    handled.push(row.updateId)
    return 'done'
  })
  await until(() => states().filter((row) => (row as unknown[])[1] === 'done').length === 2)
  const half = database.sqlite.prepare("select count(*) from settings where key = 'bot'").pluck().get()
  for (const pause of [1000, 4000, 16_000, 60_000]) {
    skew += pause
    processor?.wake()
    await new Promise((resolve) => setTimeout(resolve, 15))
  }

  expect(half).toBe(0)
  expect(states()).toEqual([
    [1, 'done', 0],
    [2, 'dead', 5],
    [3, 'done', 0],
  ])
  expect(findDead(database.read)[0]?.lastError).toBe('HandlerWaited')
})

test('a batch that cannot be committed is kept whole and tried again', async () => {
  open()
  const seen: number[] = []
  let broken = true
  store([
    [1, 100],
    [2, 200],
  ])
  const commit = () => {
    if (!broken) {
      database.batch.commit()
      return
    }
    broken = false
    throw new Error('disk I/O error')
  }
  start(
    (row) => {
      seen.push(row.updateId)
      return Promise.resolve('done')
    },
    { ...database, batch: { ...database.batch, commit } },
  )
  await rest()
  const after = states()
  await later(4000)

  expect([after, seen, states()]).toEqual([
    [
      [1, 'new', 0],
      [2, 'new', 0],
    ],
    [1, 2, 1, 2],
    [
      [1, 'done', 0],
      [2, 'done', 0],
    ],
  ])
})

test.each(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_BUSY'])(
  'trouble with the disk (%s) is no fault of a message: it is tried until it goes well',
  async (code) => {
    open()
    let calls = 0
    store([[1, 100]])
    start(() => {
      calls += 1
      return calls <= 8 ? Promise.reject(Object.assign(new Error('disk'), { code })) : Promise.resolve('done')
    })
    await rest()
    for (let round = 0; round < 8; round += 1) await later(4000)

    expect([calls, states()]).toEqual([9, [[1, 'done', 0]]])
  },
)

test('a database that cannot even be asked does not end the processor', async () => {
  open()
  let broken = true
  store([[1, 100]])
  const begin = () => {
    if (broken) throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
    database.batch.begin()
  }
  start(() => Promise.resolve('done'), { ...database, batch: { ...database.batch, begin } })
  await rest()
  broken = false
  await later(4000)

  expect(states()).toEqual([[1, 'done', 0]])
})

test('stopping waits for the present batch and takes no further one', async () => {
  open()
  const seen: number[] = []
  store(Array.from({ length: 250 }, (_, index) => [index + 1, index + 1] as const))
  start((row) => {
    seen.push(row.updateId)
    return Promise.resolve('done')
  })
  await until(() => seen.length > 0)
  await processor?.stop()
  const { length } = seen
  processor?.wake()
  await new Promise((resolve) => setTimeout(resolve, 20))

  expect([seen.length - length, states().filter((row) => (row as unknown[])[1] === 'done').length]).toEqual([
    0,
    length,
  ])
})

test('what was set aside is handled again, or dismissed, when somebody says so', async () => {
  open()
  const attention = createAttention(depsOf(database, now))
  let fails = true
  store([
    [1, 100],
    [2, 200],
  ])
  start(() => (fails ? Promise.reject(new Error('bad day')) : Promise.resolve('done')))
  await rest()
  for (const pause of [1000, 4000, 16_000, 60_000]) await later(pause)
  const dead = findDead(database.read).length
  fails = false
  attention.retryUpdate({ botId: BOT, epoch: 0, updateId: 1 })
  attention.dismissUpdate({ botId: BOT, epoch: 0, updateId: 2 })
  await rest()

  expect([dead, states(), findDead(database.read)]).toEqual([
    2,
    [
      [1, 'done', 0],
      [2, 'ignored', 0],
    ],
    [],
  ])
  expect(() => attention.retryUpdate({ botId: BOT, epoch: 0, updateId: 1 })).toThrow('not-found')
})

test('an update is handled in a context of its own whoever woke the processor, and its line comes after the commit', async () => {
  open()
  const seen: unknown[] = []
  const lines: unknown[] = []
  log = {
    ...log,
    info: ({ kind, state }, message) => {
      lines.push([message, kind, state, presentContext(), states()])
    },
  }
  start(() => {
    seen.push({ ...presentContext() })
    addToContext({ requestNumber: '142' })
    return Promise.resolve('done')
  })
  await rest()
  store([[2, 1]])
  withContext({ call: 'attention.retryUpdate' }, () => {
    processor?.wake()
  })
  await rest()
  expect([seen, lines]).toEqual([
    [{ updateId: 2 }],
    [['An update was handled', 'message', 'done', { updateId: 2, requestNumber: '142' }, [[2, 'done', 0]]]],
  ])
})

test('what the processor says of itself is about nobody who woke it', async () => {
  open()
  const seen: unknown[] = []
  log = { ...log, error: (_fields, message) => seen.push([message, presentContext()]) }
  store([[2, 1]])
  const begin = () => {
    throw new Error('no')
  }
  withContext({ call: 'attention.retryUpdate' }, () => {
    start(() => Promise.resolve('done'), { ...database, batch: { ...database.batch, begin } })
  })
  await rest()
  expect(seen).toEqual([['The inbox could not be read', undefined]])
})
