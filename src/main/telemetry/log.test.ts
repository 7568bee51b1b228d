import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLog } from './log'
import { createRedactor } from './redact'

let folder = ''

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'log-')), 'logs')
})

afterEach(() => {
  vi.restoreAllMocks()
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

function lines(name = 'main.log'): unknown[] {
  return readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

const time = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/) as unknown

test('lines are JSON with time, level, scope, message and the fields that may be there', () => {
  const log = createLog({ folder, level: 'info', console: false, redactor: createRedactor() })
  log.info({ version: '1.2.3' }, 'Started')
  log
    .child('bot')
    .child('poll')
    .warn({ attempt: 2, ms: 1500, text: 'hello', scope: 'forged' }, 'Polling again\n%c {y}')
  log.debug({}, 'Too small to be kept')
  expect(lines()).toEqual([
    { time, level: 'info', message: 'Started', version: '1.2.3' },
    {
      time,
      level: 'warn',
      scope: 'bot.poll',
      message: 'Polling again\n%c {y}',
      attempt: 2,
      ms: 1500,
      text: '[left out]',
    },
  ])
})

test('folder and file are readable by nobody else, even if the file was there before', () => {
  const redactor = createRedactor()
  createLog({ folder, level: 'info', console: false, redactor }).info({}, 'One')
  const path = join(folder, 'main.log')
  const first = statSync(path).mode & 0o777
  chmodSync(path, 0o644)
  createLog({ folder, level: 'info', console: false, redactor }).info({}, 'Two')
  expect([statSync(folder).mode & 0o777, first, statSync(path).mode & 0o777]).toEqual([0o700, 0o600, 0o600])
})

test('five files are kept, the newest in main.log', () => {
  const log = createLog({ folder, level: 'info', console: false, redactor: createRedactor(), maxSize: 300 })
  for (let count = 1; count <= 60; count += 1) log.info({ count }, 'Line')
  const newest = lines().at(-1)
  const counts = ['main.4.log', 'main.3.log', 'main.2.log', 'main.1.log', 'main.log']
    .flatMap((name) => lines(name))
    .map((line) => (line as { count: number }).count)
  expect({
    files: readdirSync(folder).sort(),
    newest,
    unbroken: counts.every((count, index) => count === 60 - counts.length + 1 + index),
  }).toEqual({
    files: ['main.1.log', 'main.2.log', 'main.3.log', 'main.4.log', 'main.log'],
    newest: { time, level: 'info', message: 'Line', count: 60 },
    unbroken: true,
  })
})

test('the console has a form for people, errors on the second output', () => {
  const written: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(`out ${String(text)}`) > 0)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(`err ${String(text)}`) > 0)
  const log = createLog({ folder, level: 'debug', console: true, redactor: createRedactor() })
  const error = Object.assign(new Error('Refused', { cause: new Error('Closed') }), { code: 401 })
  error.stack = 'Error: Refused\n    at call (/a/b/c/main/bot.js:1:2)'
  log.child('bot').info({ count: 2, state: 'receiving' }, 'Received')
  log.error({ error }, 'Stopped')
  const plain = written.map((text) =>
    text.replace(/\u001b\[\d+m/g, '').replace(/\d\d:\d\d:\d\d\.\d{3}/, 'TIME'),
  )
  expect(plain).toEqual([
    'out TIME info  bot: Received count=2 state=receiving\n',
    'err TIME error Stopped error=Error [401]: Refused <- Error: Closed\n      at call main/bot.js:1:2\n',
  ])
})

test('a log that cannot be written says so and does not stop the program', () => {
  const written: string[] = []
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  const log = createLog({ folder, level: 'info', console: true, redactor: createRedactor() })
  log.info({}, 'Written')
  rmSync(folder, { recursive: true })
  writeFileSync(folder, 'a file where the folder was')
  expect(() => {
    log.info({}, 'Lost')
  }).not.toThrow()
  expect(written).toEqual(['A line of the log could not be written.\n'])
})

test('nothing of the log needs Electron', () => {
  const source = readFileSync(join(import.meta.dirname, 'log.ts'), 'utf8')
  const script = `const log = require('electron-log/node'); process.stdout.write(String(Object.keys(require.cache).some((path) => /node_modules.electron.index/.test(path))))`
  expect([
    /from 'electron'/.test(source),
    execFileSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    }),
  ]).toEqual([false, 'false'])
})
