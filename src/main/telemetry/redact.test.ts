import fc from 'fast-check'
import { Bot } from 'grammy'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createRedactor, LEFT_OUT } from './redact'

const TOKEN = '123456789:AAH-canaryCanary_canaryCanary0123456'
const PHONE = '+34 612 34 56 78'
const NAME = 'Анна Канарейкина'
const TEXT = 'water drips on my canary'
const CANARIES = [TOKEN, encodeURIComponent(TOKEN), PHONE, '34612345678', NAME, TEXT, 'canary']

/** Everything that would be written for these fields, as one text. */
function logged(fields: Record<string, unknown>): string {
  return JSON.stringify(createRedactor().fields(fields))
}

test('fields outside the list are named and left out', () => {
  expect(
    createRedactor().fields({ count: 2, phone: PHONE, 'Анна Канарейкина': 1, requestNumber: 'B-17' }),
  ).toEqual({
    count: 2,
    phone: LEFT_OUT,
    other: LEFT_OUT,
    requestNumber: 'B-17',
  })
})

test('a listed field holds words and numbers only', () => {
  const id = '01234567-0123-7123-8123-012345678901'
  expect(
    createRedactor().fields({
      requestId: id,
      status: TEXT,
      kind: { text: TEXT },
      updateId: 987654321012,
      rows: 7n,
      code: undefined,
      state: true,
    }),
  ).toEqual({
    requestId: id,
    status: LEFT_OUT,
    kind: LEFT_OUT,
    updateId: 987654321012,
    rows: '7',
    code: null,
    state: true,
  })
})

test('each listed field takes its own form only, so that a name can not pass for an id or a number', () => {
  expect(
    createRedactor().fields({
      requestNumber: 'Anna',
      requestId: 'Anna',
      personId: 5550001234,
      updateId: 'Anna',
      count: '12',
      outboxId: 7,
    }),
  ).toEqual({
    requestNumber: LEFT_OUT,
    requestId: LEFT_OUT,
    personId: LEFT_OUT,
    updateId: LEFT_OUT,
    count: '12',
    outboxId: 7,
  })
})

test('a secret is cut from sentences and words that were let through before it was known', () => {
  const redactor = createRedactor()
  const before = [redactor.sentence('The word is opensesame'), redactor.fields({ state: 'opensesame' })]
  redactor.addSecret('opensesame')
  expect([
    before,
    redactor.sentence('The word is opensesame'),
    redactor.fields({ state: 'opensesame' }),
  ]).toEqual([
    ['The word is opensesame', { state: 'opensesame' }],
    `The word is ${LEFT_OUT}`,
    { state: LEFT_OUT },
  ])
})

test.each([
  ['a bot token', `call with ${TOKEN} failed`, `call with ${LEFT_OUT} failed`],
  ['an encoded token', `?t=${encodeURIComponent(TOKEN)}`, `?t=${LEFT_OUT}`],
  [
    'an address of the Bot API',
    'https://api.telegram.org/bot1:short-one-too/getMe',
    `https://api.telegram.org/bot${LEFT_OUT}/getMe`,
  ],
  [
    'an address of a file',
    `https://x/file/bot${TOKEN}/photos/1.jpg`,
    `https://x/file/bot${LEFT_OUT}/photos/1.jpg`,
  ],
  ['a phone number', `call ${PHONE} now`, `call ${LEFT_OUT} now`],
  ['a Telegram id', 'chat 5550001234 not found', `chat ${LEFT_OUT} not found`],
])('cuts %s from a text', (_what, text, expected) => {
  expect(createRedactor().text(text)).toBe(expected)
})

test('cuts an added secret, however it is written, but not a value too short to be one', () => {
  const redactor = createRedactor()
  redactor.addSecret('own:secret value')
  redactor.addSecret('the')
  expect(redactor.text('the own:secret value own%3Asecret%20value')).toBe(`the ${LEFT_OUT} ${LEFT_OUT}`)
})

test('an error keeps name, code, cause and frames without folders, and loses what it quotes', () => {
  const cause = Object.assign(new RangeError(`Bad place "${TEXT}" for 'field'`), { code: 'E_PLACE' })
  const message = `Cannot save\n    at canary (/home/canary/index.js:1:2)`
  const error = Object.assign(new Error(message, { cause }), { payload: { text: TEXT } })
  error.stack = `Error: ${message}\n    at ${TEXT} (/x/index.js:3:4)\n    at async save (file:///home/canary/app/out/main/index.js:10:5)`
  cause.stack = 'RangeError'
  expect(createRedactor().fields({ error })).toEqual({
    error: {
      name: 'Error',
      message: 'Cannot save',
      frames: ['save main/index.js:10:5'],
      causes: [{ name: 'RangeError', message: `Bad place "${LEFT_OUT}" for 'field'`, code: 'E_PLACE' }],
    },
  })
})

