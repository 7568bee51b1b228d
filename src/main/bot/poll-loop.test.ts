import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import type { Fault } from '../practice/simulator/faults'
import { listening, messageUpdate } from './listening-fixture'
import type { PollState } from './poll-loop'

const HOUR = 3_600_000

function kinds(states: readonly PollState[]): string[] {
  return states.map((state) => (state.kind === 'offline' ? `offline ${state.reason}` : state.kind))
}

const conflict: Fault = {
  kind: 'status',
  status: 409,
  body: { ok: false, error_code: 409, description: 'Conflict: terminated by other getUpdates request' },
}

test('each batch is stored before the next call confirms it', async () => {
  const talk = await listening()
  talk.simulator.pushUpdate(messageUpdate(10, 'a'))
  talk.simulator.pushUpdate(messageUpdate(11, 'b'))
  talk.begin()
  await talk.until(() => talk.simulator.confirmedUpdateIds().length === 2)

  expect({ stored: talk.stored(), offset: talk.offset(), states: kinds(talk.states) }).toEqual({
    stored: [
      [0, 10, 'a'],
      [0, 11, 'b'],
    ],
    offset: 12,
    states: ['receiving'],
  })
  const [first, second] = talk.simulator.ledger
  expect([first?.params, second?.params]).toMatchObject([
    {
      limit: 100,
      timeout: 0,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    },
    { limit: 100, timeout: 30, offset: 12 },
  ])
})

test('no call is made before the pause that Telegram asks for is over', async () => {
  const talk = await listening()
  let goOn = () => {}
  talk.simulator.faults.once('getUpdates', { kind: 'retryAfter', seconds: 7 })
  talk.begin({
    pause: (ms) => {
      talk.pauses.push(ms)
      return new Promise((resolve) => {
        goOn = resolve
      })
    },
  })
  await talk.until(() => talk.pauses.length === 1)
  await new Promise((resolve) => setTimeout(resolve, 60))
  const during = talk.calls()
  goOn()
  await talk.until(() => talk.states.length === 1)

  expect([talk.pauses, during, kinds(talk.states)]).toEqual([[7000], 1, ['receiving']])
})

test('a refused token ends the calls', async () => {
  const talk = await listening()
  talk.begin()
  await talk.until(() => talk.states.length === 1)
  await talk.stop()
  talk.simulator.revokeToken()
  talk.begin()
  await talk.until(() => talk.states.length === 2)
  const calls = talk.calls()
  await new Promise((resolve) => setTimeout(resolve, 60))

  expect([kinds(talk.states), talk.pauses, talk.calls() - calls]).toEqual([
    ['receiving', 'token-refused'],
    [],
    0,
  ])
})

test('one conflict is the echo of an own poll and is not shown', async () => {
  const talk = await listening()
  talk.simulator.faults.once('getUpdates', conflict)
  talk.begin()
  await talk.until(() => talk.states.length === 1)

  expect([kinds(talk.states), talk.pauses]).toEqual([['receiving'], [5000]])
})

test('a conflict that stays is shown and probed for ever, and ends by itself', async () => {
  const talk = await listening()
  talk.simulator.faults.always('getUpdates', conflict)
  talk.begin()
  await talk.until(() => talk.pauses.length >= 8)
  talk.simulator.faults.clear()
  await talk.until(() => talk.states.length === 2)

  expect([kinds(talk.states), talk.pauses.slice(0, 8)]).toEqual([
    ['conflict', 'receiving'],
    [5000, 10_000, 20_000, 30_000, 60_000, 60_000, 60_000, 60_000],
  ])
})

test('a webhook in the way is shown, and receiving goes on once it is gone', async () => {
  const talk = await listening()
  talk.simulator.setWebhook('https://example.com/hook')
  talk.begin()
  await talk.until(() => talk.pauses.length >= 2)
  talk.simulator.setWebhook('')
  await talk.until(() => talk.states.length === 2)

  expect([kinds(talk.states), talk.pauses[0]]).toEqual([['webhook', 'receiving'], 60_000])
})

const body = (text: string): Fault => ({ kind: 'malformed', body: text })
const troubles: [string, Fault, 'network' | 'telegram'][] = [
  ['status 500', { kind: 'status', status: 500 }, 'telegram'],
  ['a gateway page', { kind: 'status', status: 502, body: '<html>Bad Gateway</html>' }, 'telegram'],
  ['a page with status 200', body('<!doctype html><title>Log in</title>'), 'telegram'],
  ['no result', body('{"ok":true}'), 'telegram'],
  ['result null', body('{"ok":true,"result":null}'), 'telegram'],
  ['result an object', body('{"ok":true,"result":{"update_id":1}}'), 'telegram'],
  [
    'nothing that is an update',
    body('{"ok":true,"result":[1,null,"x",[],{"update_id":"7"},{"update_id":1.5}]}'),
    'telegram',
  ],
  ['far too many', body(`{"ok":true,"result":[${'0,'.repeat(1000)}0]}`), 'telegram'],
  ['JSON null', body('null'), 'network'],
  ['a number', body('42'), 'telegram'],
  ['an empty body', body(''), 'telegram'],
  ['an error without anything', body('{"ok":false}'), 'telegram'],
  [
    'an error of wrong types',
    body('{"ok":false,"error_code":"x","description":5,"parameters":7}'),
    'telegram',
  ],
  ['a bad request of wrong types', body('{"ok":false,"error_code":400,"description":{}}'), 'telegram'],
  ['a broken connection', { kind: 'dropBefore' }, 'network'],
  ['a lost answer', { kind: 'dropAfter' }, 'network'],
]

