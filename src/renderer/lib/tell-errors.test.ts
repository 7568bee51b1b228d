// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { WindowError } from '../../shared/model/log-line'
import { componentOf, createTellError, watchWindow } from './tell-errors'

function recording() {
  const calls: { path: string; input: unknown }[] = []
  const tell = createTellError({
    invoke: (path, input) => {
      calls.push({ path, input })
      return Promise.reject(new Error('main has gone'))
    },
  })
  return { tell, calls }
}

test('what nobody has caught is told as the contract takes it', () => {
  const { tell, calls } = recording()
  watchWindow(tell)
  const error = Object.assign(new RangeError('Too far'), { code: 'E_FAR', stack: 'RangeError: Too far' })
  window.dispatchEvent(new ErrorEvent('error', { error }))
  window.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: 'water drips' }))
  expect(calls).toEqual([
    {
      path: 'log.write',
      input: {
        kind: 'uncaught',
        name: 'RangeError',
        message: 'Too far',
        code: 'E_FAR',
        stack: 'RangeError: Too far',
        component: null,
      },
    },
    {
      path: 'log.write',
      input: { kind: 'rejection', name: 'string', message: '', code: null, stack: '', component: null },
    },
  ])
})

test('texts of any length fit the contract', () => {
  const { tell, calls } = recording()
  const long = 'x'.repeat(10_000)
  tell('drawing', Object.assign(new Error(long), { name: long, code: long, stack: long }), long)
  expect(WindowError.safeParse(calls[0]?.input).success).toBe(true)
})

test('the same error is told five times, and all together a hundred', () => {
  const { tell, calls } = recording()
  for (let count = 0; count < 50; count += 1) tell('uncaught', new Error('The same'))
  const same = calls.length
  for (let count = 0; count < 500; count += 1) tell('uncaught', new Error(`Another ${String(count)}`))
  expect([same, calls.length]).toEqual([5, 100])
})

test('an error whose properties throw is no second error', () => {
  const { tell, calls } = recording()
  const hostile = Object.defineProperty(new Error('x'), 'message', {
    get: () => {
      throw new Error('no')
    },
  })
  tell('uncaught', hostile)
  expect(calls).toEqual([])
})

test('names the component that could not be drawn', () => {
  expect([
    componentOf('\n    at Card (app://desk/a.js:1:2)\n    at Board'),
    componentOf(''),
    componentOf(null),
  ]).toEqual(['Card', null, null])
})
