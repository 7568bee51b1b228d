import { expect, test } from 'vitest'
import type { WindowError } from '../../shared/model/log-line'
import { memoryLog } from '../testing/office'
import { createRedactor } from './redact'
import { createWindowErrors } from './window-errors'

const MESSAGE = 'Cannot read "water drips on my canary" of +34 612 34 56 78'
const told: WindowError = {
  kind: 'drawing',
  name: 'TypeError',
  message: MESSAGE,
  code: 'E_CARD',
  stack: `TypeError: ${MESSAGE}\n    at Card (app://desk/home/canary/index.js:3:4)`,
  component: 'Card',
}

test('an error of a window is logged like any other, with where it comes from and without what it quotes', () => {
  const log = memoryLog()
  createWindowErrors(log, () => 0)(told)
  const [line] = log.lines
  const { fields: redact } = createRedactor()
  // Given by createWindowErrors itself.
  expect([line?.level, line?.message, redact(line?.fields as Record<string, unknown>)]).toEqual([
    'error',
    'A window had an error',
    {
      error: {
        name: 'TypeError',
        message: 'Cannot read "[left out]" of [left out]',
        code: 'E_CARD',
        frames: ['Card canary/index.js:3:4'],
      },
      scope: 'window',
      kind: 'drawing',
      component: 'Card',
    },
  ])
})

test('a window that fails with every frame does not fill the log, and what was left out is counted', () => {
  let now = 0
  const log = memoryLog()
  const write = createWindowErrors(log, () => now)
  for (let count = 0; count < 1000; count += 1) write(told)
  const atOnce = log.lines.length
  now = 3_500
  write(told)
  write(told)
  expect([atOnce, log.lines.length, (log.lines.at(-1)?.fields as { skipped?: number }).skipped]).toEqual([
    20, 21, 980,
  ])
})

test.each([
  ['of the language', 'TypeError', 'x is not a function', 'x is not a function'],
  ['of React', 'Error', 'Minified React error #310; visit Anna', 'Minified React error #310'],
  ['of our own guard', 'Error', 'Missing: element #root', 'Missing: element #root'],
  ['of anybody else', 'Error', 'Anna said that water drips', ''],
])('the message of an error %s', (_what, name, message, expected) => {
  const log = memoryLog()
  createWindowErrors(
    log,
    () => 0,
  )({ ...told, name, message, stack: `${name}: ${message}\n    at f (a/b/c.js:1:2)` })
  const { error } = createRedactor().fields(log.lines[0]?.fields as Record<string, unknown>)
  expect(error).toEqual({ name, message: expected, code: 'E_CARD', frames: ['f b/c.js:1:2'] })
})