test('what is not an error is reduced to its kind', () => {
  const redactor = createRedactor()
  expect([
    redactor.fields({ error: { message: TEXT } }),
    redactor.fields({ error: `said "${TEXT}"` }),
    redactor.fields({ error: undefined }),
  ]).toEqual([
    { error: { name: 'object', message: '' } },
    { error: { name: 'string', message: `said "${LEFT_OUT}"` } },
    { error: { name: 'undefined', message: '' } },
  ])
})

test('an error of zod tells where and what, never the value', () => {
  const { error } = z.strictObject({ telegramId: z.int() }).safeParse({ telegramId: NAME, [TEXT]: 1 })
  expect(createRedactor().fields({ error })).toEqual({
    error: {
      name: 'ZodError',
      message: 'telegramId: invalid_type, input: unrecognized_keys',
    },
  })
})

test.each([
  [
    'JSON.parse',
    () => {
      JSON.parse(`${NAME} "${TEXT}"`)
    },
  ],
  [
    'a failed query',
    () => {
      throw new Error(`Failed query: insert into users values (?)\nparams: ${NAME}`)
    },
  ],
  [
    'a failed query on one line',
    () => {
      throw new Error(`Failed query: insert into users values (?) params: ${NAME}`)
    },
  ],
])('the error of %s does not quote', (_what, fail) => {
  let line = ''
  try {
    fail()
  } catch (error) {
    line = logged({ error })
  }
  expect([line.includes('"name"'), CANARIES.filter((canary) => line.includes(canary))]).toEqual([true, []])
})

test('an error of grammY holds the token, the line of it does not', async () => {
  const bot = new Bot(TOKEN, { client: { apiRoot: 'http://127.0.0.1:9', timeoutSeconds: 2 } })
  const error: unknown = await bot.api.sendMessage(5550001234, TEXT).catch((reason: unknown) => reason)
  const line = logged({ error })
  expect({
    heldToken: inspect(error, { depth: 5 }).includes(TOKEN),
    kept: /"name":"HttpError".*"causes":\[\{"name":"FetchError"/.test(line),
    canaries: CANARIES.filter((canary) => line.includes(canary)),
  }).toEqual({ heldToken: true, kept: true, canaries: [] })
})

test('properties that throw and errors that contain themselves end quietly', () => {
  const circular = new Error('round')
  circular.cause = circular
  const hostile = Object.defineProperty(new Error('x'), 'message', {
    get: () => {
      throw new Error(TEXT)
    },
  })
  const line = logged({ error: new AggregateError([circular, hostile], 'two') })
  expect([line.length < 20_000, line.includes(TEXT)]).toEqual([true, false])
})

const canary = fc.constantFrom(TOKEN, PHONE, NAME, TEXT)
const unlisted = fc.constantFrom('text', 'phone', 'firstName', 'payload', 'description', 'ctx', NAME)
const nested = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    canary,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(unlisted, tie('value'), { maxKeys: 3 }),
    tie('error'),
  ),
  error: fc
    .record({
      secret: fc.constantFrom(
        TOKEN,
        PHONE,
        `https://api.telegram.org/bot${TOKEN}/getMe`,
        `"${NAME}"`,
        `«${TEXT}»`,
      ),
      cause: tie('value'),
      inner: tie('value'),
      extra: tie('value'),
    })
    .map(({ secret, cause, inner, extra }) =>
      Object.assign(new Error(`Failed with ${secret}`, { cause }), {
        error: inner,
        payload: extra,
        description: extra,
        errors: [cause, inner],
        code: secret,
        name: secret,
      }),
    ),
}))
const listed = fc.constantFrom('status', 'method', 'path', 'requestNumber', 'scope')

test('no canary ever stands in what is logged', () => {
  fc.assert(
    fc.property(
      fc.dictionary(unlisted, nested.value),
      fc.dictionary(listed, fc.constantFrom(NAME, TEXT, TOKEN, PHONE)),
      nested.error,
      canary,
      (hidden, shown, error, spare) => {
        const redactor = createRedactor()
        const line = JSON.stringify([
          redactor.fields({ ...hidden, ...shown, error }),
          redactor.fields({ [spare]: spare, error: { cause: error } }),
          redactor.text(`token ${TOKEN} phone ${PHONE}`),
        ])
        expect(CANARIES.filter((value) => line.includes(value))).toEqual([])
      },
    ),
    { numRuns: 500 },
  )
})
