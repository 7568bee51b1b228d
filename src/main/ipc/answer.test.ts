import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contract, type Handlers, type Reply } from '../../shared/ipc/contract'
import { Refusal } from '../../shared/model/refusal'
import { presentContext } from '../telemetry/context'
import type { Log } from '../telemetry/log'
import { answer, type Route, type Routes, routesOf } from './answer'

const REQUEST = '01890a5d-ac96-774b-bcce-b302099a8057'

type Line = { readonly level: string; readonly fields: Readonly<Record<string, unknown>> }

function recordingLog(): { log: Log; lines: Line[] } {
  const lines: Line[] = []
  const at = (level: string) => (fields: Line['fields']) => {
    lines.push({ level, fields })
  }
  const log: Log = {
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    child: () => log,
  }
  return { log, lines }
}

/** Handlers of which each fails the test unless it is given here by its path. */
function handlersWith(given: Record<string, (input: unknown) => unknown>): Handlers {
  const areas = Object.entries(contract).map(([area, methods]): [string, unknown] => {
    const handlers = Object.keys(methods).map((name) => [
      name,
      given[`${area}.${name}`] ??
        (() => {
          throw new Error(`Not expected: ${area}.${name}`)
        }),
    ])
    return [area, Object.fromEntries(handlers)]
  })
  // Built from the contract's own keys.
  return Object.fromEntries(areas) as Handlers
}

async function ask(
  given: Record<string, (input: unknown) => unknown>,
  path: unknown,
  input?: unknown,
): Promise<{ reply: Reply; lines: Line[] }> {
  const { log, lines } = recordingLog()
  return { reply: await answer(routesOf(handlersWith(given)), path, input, log), lines }
}

test('a call reaches its handler and only what the contract names comes back', async () => {
  const inputs: unknown[] = []
  const storage = () => ({ protected: true, backend: 'keychain', token: 'secret' })
  const rename = (input: unknown) => void inputs.push(input)
  const personId = REQUEST
  expect([
    await ask({ 'bot.storage': storage }, 'bot.storage'),
    await ask({ 'people.rename': rename }, 'people.rename', { personId, name: '  Ada ' }),
    inputs,
  ]).toEqual([
    { reply: { ok: true, value: { protected: true, backend: 'keychain' } }, lines: [] },
    { reply: { ok: true, value: undefined }, lines: [] },
    [{ personId, name: 'Ada' }],
  ])
})

test('a handler works in the context of its call, and so does the line of its failure', async () => {
  const seen: unknown[] = []
  const log: Log = { ...recordingLog().log, error: () => seen.push(presentContext()) }
  const markRead = async () => {
    await Promise.resolve()
    seen.push(presentContext())
    throw new Error('no')
  }
  const routes = routesOf(handlersWith({ 'requests.markRead': markRead }))
  await answer(routes, 'requests.markRead', { requestId: REQUEST }, log)
  const about = { call: 'requests.markRead', requestId: REQUEST }
  expect([seen, presentContext()]).toEqual([[about, about], undefined])
})

test('a handler that is a method keeps its this', async () => {
  const handlers = handlersWith({})
  const app = {
    ...handlers.app,
    seen: 0,
    finishSetUp() {
      this.seen += 1
    },
  }
  const { log } = recordingLog()
  const reply = await answer(routesOf({ ...handlers, app }), 'app.finishSetUp', undefined, log)
  expect([reply, app.seen]).toEqual([{ ok: true, value: undefined }, 1])
})

test('a refusal crosses with its code and details, thrown at once or later', async () => {
  const refuse = () => {
    throw new Refusal('technician-unavailable', { technicianId: 'x' })
  }
  const refuseLater = () => Promise.reject(new Refusal('name-taken'))
  expect([
    await ask({ 'places.list': refuse }, 'places.list'),
    await ask({ 'places.list': refuseLater }, 'places.list'),
  ]).toEqual([
    { reply: { ok: false, code: 'technician-unavailable', details: { technicianId: 'x' } }, lines: [] },
    { reply: { ok: false, code: 'name-taken', details: {} }, lines: [] },
  ])
})

