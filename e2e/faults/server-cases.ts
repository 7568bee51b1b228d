import type { Fault } from '../../src/main/practice/simulator/faults'
import { pause, shownState, until } from './child'
import { type Case, onStage, type Stage } from './stage'

// What a Bot API server, or whatever stands in its place, may do to the program.

const RESIDENTS = 4
const html = '<!doctype html><title>Log in to the network</title>'

type Trouble = {
  readonly name: string
  readonly rows: string
  readonly method: string
  readonly fault: Fault
  /** What the window must show while it lasts; null when it is over too soon to be shown. */
  readonly shows: string | null
  /** How often it happens; until it is cleared when it is left out. */
  readonly times?: number
}

const malformed = (body: string, contentType?: string): Fault =>
  contentType === undefined ? { kind: 'malformed', body } : { kind: 'malformed', body, contentType }
const status = (code: number, description: string): Fault => ({
  kind: 'status',
  status: code,
  body: { ok: false, error_code: code, description },
})
const conflict = status(409, 'Conflict: terminated by other getUpdates request')

/** Faults that last until they are cleared: the program says so, asks no more than once a second, and goes on. */
const LASTING: readonly Trouble[] = [
  {
    name: 'errors of the server',
    rows: '18',
    method: '*',
    fault: { kind: 'status', status: 502, body: html },
    shows: 'offline telegram',
  },
  {
    name: 'an answer cut in the middle',
    rows: '22',
    method: 'getUpdates',
    fault: { kind: 'closeMidBody' },
    shows: 'offline network',
  },
  {
    name: 'half an answer',
    rows: '22',
    method: 'getUpdates',
    fault: malformed('{"ok":true,"result":['),
    shows: 'offline telegram',
  },
  {
    name: 'an answer without result',
    rows: '22',
    method: 'getUpdates',
    fault: malformed('{"ok":true}'),
    shows: 'offline telegram',
  },
  {
    name: 'a result of null',
    rows: '22',
    method: 'getUpdates',
    fault: malformed('{"ok":true,"result":null}'),
    shows: 'offline telegram',
  },
  {
    name: 'results of wrong types',
    rows: '22',
    method: 'getUpdates',
    fault: malformed('{"ok":true,"result":[{"update_id":"7"},3]}'),
    shows: 'offline telegram',
  },
  {
    name: 'an answer of 25 MB',
    rows: '22',
    method: 'getUpdates',
    fault: malformed(`{"ok":true,"result":["${'x'.repeat(25_000_000)}"]}`),
    shows: 'offline network',
  },
  {
    name: 'a page of the network',
    rows: '28',
    method: '*',
    fault: malformed(html, 'text/html; charset=utf-8'),
    shows: 'offline login-page',
  },
  {
    name: 'broken connections',
    rows: '18',
    method: '*',
    fault: { kind: 'dropBefore' },
    shows: 'offline network',
  },
]

