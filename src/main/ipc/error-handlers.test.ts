import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openErrorBook } from '../errors/error-book'
import { createMeasures } from '../telemetry/measures'
import { memoryLog } from '../testing/office'
import { createRedactor } from '../telemetry/redact'
import { errorHandlers, REPORTS_A_MINUTE } from './error-handlers'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handlers-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const OFF = { hasAddress: false, isOn: false, withMemory: false }

function open() {
  const log = memoryLog()
  const measures = createMeasures()
  const clock = { now: 0 }
  const book = openErrorBook({ folder, version: '1' })
  const handlers = errorHandlers({
    book,
    reports: { settings: () => OFF, agree: () => OFF },
    log,
    measures,
    now: () => clock.now,
  })
  return { log, clock, handlers, measures }
}

const told = {
  how: 'thrown',
  name: 'TypeError',
  message: 'Cannot show Annabella',
  stack: 'TypeError: Cannot show Annabella\nAnnabella\n    at draw (app://desk/assets/first-x.js:1:22)',
} as const

test('an error of the window is logged under its name and place, without its own words', () => {
  const { log, handlers } = open()
  void handlers.report(told)
  const [{ level, message, fields } = { level: '', message: '', fields: {} }] = log.lines
  expect([level, message, createRedactor().fields(fields as Record<string, unknown>)]).toEqual([
    'error',
    'The window has met an error',
    {
      scope: 'window',
      error: { name: 'TypeError', message: '', frames: ['draw assets/first-x.js:1:22'] },
    },
  ])
})

test('a window that fails without end is heard so often in a minute, and once that it is too much', () => {
  const { log, clock, handlers } = open()
  for (let index = 0; index < 100; index += 1) void handlers.report(told)
  const inTheFirst = log.lines.map(({ level }) => level)
  clock.now += 60_000
  for (let index = 0; index < 100; index += 1) void handlers.report(told)
  expect([
    inTheFirst.filter((level) => level === 'error').length,
    inTheFirst.filter((level) => level === 'warn').length,
    log.lines.filter(({ level }) => level === 'error').length,
  ]).toEqual([REPORTS_A_MINUTE, 1, 2 * REPORTS_A_MINUTE])
})

test('every error that a window reports is counted, also when too many come to be written down', () => {
  const { handlers, measures } = open()
  for (let count = 0; count < REPORTS_A_MINUTE + 5; count += 1) void handlers.report(told)
  expect(measures.counter('window-errors')).toBe(REPORTS_A_MINUTE + 5)
})