test.each(troubles)(
  '%s makes it offline at a bounded rate, and then it goes on',
  async (_name, fault, reason) => {
    const talk = await listening()
    talk.simulator.faults.always('getUpdates', fault)
    talk.begin()
    await talk.until(() => talk.pauses.length >= 7)
    const { length } = talk.pauses
    const calls = talk.calls()
    talk.simulator.pushUpdate(messageUpdate(3, 'still here'))
    talk.simulator.faults.clear()
    await talk.until(() => talk.states.length === 2)

    expect(kinds(talk.states)).toEqual([`offline ${reason}`, 'receiving'])
    expect(calls).toBeLessThanOrEqual(length + 1)
    // Each pause is a second at least, and they grow.
    expect(Math.min(...talk.pauses)).toBeGreaterThanOrEqual(1000)
    expect(talk.pauses[6]).toBeGreaterThanOrEqual(30_000)
    expect(Math.max(...talk.pauses)).toBeLessThanOrEqual(60_000)
    expect(talk.stored()).toEqual([[0, 3, 'still here']])
  },
)

test.each([
  ['-5', 1000],
  ['0', 1000],
  ['1e12', 24 * HOUR],
])(
  'a pause of %s seconds that Telegram would never ask for becomes one that can be kept',
  async (seconds, ms) => {
    const talk = await listening()
    talk.simulator.faults.once(
      'getUpdates',
      body(`{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":${seconds}}}`),
    )
    talk.begin()
    await talk.until(() => talk.pauses.length === 1)

    expect(talk.pauses).toEqual([ms])
  },
)

test('a pause that is not even a number is five seconds, and a long one is shown', async () => {
  const talk = await listening()
  talk.simulator.faults.once(
    'getUpdates',
    body('{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":"soon"}}'),
  )
  talk.simulator.faults.once('getUpdates', { kind: 'retryAfter', seconds: 90 })
  talk.begin()
  await talk.until(() => talk.states.length === 2)

  expect([talk.pauses, kinds(talk.states)]).toEqual([
    [5000, 90_000],
    ['offline telegram', 'receiving'],
  ])
})

test('answers without news that come too soon are not asked for without end', async () => {
  const talk = await listening()
  talk.simulator.faults.always('getUpdates', body('{"ok":true,"result":[]}'))
  talk.begin()
  await talk.until(() => talk.pauses.length >= 5)
  const calls = talk.calls()

  expect(talk.pauses.slice(0, 5)).toEqual([1000, 1000, 1000, 1000, 1000])
  expect(calls).toBeLessThanOrEqual(talk.pauses.length + 2)
})

test('a page of the network itself is told from Telegram’s trouble', async () => {
  const portal = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<title>Log in</title>')
  })
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve))
  const { port } = portal.address() as AddressInfo
  const talk = await listening({ apiRoot: `http://127.0.0.1:${String(port)}` })
  talk.begin()
  await talk.until(() => talk.states.length === 1)
  await talk.stop()
  portal.close()

  expect(kinds(talk.states)).toEqual(['offline login-page'])
})

test('nobody there is the network’s trouble', async () => {
  const talk = await listening({ apiRoot: 'http://127.0.0.1:9' })
  talk.begin()
  await talk.until(() => talk.states.length === 1)

  expect(kinds(talk.states)).toEqual(['offline network'])
})

const patience = { pollSeconds: 0, graceMs: 80 }

test.each<[string, Fault]>([
  ['never comes', { kind: 'hang' }],
  ['comes byte by byte', { kind: 'drip', bytesPerSecond: 10 }],
  ['breaks off', { kind: 'closeMidBody' }],
])('an answer that %s is given up, and then it goes on', async (_name, fault) => {
  const talk = await listening()
  talk.simulator.pushUpdate(messageUpdate(3, 'patience'))
  talk.simulator.faults.always('getUpdates', fault)
  talk.begin({ patience })
  await talk.until(() => talk.pauses.length >= 2)
  talk.simulator.faults.clear()
  await talk.until(() => talk.stored().length === 1)
  await talk.stop()

  expect(kinds(talk.states)).toEqual(['offline network', 'receiving'])
  expect(talk.stored()).toEqual([[0, 3, 'patience']])
})