/** Faults of single calls, at once and a few times. */
const PASSING: readonly Trouble[] = [
  {
    name: 'too many calls, when asking',
    rows: '17',
    method: 'getUpdates',
    fault: { kind: 'retryAfter', seconds: 2 },
    shows: null,
    times: 1,
  },
  { name: 'one conflict', rows: '19', method: 'getUpdates', fault: conflict, shows: null, times: 1 },
  {
    name: 'answers to sends that are lost',
    rows: '5',
    method: 'sendMessage',
    fault: { kind: 'dropAfter' },
    shows: null,
    times: 3,
  },
  {
    name: 'answers to sends that are cut',
    rows: '5, 22',
    method: 'sendMessage',
    fault: { kind: 'closeMidBody' },
    shows: null,
    times: 3,
  },
  {
    name: 'a card that has not changed',
    rows: '26',
    method: 'editMessageText',
    fault: status(400, 'Bad Request: message is not modified'),
    shows: null,
    times: 2,
  },
  {
    name: 'a card that is gone',
    rows: '26',
    method: 'editMessageText',
    fault: status(400, 'Bad Request: message to edit not found'),
    shows: null,
    times: 1,
  },
  {
    name: 'a press that is too old',
    rows: '26',
    method: 'answerCallbackQuery',
    fault: status(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid'),
    shows: null,
    times: 2,
  },
  {
    name: 'a group that has moved',
    rows: '25',
    method: 'sendMessage',
    fault: {
      kind: 'status',
      status: 400,
      body: {
        ok: false,
        error_code: 400,
        description: 'Bad Request: group chat was upgraded to a supergroup chat',
        parameters: { migrate_to_chat_id: -1001 },
      },
    },
    shows: null,
    times: 1,
  },
  {
    name: 'a file that is cut',
    rows: '27',
    method: 'file',
    fault: { kind: 'closeMidBody' },
    shows: null,
    times: 1,
  },
  {
    name: 'a file that is gone for a while',
    rows: '27',
    method: 'file',
    fault: { kind: 'status', status: 404 },
    shows: null,
    times: 1,
  },
]

function lasting(trouble: Trouble): Case {
  return serverCase(trouble, async (stage) => {
    const { simulator } = stage.scene
    const child = stage.start()
    await until('receiving', () => shownState(child.said) === 'receiving')
    simulator.faults.always(trouble.method, trouble.fault)
    // The poll that is open already is answered by what somebody writes, and so is the one after it.
    stage.move(2)
    await pause(400)
    stage.move()
    await until(
      `"${String(trouble.shows)}" to be shown`,
      () => shownState(child.said) === trouble.shows,
      5_000,
    )
    const before = simulator.ledger.length
    await pause(2_500)
    const calls = simulator.ledger.slice(before).filter(({ method }) => method === 'getUpdates').length
    stage.expect(calls <= 3, `${calls} calls in 2.5 s while nothing works`)
    simulator.faults.clear()
    child.tell('retry')
    await stage.finish()
  })
}

function passing(trouble: Trouble): Case {
  return serverCase(trouble, async (stage) => {
    const { simulator } = stage.scene
    stage.start()
    simulator.faults.times(trouble.method, trouble.times ?? 1, trouble.fault)
    stage.move(RESIDENTS)
    await stage.finish()
    const played = simulator.ledger.filter(({ fault }) => fault === trouble.fault.kind).length
    stage.expect(played === (trouble.times ?? 1), `the fault was played ${played} times`)
  })
}

function serverCase(
  { name, rows }: Pick<Trouble, 'name' | 'rows'>,
  act: (stage: Stage) => Promise<void>,
): Case {
  return {
    group: 'server',
    name,
    rows,
    run: (context) =>
      onStage(context, { residents: RESIDENTS }, async (stage) => {
        await act(stage)
        return undefined
      }),
  }
}

/** A chat that was written to too often is left alone for as long as Telegram asks; the others are not. */
const tooManySends = serverCase({ name: 'too many calls, when sending', rows: '17' }, async (stage) => {
  const { simulator } = stage.scene
  stage.start()
  simulator.faults.once('sendMessage', { kind: 'retryAfter', seconds: 3 })
  stage.move(RESIDENTS)
  await stage.finish()
  const sends = simulator.ledger.filter(({ method }) => method === 'sendMessage')
  const refused = sends.find(({ errorCode }) => errorCode === 429)
  const chat = refused?.params['chat_id']
  const early = sends.filter(
    ({ params, at }) =>
      params['chat_id'] === chat && refused !== undefined && at > refused.at && at < refused.at + 3_000,
  )
  stage.expect(refused !== undefined && early.length === 0, `${early.length} calls before the pause was over`)
})

const revoked = serverCase({ name: 'a revoked token', rows: '20' }, async (stage) => {
  const { simulator, tokens } = stage.scene
  const child = stage.start()
  stage.move(2)
  await until('receiving', () => shownState(child.said) === 'receiving')
  simulator.revokeToken()
  stage.move(RESIDENTS)
  await until('the refusal to be shown', () => shownState(child.said) === 'token-refused')
  const before = simulator.ledger.length
  await pause(1_500)
  stage.expect(simulator.ledger.length <= before + 4, 'it goes on calling with a refused token')
  const token = simulator.issueToken()
  tokens.add(token)
  child.tell('token', token)
  await stage.finish()
})

/** Two minutes of patience, by the program's clock, then it is shown; it is asked on and on. */
const lastingConflict = serverCase({ name: 'another program that stays', rows: '19' }, async (stage) => {
  const { simulator } = stage.scene
  const child = stage.start()
  await until('receiving', () => shownState(child.said) === 'receiving')
  simulator.faults.always('getUpdates', conflict)
  stage.move(2)
  await pause(500)
  stage.expect(shownState(child.said) === 'receiving', 'the echo of an own poll is shown')
  child.tell('clock', '130000')
  await until('the conflict to be shown', () => shownState(child.said) === 'conflict', 8_000)
  simulator.faults.clear()
  child.tell('retry')
  await stage.finish()
})

/** After sleep the connection is dead and nobody says so: waking up must not wait for the deadline. */
const deadConnection = serverCase(
  { name: 'a connection that is dead after sleep', rows: '21, 31' },
  async (stage) => {
    const { simulator } = stage.scene
    simulator.faults.once('getUpdates', { kind: 'hang' })
    const child = stage.start()
    stage.move(RESIDENTS)
    await until('the first call', () => simulator.ledger.some(({ method }) => method === 'getUpdates'))
    child.kill('SIGSTOP')
    await pause(1_000)
    child.kill('SIGCONT')
    const woken = Date.now()
    child.tell('retry')
    await until('receiving', () => shownState(child.said) === 'receiving')
    stage.expect(Date.now() - woken < 15_000, 'waking took longer than 15 s')
    await stage.finish()
  },
)

/** Calls that get no answer, or one of a byte a second, end by their own deadline. */
function slow(name: string, rows: string, fault: Fault): Case {
  const test = serverCase({ name, rows }, async (stage) => {
    const { simulator } = stage.scene
    const child = stage.start()
    await until('receiving', () => shownState(child.said) === 'receiving')
    simulator.faults.once('getUpdates', fault)
    stage.move(RESIDENTS)
    await until('the deadline to pass', () => shownState(child.said) === 'offline network', 50_000)
    await stage.finish()
  })
  return { ...test, waits: true }
}

/** Somebody who blocks the bot is shown as such, and reached again after writing. */
const blocked = serverCase({ name: 'somebody who blocks the bot', rows: '24' }, async (stage) => {
  const { residents, query } = stage.scene
  const [first] = residents
  const child = stage.start()
  stage.move(RESIDENTS)
  await until('a card', () => query('select 1 from cards where message_id is not null').length > 0)
  first?.phone.block()
  await until(
    'the block to be noted',
    () => query('select 1 from users where blocked_at is not null').length === 1,
  )
  first?.phone.unblock()
  first?.phone.start()
  await until(
    'it to be taken back',
    () => query('select 1 from users where blocked_at is not null').length === 0,
  )
  child.tell('retry')
  await stage.finish()
})

/** Everything that the server, or the network before it, may do. */
export const SERVER_CASES: readonly Case[] = [
  ...LASTING.map(lasting),
  ...PASSING.map(passing),
  tooManySends,
  revoked,
  lastingConflict,
  deadConnection,
  blocked,
  slow('a poll that is never answered', '21', { kind: 'hang' }),
  slow('a poll that is answered byte by byte', '23', { kind: 'drip', bytesPerSecond: 1 }),
]
