import type { ErrorEvent, TransactionEvent } from '@sentry/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRedactor } from '../../telemetry/redact'
import { entryError } from '../entry-error'
import { eventOf } from './event-of'
import { type About, knownError, knownTransaction } from './known-event'

const ABOUT: About = {
  release: 'facility-dispatcher@1.2.3',
  environment: 'test',
  contexts: { os: { name: 'linux' } },
}
const TOKEN = `7000000001:${'A'.repeat(35)}`
const CANARIES = [TOKEN, '+49 151 2345 6789', 'Annabella Smith', 'Water under the sink!']
const ID = '0123456789abcdef0123456789abcdef'

/** As the log makes a line of an error. */
function entryOf(error: unknown) {
  const fields = createRedactor().fields({ error, scope: 'sender' })
  return entryError({
    time: '2026-03-10T10:00:00Z',
    level: 'error',
    scope: '',
    message: 'It failed',
    version: '1.2.3',
    device: null,
    fields,
  })
}

test('an error of the log becomes an event of known fields, the deepest cause first', () => {
  const cause = Object.assign(new Error('SQLITE: Annabella'), { code: 'SQLITE_BUSY' })
  cause.stack = 'Error: SQLITE: Annabella\n    at read (/home/anna/app/out/main/index.js:1:22)'
  const error = new TypeError("Cannot read properties of undefined (reading 'id')", { cause })
  error.stack = `TypeError: ${error.message}\n    at node:internal/x:3:4\n    at save (/home/anna/app/out/main/index.js:10:5)`
  const event = eventOf(entryOf(error), [{ at: 5000, level: 'warn', scope: 'poll', sentence: 'Said before' }])
  expect(knownError({ ...event, event_id: ID, type: undefined }, ABOUT)).toEqual({
    event_id: ID,
    type: undefined,
    timestamp: Date.parse('2026-03-10T10:00:00Z') / 1000,
    platform: 'node',
    level: 'error',
    logger: 'sender',
    message: 'It failed',
    release: 'facility-dispatcher@1.2.3',
    environment: 'test',
    contexts: { os: { name: 'linux' } },
    fingerprint: ['sender', 'SQLITE_BUSY', 'It failed'],
    tags: { scope: 'sender', code: 'SQLITE_BUSY' },
    breadcrumbs: [{ timestamp: 5, category: 'poll', level: 'warning', message: 'Said before' }],
    exception: {
      values: [
        {
          type: 'Error',
          value: '',
          stacktrace: {
            frames: [
              { function: 'read', filename: 'app:///main/index.js', lineno: 1, colno: 22, in_app: true },
            ],
          },
        },
        {
          type: 'TypeError',
          value: "It failed: Cannot read properties of undefined (reading 'id')",
          stacktrace: {
            frames: [
              { function: 'save', filename: 'app:///main/index.js', lineno: 10, colno: 5, in_app: true },
              { function: '', filename: 'app:///internal/x', lineno: 3, colno: 4, in_app: false },
            ],
          },
        },
      ],
    },
  })
})

const words = fc.constantFrom(...CANARIES)
/** Anything that a library may one day put into an event. */
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    words,
    fc.integer(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('user', 'request', 'data', 'vars', 'trace', 'os'), tie('value'), {
      maxKeys: 3,
    }),
  ),
})).value

test('whatever else stands in an event, it does not go out', () => {
  const fields = fc.dictionary(
    fc.constantFrom(
      'user',
      'server_name',
      'request',
      'extra',
      'contexts',
      'modules',
      'debug_meta',
      'sdk',
      'logger',
      'platform',
      'level',
      'transaction',
      'release',
      'threads',
      'spans',
      'timestamp',
      'event_id',
    ),
    anything,
  )
  fc.assert(
    fc.property(fields, words, (given, word) => {
      const exception = {
        values: [
          {
            type: word,
            value: 'It failed',
            vars: word,
            stacktrace: {
              frames: [{ function: word, filename: word, vars: { x: word }, context_line: word }],
            },
          },
        ],
      }
      const breadcrumbs = [{ category: word, message: 'Said', data: { word }, type: word }]
      const event = { spans: [], ...given, tags: { scope: word, other: word }, exception, breadcrumbs }
      // A library of another version may hand over anything at all.
      const spans = Array.isArray(event.spans) ? [] : event.spans
      const out = JSON.stringify([
        knownError(event as unknown as ErrorEvent, ABOUT),
        knownTransaction(
          { ...event, spans: Array.isArray(spans) ? spans : [] } as unknown as TransactionEvent,
          ABOUT,
        ),
      ])
      expect(CANARIES.filter((canary) => out.includes(canary))).toEqual([])
    }),
  )
})

test('no error, however it is made, brings a word of anybody into an event', () => {
  fc.assert(
    fc.property(words, anything, (word, extra) => {
      const inner = Object.assign(new Error(word), { extra, code: word, name: word })
      const error = Object.assign(new AggregateError([inner], `It said ${word}`, { cause: inner }), {
        payload: extra,
      })
      const event = knownError({ ...eventOf(entryOf(error), []), event_id: ID, type: undefined }, ABOUT)
      const out = JSON.stringify(event)
      expect(CANARIES.filter((canary) => out.includes(canary))).toEqual([])
    }),
  )
})
