import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LogEntry } from '../telemetry/log-entry'
import { span } from '../telemetry/span'
import { entryError } from './entry-error'
import { readConsent } from './report-settings'
import { createReports } from './reports'
import type { Reporter } from './reporter'

const DSN = 'https://key@example.org/1'
let folder: string
let done: unknown[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reports-'))
  done = []
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** A reporter that keeps what it is asked to send. */
const noting: Reporter = {
  capture: ({ code }, trail) => done.push(['sent', code, trail.map(({ sentence }) => sentence)]),
  span: (kind, name, work) => {
    done.push(['span', kind, name])
    return work()
  },
  close: () => {
    done.push('closed')
    return Promise.resolve()
  },
}

function open(dsn: string | null = DSN) {
  const reports = createReports({
    folder,
    dsn,
    load: () => {
      done.push('loaded')
      return Promise.resolve(({ withMemory }) => {
        done.push(['opened', withMemory])
        return noting
      })
    },
  })
  return { ...reports, say: (level: LogEntry['level'], message: string) => hear(reports, level, message) }
}

function hear({ hear }: ReturnType<typeof createReports>, level: LogEntry['level'], message: string): void {
  const fields = level === 'error' ? { error: { name: 'Error', message: '', code: message } } : {}
  const entry = { time: '2026-03-10T10:00:00Z', level, scope: 'x', message, fields } as LogEntry
  hear(entry, level === 'error' ? entryError(entry) : null)
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5))

test('without a yes nothing is loaded, kept or sent', async () => {
  const reports = open()
  reports.say('error', 'one')
  reports.start()
  await turn()
  await reports.stop()
  expect([reports.settings(), done]).toEqual([{ hasAddress: true, isOn: false, withMemory: false }, []])
})

test('without an address a yes is not even kept', async () => {
  const reports = open(null)
  const settings = reports.agree({ isOn: true, withMemory: true })
  reports.start()
  reports.say('error', 'one')
  await turn()
  expect([settings, done, existsSync(join(folder, 'error-reports.json'))]).toEqual([
    { hasAddress: false, isOn: false, withMemory: false },
    [],
    false,
  ])
})

test('what happened before the start is sent at the start, with the lines before it', async () => {
  open().agree({ isOn: true, withMemory: false })
  await turn()
  done = []
  const reports = open()
  reports.say('info', 'hello')
  reports.say('error', 'one')
  expect(done).toEqual([])
  reports.start()
  await turn()
  reports.say('error', 'two')
  span('send', 'sendMessage', () => 1)
  await reports.stop()
  span('send', 'sendMessage', () => 1)
  expect(done).toEqual([
    'loaded',
    ['opened', false],
    ['sent', 'one', ['hello']],
    ['sent', 'two', ['hello', 'one']],
    ['span', 'send', 'sendMessage'],
    'closed',
  ])
})

test('an error that ends the program before the start is sent on its way down', async () => {
  open().agree({ isOn: true, withMemory: true })
  await turn()
  done = []
  const reports = open()
  reports.say('error', 'last')
  await reports.stop()
  expect(done).toEqual(['loaded', ['opened', true], ['sent', 'last', []], 'closed'])
})

test('a no ends the sending and removes what was waiting', async () => {
  const reports = open()
  reports.agree({ isOn: true, withMemory: false })
  await turn()
  const queue = join(folder, 'error-reports')
  mkdirSync(queue)
  writeFileSync(join(queue, 'x.report'), 'x')
  reports.agree({ isOn: false, withMemory: true })
  reports.say('error', 'later')
  await turn()
  expect([done, existsSync(queue), readConsent(folder)]).toEqual([
    ['loaded', ['opened', false], 'closed'],
    false,
    { isOn: false, withMemory: false },
  ])
})

test('the consent is kept for nobody else to read, and anything but a whole file is a no', () => {
  open().agree({ isOn: true, withMemory: true })
  const path = join(folder, 'error-reports.json')
  const kept = [statSync(path).mode & 0o777, readConsent(folder)]
  writeFileSync(path, '{"format":1,"isOn":true}')
  expect([kept, readConsent(folder)]).toEqual([
    [0o600, { isOn: true, withMemory: true }],
    { isOn: false, withMemory: false },
  ])
})
