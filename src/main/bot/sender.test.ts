import { GrammyError, HttpError } from 'grammy'
import { afterEach, expect, test, vi } from 'vitest'
import type { Database } from '../db/database'
import { presentContext, withContext } from '../telemetry/context'
import { memoryLog } from '../testing/office'
import { openTestDatabase } from '../testing/test-database'
import { acknowledge, drawCard, say } from '../usecases/telling'
import type { Call } from './render/call'
import { type Sender, startSender } from './sender'

let skew = 0
let database: Database
let sender: Sender | undefined
let log = memoryLog()
let calls: Call[] = []
let refused = 0
let blocked: number[] = []
const now = () => 1_790_000_000_000 + skew
const cause = (name: string) => ({ name, at: now() })

afterEach(async () => {
  await sender?.stop(0)
  sender = undefined
  database.close()
})

function open(): void {
  skew = 0
  log = memoryLog()
  calls = []
  refused = 0
  blocked = []
  database = openTestDatabase(now)
}

/** Puts short texts into the outbox: `[chat, name]`; the texts are keys of the catalogue. */
function queue(rows: readonly (readonly [number, string])[]): void {
  database.transact((db) => {
    for (const [chatId, name] of rows) say(db, chatId, 'welcome', cause(name))
  })
}

type Reply = (call: Call, index: number) => Promise<readonly number[]>

function start(
  reply: Reply = (_call, index) => Promise.resolve([index + 1]),
  over: Database = database,
  clock: () => number = now,
): void {
  let code = 0
  sender = startSender({
    database: over,
    now: clock,
    newCode: () => {
      code += 1
      return `token${String(code)}`
    },
    log,
    perform: (call) => {
      calls.push(call)
      return reply(call, calls.length - 1)
    },
    onBlocked: (chatId) => blocked.push(chatId),
    onTokenRefused: () => {
      refused += 1
    },
  })
}

async function turns(count = 8): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

async function later(ms: number): Promise<void> {
  skew += ms
  sender?.wake()
  await turns()
}

function rows(): unknown[] {
  return database.sqlite.prepare('select dedupe_key, state, attempts from outbox order by id').raw().all()
}

function chats(): unknown[] {
  return calls.map((call) => ('chatId' in call ? call.chatId : null))
}

function answer(code: number, description: string, retryAfter?: number): GrammyError {
  const parameters = retryAfter === undefined ? {} : { retry_after: retryAfter }
  return new GrammyError(
    'failed',
    { ok: false, error_code: code, description, parameters },
    'sendMessage',
    {},
  )
}

function network(code: string): HttpError {
  return new HttpError('failed', Object.assign(new Error('socket'), { code }))
}

test('each chat has one call on its way, in order; the chats are served side by side', async () => {
  open()
  const sent: string[] = []
  const onWay = new Set<number>()
  let most = 0
  queue(
    [1, 2, 3].flatMap((name) =>
      [10, 20, 30].map((chat) => [chat, `${String(chat)}-${String(name)}`] as const),
    ),
  )
  start(async (call) => {
    const chatId = 'chatId' in call ? call.chatId : 0
    expect(onWay.has(chatId)).toBe(false)
    onWay.add(chatId)
    most = Math.max(most, onWay.size)
    await new Promise((resolve) => setTimeout(resolve, chatId / 5))
    onWay.delete(chatId)
    sent.push(String(chatId))
    return [1]
  })
  await new Promise((resolve) => setTimeout(resolve, 80))

  expect([most, sent.length, calls.length]).toEqual([3, 9, 9])
  expect(database.sqlite.prepare("select count(*) from outbox where state = 'sent'").pluck().get()).toBe(9)
})

test('too many calls to one chat pause that chat only, for as long as Telegram asks', async () => {
  open()
  queue([
    [10, 'a1'],
    [20, 'b1'],
    [10, 'a2'],
    [20, 'b2'],
  ])
  let floods = 1
  start((call) => {
    if ('chatId' in call && call.chatId === 10 && floods > 0) {
      floods -= 1
      return Promise.reject(answer(429, 'Too Many Requests', 30))
    }
    return Promise.resolve([1])
  })
  await turns()
  await later(29_999)
  const before = chats()
  await later(1)

  expect([before, chats()]).toEqual([
    [10, 20, 20],
    [10, 20, 20, 10, 10],
  ])
  expect(rows().map((row) => (row as unknown[])[1])).toEqual(['sent', 'sent', 'sent', 'sent'])
})