test('an update without sense does not take its neighbours with it', async () => {
  const talk = await listening()
  const deep = `${'{"a":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}`
  const good = [messageUpdate(5, 'before'), messageUpdate(8, 'after')].map((update) => JSON.stringify(update))
  const result = `[${good[0] ?? ''},7,null,{"update_id":"6"},{"message":{}},{"update_id":7,"message":${deep}},${good[1] ?? ''}]`
  talk.simulator.faults.once('getUpdates', body(`{"ok":true,"result":${result}}`))
  talk.begin()
  await talk.until(() => talk.stored().length === 3)

  expect([talk.stored(), talk.offset(), kinds(talk.states)]).toEqual([
    [
      [0, 5, 'before'],
      [0, 7, null],
      [0, 8, 'after'],
    ],
    9,
    ['receiving'],
  ])
})

test('updates out of order and again and again are stored once each, in order', async () => {
  const talk = await listening()
  const batch = [13, 11, 12, 11, 13].map((id) => messageUpdate(id, `n${String(id)}`))
  talk.simulator.faults.times('getUpdates', 4, body(JSON.stringify({ ok: true, result: batch })))
  talk.begin()
  await talk.until(() => talk.calls() >= 5)

  expect([talk.stored(), talk.offset()]).toEqual([
    [
      [0, 11, 'n11'],
      [0, 12, 'n12'],
      [0, 13, 'n13'],
    ],
    14,
  ])
})

test('after a week of silence the numbering may begin lower: nothing is lost and nothing comes twice', async () => {
  const talk = await listening()
  talk.simulator.pushUpdate(messageUpdate(900, 'old'))
  talk.begin()
  await talk.until(() => talk.simulator.confirmedUpdateIds().length === 1)
  await talk.stop()
  talk.skip(8 * 24 * HOUR)
  talk.simulator.restartUpdateIds(20)
  talk.simulator.pushUpdate(messageUpdate(20, 'new'))
  talk.simulator.pushUpdate(messageUpdate(21, 'newer'))
  talk.begin()
  await talk.until(() => talk.simulator.confirmedUpdateIds().length === 3)
  await talk.stop()
  talk.begin()
  await talk.until(() => talk.calls() >= 6)

  expect([talk.stored(), talk.offset()]).toEqual([
    [
      [0, 900, 'old'],
      [1, 20, 'new'],
      [1, 21, 'newer'],
    ],
    22,
  ])
})

test('the same number with other words after a silence is another update', async () => {
  const talk = await listening()
  talk.simulator.pushUpdate(messageUpdate(50, 'one'))
  talk.begin()
  await talk.until(() => talk.simulator.confirmedUpdateIds().length === 1)
  await talk.stop()
  talk.simulator.restartUpdateIds(50)
  const other = messageUpdate(50, 'two')
  talk.simulator.pushUpdate({ ...other, message: { ...other.message, date: 1_790_600_000 } })
  talk.begin()
  await talk.until(() => talk.simulator.confirmedUpdateIds().length === 2)

  expect(talk.stored()).toEqual([
    [0, 50, 'one'],
    [1, 50, 'two'],
  ])
})

test('a silence longer than Telegram keeps messages is reported once, a shorter one is not', async () => {
  const talk = await listening()
  const run = async () => {
    talk.begin()
    const calls = talk.calls()
    await talk.until(() => talk.calls() >= calls + 2)
    await talk.stop()
  }
  await run()
  talk.skip(23 * HOUR)
  await run()
  const short = talk.gaps.length
  talk.skip(25 * HOUR)
  await run()
  await run()

  expect([short, talk.gaps.map(({ from, to }) => Math.round((to - from) / HOUR))]).toEqual([0, [25]])
})

test('a full disk confirms nothing, and what waits comes once there is room', async () => {
  const talk = await listening()
  const { sqlite } = talk.database
  talk.begin()
  await talk.until(() => talk.states.length === 1)
  const pages = Number(sqlite.pragma('page_count', { simple: true }))
  sqlite.pragma(`max_page_count = ${String(pages)}`)
  talk.simulator.pushUpdate(messageUpdate(5, 'x'.repeat(4000)))
  talk.simulator.pushUpdate(messageUpdate(6, 'y'.repeat(4000)))
  talk.simulator.pushUpdate(messageUpdate(7, 'z'.repeat(4000)))
  await talk.until(() => talk.pauses.length >= 3)
  const full = {
    stored: talk.stored().length,
    offset: talk.offset(),
    confirmed: talk.simulator.confirmedUpdateIds(),
  }
  sqlite.pragma('max_page_count = 1000000')
  await talk.until(() => talk.simulator.confirmedUpdateIds().length === 3)

  expect({ full, states: kinds(talk.states), stored: talk.stored().length }).toEqual({
    full: { stored: 0, offset: null, confirmed: [] },
    states: ['receiving', 'offline disk-full', 'receiving'],
    stored: 3,
  })
})

test('no line of the log holds the token, whatever happens', async () => {
  const talk = await listening()
  for (const [, fault] of troubles) talk.simulator.faults.once('getUpdates', fault)
  talk.begin()
  await talk.until(() => kinds(talk.states).includes('receiving'))
  await talk.stop()

  expect(talk.log.lines.length).toBeGreaterThan(3)
  expect(JSON.stringify(talk.log.lines)).not.toContain(talk.simulator.token.split(':')[1])
})
