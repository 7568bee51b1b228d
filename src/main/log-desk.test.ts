import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LogFilter } from '../shared/model/log-line'
import { openLogDesk } from './log-desk'
import { Refusal } from '../shared/model/refusal'
import type { Environment } from './settings/environment'
import { readLevel } from './telemetry/level-file'
import { createLog } from './telemetry/log'
import { createRedactor } from './telemetry/redact'

const TOKEN = '123456789:AAH-canaryCanary_canaryCanary0123456'
const CANARIES = [TOKEN, '612 34 56 78', 'Канарейкина', 'water drips']
const ALL: LogFilter = { level: 'debug', scope: null, request: null, text: '' }
const environment: Environment = {
  dataFolder: '/nowhere',
  botToken: TOKEN,
  apiRoot: null,
  sentryDsn: null,
  logLevel: null,
  undoMs: 6000,
  alertStepMs: 60_000,
  healthPort: null,
  healthToken: null,
}
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-desk-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** The code with which the call is refused. */
async function refusalOf(call: () => unknown): Promise<unknown> {
  try {
    return await call()
  } catch (error) {
    return error instanceof Refusal ? error.code : error
  }
}

function open(given: { environment?: Environment; chosen?: string | null } = {}) {
  const redactor = createRedactor()
  const log = createLog({ folder, level: 'info', console: false, redactor, version: '1.2.3' })
  const desk = openLogDesk({
    environment: given.environment ?? environment,
    log,
    logFolder: folder,
    redactor,
    session: () => Promise.reject(new Error('The data are not open')),
    chooseFile: () => Promise.resolve(given.chosen ?? null),
  })
  return { log, desk }
}

test('the newest lines are those that were written before, even those that still waited in memory', async () => {
  const { log, desk } = open()
  for (let count = 1; count <= 5; count += 1) log.info({ count }, 'Line')
  const opening = desk.open({ filter: ALL, limit: 2 })
  // These are told of: they must not stand in the page too.
  log.warn({ count: 6 }, 'Line')
  const { tail, page } = await opening
  const older =
    page.before === null ? null : await desk.older({ filter: ALL, before: page.before, limit: 10 })
  await desk.close()
  expect([tail, page.lines.map(({ fields }) => fields['count']), older?.lines.length]).toEqual([1, [4, 5], 3])
})

test('a line is never both in the first page and told of afterwards', async () => {
  const { log, desk } = open()
  log.warn({ count: 0 }, 'Line')
  const newest: unknown[] = []
  for (let count = 1; count <= 40; count += 1) {
    const opening = desk.open({ filter: ALL, limit: 1 })
    log.warn({ count }, 'Line')
    newest.push((await opening).page.lines[0]?.fields['count'])
  }
  await desk.close()
  expect(newest).toEqual(Array.from({ length: 40 }, (_, index) => index))
})

test('a log that does not exist yet has no lines', async () => {
  const { desk } = open()
  const { page } = await desk.open({ filter: ALL, limit: 2 })
  await desk.close()
  expect(page).toEqual({ lines: [], before: null })
})

test('the level is changed at once and for the next start', async () => {
  const { log, desk } = open()
  const before = await desk.level()
  const after = await desk.setLevel({ level: 'debug' })
  log.debug({ count: 1 }, 'Now wanted')
  log.flush()
  expect([
    before,
    after,
    readLevel(folder),
    readFileSync(join(folder, 'main.log'), 'utf8').includes('Now wanted'),
  ]).toEqual([{ level: 'info', isFixed: false }, { level: 'debug', isFixed: false }, 'debug', true])
})

test('a variable wins over the desk, which is told so', async () => {
  const { log, desk } = open({ environment: { ...environment, logLevel: 'info' } })
  const refused = await refusalOf(() => desk.setLevel({ level: 'debug' }))
  expect([await desk.level(), refused, log.level(), readLevel(folder)]).toEqual([
    { level: 'info', isFixed: true },
    'log-level-fixed',
    'info',
    null,
  ])
})

test('a report is saved exactly as it was shown, for nobody else to read, and holds nothing of people', async () => {
  const chosen = join(folder, 'report.txt')
  const { log, desk } = open({ chosen })
  const error = new Error(`Telegram said "water drips" to ${TOKEN} of +34 612 34 56 78`)
  log.error({ error, kind: 'Анна Канарейкина', scope: 'sender' }, 'A message was not sent')
  const { text, name } = await desk.report()
  const saved = await desk.saveReport()
  expect({
    name: /^facility-dispatcher-report-\d{4}-\d\d-\d\d-\d{4}\.txt$/.test(name),
    saved,
    same: readFileSync(chosen, 'utf8') === text,
    mode: statSync(chosen).mode & 0o777,
    parts: text.match(/^== .* ==$/gm),
    facts: text.includes('data: not-open'),
    line: text.includes('error sender: A message was not sent kind=[left out]'),
    canaries: CANARIES.filter((canary) => text.includes(canary)),
  }).toEqual({
    name: true,
    saved: { saved: true },
    same: true,
    mode: 0o600,
    parts: [
      '== Facility Dispatcher: report for support ==',
      '== Versions ==',
      '== Health ==',
      '== Settings ==',
      '== Log (all 1 lines) ==',
    ],
    facts: true,
    line: true,
    canaries: [],
  })
})

test('nothing is saved that was not shown, or when nobody chose a place, or where it can not be written', async () => {
  const unseen = open({ chosen: join(folder, 'report.txt') })
  const cancelled = open({ chosen: null })
  await cancelled.desk.report()
  const nowhere = open({ chosen: join(folder, 'missing', 'report.txt') })
  await nowhere.desk.report()
  expect([
    await refusalOf(() => unseen.desk.saveReport()),
    await cancelled.desk.saveReport(),
    await refusalOf(() => nowhere.desk.saveReport()),
  ]).toEqual(['not-found', { saved: false }, 'report-not-saved'])
})