test('nothing overtakes a message that must be sent again, not even after a restart', async () => {
  open()
  const order: string[] = []
  let down = true
  const reply: Reply = () => {
    if (down) return Promise.reject(network('ECONNREFUSED'))
    return Promise.resolve([1])
  }
  queue([
    [10, 'first'],
    [10, 'second'],
  ])
  start(reply)
  await turns()
  queue([[10, 'third']])
  await later(1)
  await sender?.stop(0)
  const { length } = calls
  start(reply)
  await turns()
  const idle = calls.length - length
  down = false
  await later(60_000)
  for (const row of database.sqlite
    .prepare('select dedupe_key from outbox order by settled_at, id')
    .pluck()
    .all())
    order.push(String(row).split(':').at(-1) ?? '')

  expect({ length, idle, order, rows: rows().map((row) => (row as unknown[]).slice(1)) }).toEqual({
    length: 1,
    idle: 0,
    order: ['first', 'second', 'third'],
    rows: [
      ['sent', 2],
      ['sent', 1],
      ['sent', 1],
    ],
  })
})

test('what failed because nobody was there goes out at once when Telegram is reached again', async () => {
  open()
  let down = true
  queue([
    [10, 'a'],
    [20, 'b'],
  ])
  start((call) => {
    if ('chatId' in call && call.chatId === 20 && down)
      return Promise.reject(answer(429, 'Too Many Requests', 500))
    return down ? Promise.reject(network('ENOTFOUND')) : Promise.resolve([1])
  })
  await turns()
  for (let round = 0; round < 5; round += 1) await later(100_000)
  down = false
  const { length } = calls
  sender?.retryNow()
  await turns()

  // What Telegram has asked to wait for still waits.
  expect(calls.slice(length).map((call) => 'chatId' in call && call.chatId)).toEqual([10])
})

test('a lost answer: a message is not sent twice, a receipt is, and a card twice at most', async () => {
  open()
  database.transact((db) => {
    say(db, 10, 'welcome', cause('message'))
    acknowledge(db, 20, 5, cause('receipt'))
    drawCard(db, { id: 'list:30', kind: 'list', chatId: 30, request: null, cause: cause('card') })
  })
  database.sqlite.exec(
    `insert into users (id, telegram_id, role, is_active, created_at, name, named_by_desk, language)
     values ('018f0000-0000-7000-8000-000000000030', 30, 'user', 1, 0, 'Anna', 0, 'en')`,
  )
  start(() => Promise.reject(network('ECONNRESET')))
  await turns()
  for (let round = 0; round < 4; round += 1) await later(600_000)

  expect(rows()).toEqual([
    ['say:welcome:message', 'unknown', 1],
    ['seen:receipt', 'pending', 5],
    ['card:card:list:30', 'unknown', 2],
  ])
})

test('a card of which nobody knows whether it came is not repeated with every change after that', async () => {
  open()
  const draw = (name: string) => {
    database.transact((db) => {
      drawCard(db, { id: 'list:30', kind: 'list', chatId: 30, request: null, cause: cause(name) })
    })
  }
  database.sqlite.exec(
    `insert into users (id, telegram_id, role, is_active, created_at, name, named_by_desk, language)
     values ('018f0000-0000-7000-8000-000000000030', 30, 'user', 1, 0, 'Anna', 0, 'en')`,
  )
  draw('first')
  start(() => Promise.reject(network('ECONNRESET')))
  await turns()
  for (let round = 0; round < 3; round += 1) await later(600_000)
  draw('second')
  for (let round = 0; round < 3; round += 1) await later(600_000)

  expect(rows()).toEqual([
    ['card:first:list:30', 'unknown', 2],
    ['card:second:list:30', 'unknown', 1],
  ])
})

test('an answer of nobody knows whom leaves a message unknown; one of Telegram’s own trouble sends it again', async () => {
  open()
  queue([
    [10, 'gateway'],
    [20, 'trouble'],
    [30, 'odd'],
  ])
  const replies = new Map<number, Error>([
    [10, new HttpError('failed', new SyntaxError('Unexpected token <'))],
    [20, answer(500, 'Internal Server Error')],
    [30, new TypeError('Telegram answered without a message id')],
  ])
  start((call) => {
    const reply = replies.get('chatId' in call ? call.chatId : 0) ?? new Error('nobody')
    return calls.length > 3 ? Promise.resolve([1]) : Promise.reject(reply)
  })
  await turns()
  await later(2000)

  expect(rows().map((row) => (row as unknown[])[1])).toEqual(['unknown', 'sent', 'unknown'])
})