test('an unexpected error and a result that breaks the contract are internal, and logged', async () => {
  const error = new Error('disk on fire')
  const fail = () => {
    throw error
  }
  const wrong = () => ({ protected: 'yes', backend: 1 })
  expect([
    await ask({ 'bot.storage': fail }, 'bot.storage'),
    await ask({ 'bot.storage': wrong }, 'bot.storage'),
  ]).toEqual([
    {
      reply: { ok: false, code: 'internal', details: {} },
      lines: [{ level: 'error', fields: { path: 'bot.storage', error, scope: 'ipc' } }],
    },
    {
      reply: { ok: false, code: 'internal', details: {} },
      lines: [
        {
          level: 'error',
          fields: { path: 'bot.storage', error: expect.any(Error) as unknown, scope: 'ipc' },
        },
      ],
    },
  ])
})

test.each([
  'requests.nothing',
  'requests',
  '',
  '.',
  'requests.__proto__',
  '__proto__.toString',
  'constructor.name',
  'requests.constructor',
  'app.state.x',
  'hasOwnProperty',
  null,
  undefined,
  7,
  { toString: () => 'app.state' },
  ['app.state'],
])('a path that the contract does not know is refused: %j', async (path) => {
  expect(await ask({}, path)).toEqual({
    reply: { ok: false, code: 'bad-request', details: { reason: 'unknown' } },
    lines: [{ level: 'warn', fields: { path, reason: 'unknown' } }],
  })
})

test('an input that breaks the contract is refused before the handler sees it', async () => {
  const wrong = { requestId: REQUEST, technicianId: 'not an id', extra: 1 }
  expect(await ask({}, 'requests.assign', wrong)).toEqual({
    reply: { ok: false, code: 'bad-request', details: { reason: 'wrong-input' } },
    lines: [
      {
        level: 'warn',
        fields: { path: 'requests.assign', reason: 'wrong-input', error: expect.any(Error) as unknown },
      },
    ],
  })
})

test('only a picture may be larger than a megabyte', async () => {
  const photo = (length: number) => ({
    telegramId: 1,
    bytes: new Uint8Array(length),
    caption: '',
    replyTo: null,
  })
  const accept = { 'practice.sendPhoto': () => undefined }
  const names = (length: number) => ({ buildingId: REQUEST, names: ['x'.repeat(length)], kind: 'unit' })
  const codes = async (path: string, input: unknown) => {
    const { reply } = await ask(accept, path, input)
    return reply.ok ? 'ok' : reply.details.reason
  }
  expect([
    await codes('practice.sendPhoto', photo(9_000_000)),
    await codes('practice.sendPhoto', photo(11_000_000)),
    await codes('practice.sendPhoto', photo(12_000_000)),
    await codes('places.addUnits', names(400_000)),
    await codes('places.addUnits', names(600_000)),
  ]).toEqual(['ok', 'wrong-input', 'too-large', 'wrong-input', 'too-large'])
})

test('a method without a handler stops the program at its start', () => {
  const rest: { -readonly [A in keyof Handlers]?: Handlers[A] } = { ...handlersWith({}) }
  delete rest.bot
  const inherited = Object.assign(Object.create({ bot: handlersWith({}).bot }) as object, rest)
  expect(
    [
      () => routesOf(rest as Handlers),
      () => routesOf(inherited as Handlers),
      () =>
        routesOf({
          ...handlersWith({}),
          app: { ...handlersWith({}).app, state: undefined },
        } as unknown as Handlers),
    ].map((start) => {
      try {
        return start().size
      } catch (error) {
        return String(error)
      }
    }),
  ).toEqual([
    'Error: No handler for bot.check',
    'Error: No handler for bot.check',
    'Error: No handler for app.state',
  ])
})

test('ten thousand random calls are all answered and reach no handler with what it does not take', async () => {
  const reached: [string, unknown][] = []
  const routes: Routes = new Map(
    [...routesOf(handlersWith({}))].map(([path, route]): [string, Route] => [
      path,
      { ...route, handle: (input) => void reached.push([path, input]) },
    ]),
  )
  const path = fc.oneof(fc.constantFrom(...routes.keys()), fc.string(), fc.anything())
  const input = fc.oneof(fc.anything(), fc.record({ requestId: fc.constantFrom(REQUEST, '', null) }))
  const { log } = recordingLog()
  await fc.assert(
    fc.asyncProperty(path, input, async (called, given) => {
      const reply = await answer(routes, called, given, log)
      expect(reply.ok || ['bad-request', 'internal'].includes(reply.code)).toBe(true)
    }),
    { numRuns: 10_000 },
  )
  const wrong = reached.filter(
    ([called, given]) => routes.get(called)?.method.input.safeParse(given).success !== true,
  )
  expect([reached.length > 0, wrong]).toEqual([true, []])
})
