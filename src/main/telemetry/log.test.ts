import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sourceArguments, sourceEnvironment } from '../testing/run-source'
import { withContext } from './context'
import { createLog, type WholeLog } from './log'
import { createRedactor } from './redact'

let folder = ''

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'log-')), 'logs')
})

afterEach(() => {
  vi.restoreAllMocks()
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

function open(options: Partial<Parameters<typeof createLog>[0]> = {}): WholeLog {
  return createLog({
    folder,
    level: 'info',
    console: false,
    redactor: createRedactor(),
    version: '1.2.3',
    ...options,
  })
}

function lines(name = 'main.log'): unknown[] {
  return readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

const time = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/) as unknown

test('lines are JSON with time, level, scope, message and the fields that may be there', () => {
  const log = open()
  log.info({ version: 'forged' }, 'Started')
  log
    .child('bot')
    .child('poll')
    .warn({ attempt: 2, ms: 1500, text: 'hello', scope: 'forged' }, 'Polling again\n%c {y}')
  log.debug({}, 'Too small to be kept')
  log.flush()
  expect(lines()).toEqual([
    { time, level: 'info', message: 'Started', version: '1.2.3' },
    {
      time,
      level: 'warn',
      scope: 'bot.poll',
      message: 'Polling again\n%c {y}',
      version: '1.2.3',
      attempt: 2,
      ms: 1500,
      text: '[left out]',
    },
  ])
})

test('folder and file are readable by nobody else, even if the file was there before', () => {
  open().warn({}, 'One')
  const path = join(folder, 'main.log')
  const first = statSync(path).mode & 0o777
  chmodSync(path, 0o644)
  open().warn({}, 'Two')
  expect([statSync(folder).mode & 0o777, first, statSync(path).mode & 0o777]).toEqual([0o700, 0o600, 0o600])
})

test('five files are kept, the newest in main.log', () => {
  const log = open({ maxSize: 300 })
  for (let count = 1; count <= 60; count += 1) log.info({ count }, 'Line')
  log.flush()
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
    newest: { time, level: 'info', message: 'Line', version: '1.2.3', count: 60 },
    unbroken: true,
  })
})

test('the console has a form for people, errors on the second output', () => {
  const written: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(`out ${String(text)}`) > 0)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(`err ${String(text)}`) > 0)
  const log = open({ level: 'debug', console: true })
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
  const log = open({ console: true })
  log.info({}, 'Written')
  rmSync(folder, { recursive: true })
  writeFileSync(folder, 'a file where the folder was')
  expect(() => {
    log.warn({}, 'Lost')
  }).not.toThrow()
  expect(written.filter((line) => !line.includes('warn'))).toEqual([
    'A line of the log could not be written.\n',
  ])
})

test('nothing of the log needs Electron', () => {
  const source = ['log.ts', 'log-files.ts']
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
    .join('')
  const script = `const log = require('electron-log/node'); process.stdout.write(String(Object.keys(require.cache).some((path) => /node_modules.electron.index/.test(path))))`
  expect([
    /from 'electron'/.test(source),
    execFileSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    }),
  ]).toEqual([false, 'false'])
})

test('all files together stay under their limit', () => {
  const log = open({ maxSize: 300, maxTotal: 1000 })
  for (let count = 1; count <= 60; count += 1) log.info({ count }, 'Line')
  log.flush()
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size)
  expect({
    files: readdirSync(folder).sort(),
    // One more file may have been begun since they were last counted.
    small: sizes.reduce((total, size) => total + size, 0) <= 1000 + 2 * 300,
  }).toEqual({ files: ['main.1.log', 'main.2.log', 'main.log'], small: true })
})

test('lines are gathered for a moment; a warning brings all before it to the file at once', async () => {
  const log = open()
  log.info({ count: 1 }, 'Line')
  const waiting = existsSync(join(folder, 'main.log'))
  log.warn({ count: 2 }, 'Line')
  const atOnce = lines().length
  log.info({ count: 3 }, 'Line')
  await expect.poll(() => lines().length, { timeout: 2000 }).toBe(3)
  expect([waiting, atOnce]).toEqual([false, 2])
})

test('what waits is written when the program ends', () => {
  const script = [
    `import { createLog } from ${JSON.stringify(join(import.meta.dirname, 'log.ts'))}`,
    `import { createRedactor } from ${JSON.stringify(join(import.meta.dirname, 'redact.ts'))}`,
    `const options = { folder: ${JSON.stringify(folder)}, level: 'info', console: false, version: '1' }`,
    `createLog({ ...options, redactor: createRedactor() }).info({ count: 1 }, 'The last line')`,
    'process.exit(0)',
  ].join('\n')
  const file = join(folder, '..', 'last-line.ts')
  writeFileSync(file, script)
  execFileSync(process.execPath, sourceArguments(pathToFileURL(file)), { env: sourceEnvironment })
  expect(lines()).toEqual([{ time, level: 'info', message: 'The last line', version: '1', count: 1 }])
})

test('the level changes while the program runs, also for those who hold a part of the log', () => {
  const log = open()
  const part = log.child('bot')
  part.debug({}, 'Not wanted yet')
  log.setLevel('debug')
  part.debug({}, 'Wanted')
  log.setLevel('error')
  part.warn({}, 'Not wanted any more')
  log.flush()
  expect([log.level(), lines()]).toEqual([
    'error',
    [{ time, level: 'debug', scope: 'bot', message: 'Wanted', version: '1.2.3' }],
  ])
})

test('each line names the desk once it is known, and what the work is about that it belongs to', () => {
  const log = open()
  const heard: string[] = []
  const unlisten = log.listen(({ message }) => heard.push(message))
  log.info({}, 'One')
  log.setDevice('01234567-0123-7123-8123-012345678901')
  withContext({ updateId: 7, kind: 'message', text: 'water drips' }, () => {
    log.info({ kind: 'photo', scope: 'processor' }, 'Two')
  })
  unlisten()
  log.info({}, 'Three')
  log.flush()
  const device = '01234567-0123-7123-8123-012345678901'
  expect([heard, lines().slice(0, 2)]).toEqual([
    ['One', 'Two'],
    [
      { time, level: 'info', message: 'One', version: '1.2.3' },
      {
        time,
        level: 'info',
        scope: 'processor',
        message: 'Two',
        version: '1.2.3',
        device,
        updateId: 7,
        kind: 'photo',
        text: '[left out]',
      },
    ],
  ])
})