test('somebody who has blocked the bot is reported, and the message is not tried again', async () => {
  open()
  queue([
    [10, 'a'],
    [20, 'b'],
    [30, 'c'],
    [40, 'd'],
  ])
  const words = new Map([
    [10, answer(403, 'Forbidden: bot was blocked by the user')],
    [20, answer(400, 'Bad Request: chat not found')],
    [30, answer(403, 'Forbidden: user is deactivated')],
    [40, answer(400, 'Bad Request: something else')],
  ])
  start((call) => Promise.reject(words.get('chatId' in call ? call.chatId : 0) ?? new Error('?')))
  await turns()
  await later(600_000)

  expect([blocked, calls.length, rows().map((row) => (row as unknown[])[1])]).toEqual([
    [10, 20, 30],
    4,
    ['blocked', 'blocked', 'blocked', 'failed'],
  ])
})

test('a card whose message is gone is sent anew, once, and then given up', async () => {
  open()
  database.sqlite.exec(
    `insert into users (id, telegram_id, role, is_active, created_at, name, named_by_desk, language)
     values ('018f0000-0000-7000-8000-000000000030', 30, 'user', 1, 0, 'Anna', 0, 'en')`,
  )
  const draw = (name: string) => {
    database.transact((db) => {
      drawCard(db, { id: 'list:30', kind: 'list', chatId: 30, request: null, cause: cause(name) })
    })
  }
  const gone = answer(400, 'Bad Request: message to edit not found')
  let always = false
  draw('first')
  start((call) => (call.do === 'edit' || always ? Promise.reject(gone) : Promise.resolve([calls.length])))
  await turns()
  draw('second')
  await later(1)
  const once = calls.map((call) => call.do)
  always = true
  draw('third')
  await later(1)
  await turns(20)

  expect([once, calls.slice(once.length).map((call) => call.do)]).toEqual([
    ['send', 'edit', 'send'],
    ['edit', 'send', 'send'],
  ])
  expect(rows().map((row) => (row as unknown[])[1])).toEqual(['sent', 'sent', 'failed'])
})

test('a receipt or an answer to a press that cannot arrive troubles nobody', async () => {
  open()
  database.transact((db) => {
    acknowledge(db, 10, 5, cause('x'))
  })
  start(() => Promise.reject(answer(400, 'Bad Request: message to react not found')))
  await turns()

  expect(rows()).toEqual([['seen:x', 'cancelled', 1]])
})

test('a token that a send finds refused stops the sender and is told; nothing is lost', async () => {
  open()
  queue([
    [10, 'a'],
    [20, 'b'],
  ])
  start(() => Promise.reject(answer(401, 'Unauthorized')))
  await turns()
  queue([[30, 'c']])
  await later(600_000)

  expect([refused, calls.length, rows().map((row) => (row as unknown[])[1])]).toEqual([
    1,
    2,
    ['pending', 'pending', 'pending'],
  ])
})

test('what was on its way when the program ended is settled by its policy', async () => {
  open()
  database.transact((db) => {
    say(db, 10, 'welcome', cause('message'))
    acknowledge(db, 20, 5, cause('receipt'))
    drawCard(db, { id: 'list:30', kind: 'list', chatId: 30, request: null, cause: cause('card') })
  })
  database.sqlite.exec("update outbox set state = 'sending', attempts = 1")
  start()
  await turns()
  const before = rows()
  await later(60_000)

  expect([before, rows().map((row) => (row as unknown[])[1])]).toEqual([
    [
      ['say:welcome:message', 'unknown', 1],
      ['seen:receipt', 'pending', 1],
      ['card:card:list:30', 'pending', 1],
    ],
    // Nobody of that chat is known, so the list has nobody to be for.
    ['unknown', 'sent', 'cancelled'],
  ])
})

test('a thousand messages for one chat hold up nobody', async () => {
  open()
  queue([
    ...Array.from({ length: 1000 }, (_, index) => [10, `flood ${String(index)}`] as const),
    [20, 'one'],
    [30, 'two'],
  ])
  start((call) => ('chatId' in call && call.chatId === 10 ? new Promise(() => {}) : Promise.resolve([1])))
  await turns()

  expect(chats()).toEqual([10, 20, 30])
})

/** Longer than any busy computer takes, in ms. */
const LONGEST_MS = 5000

test('a call that hangs holds up nothing that becomes due meanwhile', async () => {
  open()
  queue([[10, 'hangs']])
  database.transact((db) => {
    say(db, 20, 'welcome', { name: 'soon', at: now() + 40 })
  })
  start((call) => ('chatId' in call && call.chatId === 10 ? new Promise(() => {}) : Promise.resolve([1])))
  await turns()
  skew += 40

  await vi.waitFor(() => {
    expect(chats()).toEqual([10, 20])
  }, LONGEST_MS)
})

test('a row that cannot be written is set aside and the next one goes out', async () => {
  open()
  queue([
    [10, 'broken'],
    [10, 'fine'],
  ])
  database.sqlite.exec("update outbox set payload = '{}' where id = 1")
  start()
  await turns()

  expect([calls.length, rows().map((row) => (row as unknown[])[1])]).toEqual([1, ['failed', 'sent']])
})

test('a full disk neither loses a message nor sends it twice', async () => {
  open()
  queue([[10, 'a']])
  let failures = 0
  const transact: Database['transact'] = (work) => {
    // The second write notes what became of the call.
    if (calls.length === 1 && failures < 1) {
      failures += 1
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
    }
    return database.transact(work)
  }
  start(undefined, { ...database, transact })
  await new Promise((resolve) => setTimeout(resolve, 1100))

  expect([calls.length, failures, rows().map((row) => (row as unknown[])[1])]).toEqual([1, 1, ['sent']])
})

test('stopping waits for the calls on their way and takes no further rows', async () => {
  open()
  let finish = () => {}
  queue([
    [10, 'a'],
    [10, 'b'],
  ])
  start(
    () =>
      new Promise((resolve) => {
        finish = () => {
          resolve([1])
        }
      }),
  )
  await turns()
  const stopped = sender?.stop(5000)
  await turns()
  finish()
  await stopped

  expect([calls.length, rows().map((row) => (row as unknown[])[1])]).toEqual([1, ['sent', 'pending']])
})

test('stopping gives up waiting after its time', async () => {
  open()
  queue([[10, 'a']])
  start(() => new Promise(() => {}))
  await turns()
  const began = Date.now()
  await sender?.stop(30)

  expect([Date.now() - began < 1000, rows()]).toEqual([true, [['say:welcome:a', 'sending', 1]]])
})

test('old news is not sent any more', async () => {
  open()
  queue([[10, 'old']])
  let down = true
  start(() => (down ? Promise.reject(network('ENOTFOUND')) : Promise.resolve([1])))
  await turns()
  await later(25 * 3_600_000)
  down = false
  await later(600_000)

  expect(rows()).toEqual([['say:welcome:old', 'failed', 2]])
})

test('a message that becomes due between two looks at the clock is not overlooked', async () => {
  open()
  database.transact((db) => {
    say(db, 501, 'welcome', { name: 'soon', at: now() + 1 })
  })
  // Every look at this clock is a millisecond later than the one before.
  start(undefined, database, () => {
    skew += 1
    return now() - 1
  })
  await new Promise((resolve) => setTimeout(resolve, 60))

  expect(chats()).toEqual([501])
})

test('a call is made in the context of its row whoever woke the sender, and what became of it is logged', async () => {
  open()
  const seen: unknown[] = []
  start((_call, index) => {
    seen.push(presentContext())
    return index === 0 ? Promise.resolve([1]) : Promise.reject(new Error('no way'))
  })
  await turns()
  withContext({ call: 'requests.assign' }, () => {
    queue([
      [1, 'a'],
      [2, 'b'],
    ])
    sender?.wake()
  })
  await turns()
  expect([seen, log.lines]).toEqual([
    [{ outboxId: 1 }, { outboxId: 2 }],
    [
      {
        level: 'debug',
        message: 'A message was sent',
        fields: { scope: 'sender', outboxId: 1, kind: 'say', method: 'message', state: 'sent' },
      },
      {
        level: 'info',
        message: 'A message was not sent',
        fields: { scope: 'sender', outboxId: 2, kind: 'say', method: 'message', state: 'network' },
      },
    ],
  ])
})
