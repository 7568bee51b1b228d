import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Database } from '../db/database'
import { addDownload } from '../db/files'
import type { Fault } from '../practice/simulator/faults'
import { samplePng } from '../practice/simulator/sample-images'
import type { Simulator } from '../practice/simulator/simulator'
import { startSimulator } from '../practice/simulator/start-simulator'
import { memoryLog } from '../testing/office'
import { depsOf, openTestDatabase } from '../testing/test-database'
import { createFetching } from '../usecases/fetching'
import { type Downloader, pathOfContent, startDownloader, store } from './downloader'
import { createHttpClient, type HttpClient } from './http-client'
import { createApi } from './identify'
import { talker, testOffice } from './dialogue-fixture'

let skew = 0
let simulator: Simulator
let database: Database
let http: HttpClient
let folder: string
let downloader: Downloader | undefined
let refused = 0
let log = memoryLog()
const now = () => Date.now() + skew

async function open(): Promise<void> {
  skew = 0
  refused = 0
  log = memoryLog()
  simulator = await startSimulator()
  database = openTestDatabase(now)
  http = createHttpClient()
  folder = mkdtempSync(join(tmpdir(), 'files-'))
}

afterEach(async () => {
  await downloader?.stop()
  downloader = undefined
  if (!folder) return
  await http.close()
  await simulator.stop()
  database.close()
  rmSync(folder, { recursive: true, force: true })
  folder = ''
})

function start(over: Partial<Parameters<typeof startDownloader>[0]> = {}): void {
  downloader = startDownloader({
    api: createApi(simulator.token, simulator.apiRoot, http),
    http,
    apiRoot: simulator.apiRoot,
    token: simulator.token,
    folder,
    database,
    fetching: createFetching(depsOf(database, now)),
    now,
    log,
    onTokenRefused: () => {
      refused += 1
    },
    ...over,
  })
}

/** Somebody sends a file, and it waits to be fetched. */
function waiting(bytes: Uint8Array, uniqueId: string, declaredSize?: number): void {
  const anna = simulator.people.addPerson({ id: 501, first_name: 'Anna' })
  const messageId = anna.sendDocument(bytes, {
    fileName: 'x.bin',
    mimeType: 'application/octet-stream',
    ...(declaredSize === undefined ? {} : { declaredSize }),
  })
  const fileId = anna.messages().find((message) => message.messageId === messageId)?.document?.fileId ?? ''
  database.transact((db) => {
    addDownload(db, {
      uniqueId,
      fileId,
      state: 'waiting',
      sha256: null,
      attempts: 0,
      notBefore: 0,
      createdAt: now(),
      lastError: null,
    })
  })
}

function downloads(): unknown[] {
  return database.sqlite
    .prepare('select unique_id, state, attempts, last_error from downloads order by 1')
    .raw()
    .all()
}

function files(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('/'))
}

async function until(done: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000
  while (!done()) {
    if (Date.now() > deadline) throw new Error(`in vain: ${JSON.stringify(downloads())}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test('a file is stored once under its content, whole, and nothing else is left', async () => {
  await open()
  const bytes = samplePng(50, 40)
  waiting(bytes, 'one')
  waiting(bytes, 'two')
  start()
  await until(() => downloads().every((row) => (row as unknown[])[1] === 'stored'))
  const [sha256] = database.sqlite.prepare('select distinct sha256 from downloads').pluck().all()
  const path = pathOfContent(folder, String(sha256))

  expect([files(), readFileSync(path).equals(bytes), statSync(path).mode & 0o777]).toEqual([
    [`${String(sha256).slice(0, 2)}/${String(sha256)}`],
    true,
    0o600,
  ])
})

test('a file that is too big is marked, whether its sender says so or Telegram', async () => {
  await open()
  waiting(new Uint8Array(10), 'big', 21 * 1024 * 1024)
  start()
  await until(() => (downloads()[0] as unknown[])[1] !== 'waiting')
  const fetched = downloads()
  await downloader?.stop()
  const office = await testOffice()
  const anna = talker(office, 501, 'Anna Petrova')
  anna.phone.sendDocument(new Uint8Array(10), {
    fileName: 'film.mov',
    mimeType: 'video/quicktime',
    declaredSize: 21 * 1024 * 1024,
  })
  await office.settled()

  expect(fetched).toEqual([['big', 'too-big', 1, null]])
  expect(office.database.sqlite.prepare('select state, attempts from downloads').raw().all()).toEqual([
    ['too-big', 0],
  ])
  expect(office.simulator.ledger.some(({ method }) => method === 'getFile')).toBe(false)
})

const passing: [string, string, Fault, string][] = [
  ['Telegram’s trouble', 'getFile', { kind: 'status', status: 500 }, 'server'],
  [
    'a missing path',
    'getFile',
    { kind: 'malformed', body: '{"ok":true,"result":{"file_id":"x"}}' },
    'no path',
  ],
  ['nobody there', 'getFile', { kind: 'dropBefore' }, 'network'],
  ['a file that is not there', 'file', { kind: 'status', status: 404 }, 'not there'],
  ['a cut file', 'file', { kind: 'closeMidBody' }, 'network'],
  ['a broken server', 'file', { kind: 'status', status: 503 }, 'network'],
]

test.each(passing)(
  '%s is tried again with growing pauses until it goes well',
  async (_name, method, fault, error) => {
    await open()
    simulator.faults.times(method, 3, fault)
    waiting(samplePng(20, 20), 'one')
    start()
    const pauses: number[] = []
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await until(() => (downloads()[0] as unknown[])[2] === attempt)
      expect(downloads()).toEqual([['one', 'waiting', attempt, error]])
      pauses.push(
        Math.round(
          (Number(database.sqlite.prepare('select not_before from downloads').pluck().get()) - now()) / 1000,
        ),
      )
      skew += 10_000
      downloader?.wake()
    }
    await until(() => (downloads()[0] as unknown[])[1] === 'stored')

    expect([pauses, files().length]).toEqual([[2, 4, 8], 1])
  },
)

test('a file that cannot be had for a day is given up, and one that Telegram does not know at once', async () => {
  await open()
  waiting(samplePng(20, 20), 'gone')
  database.sqlite.prepare("update downloads set file_id = 'nobody'").run()
  waiting(samplePng(21, 20), 'late')
  simulator.faults.always('file', { kind: 'status', status: 500 })
  start()
  await until(() => downloads().every((row) => (row as unknown[])[2] === 1))
  const early = downloads()
  skew += 25 * 3_600_000
  downloader?.wake()
  await until(() => (downloads()[1] as unknown[])[1] === 'failed')

  expect([early, downloads()[1]]).toEqual([
    [
      ['gone', 'failed', 1, expect.stringContaining('invalid file_id')],
      ['late', 'waiting', 1, 'network'],
    ],
    ['late', 'failed', 2, 'network'],
  ])
})

test('a refused token is told and costs the file nothing', async () => {
  await open()
  waiting(samplePng(20, 20), 'one')
  simulator.revokeToken()
  start({
    onTokenRefused: () => {
      refused += 1
      void downloader?.stop()
    },
  })
  await until(() => refused === 1)

  expect([downloads(), refused]).toEqual([[['one', 'waiting', 0, null]], 1])
})

test('a file that cannot be written or noted leaves no half of itself, and does not spin', async () => {
  await open()
  writeFileSync(join(folder, 'in-the-way'), '')
  waiting(samplePng(20, 20), 'one')
  start({ folder: join(folder, 'in-the-way') })
  await until(() => (downloads()[0] as unknown[])[2] === 1)
  await downloader?.stop()
  const unwritable = downloads()
  skew += 60_000
  let tries = 0
  start({
    fetching: {
      settle: () => {
        tries += 1
        throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
      },
    },
  })
  await until(() => tries === 1)
  for (let round = 0; round < 5; round += 1) {
    downloader?.wake()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }

  expect([unwritable, tries]).toEqual([[['one', 'waiting', 1, 'network']], 1])
  expect(log.lines.map(({ message }) => message)).toEqual(['A fetched file could not be noted'])
})

test('a part that an earlier run has left is replaced by the whole', async () => {
  await open()
  const first = await store(folder, samplePng(10, 10))
  const path = pathOfContent(folder, first)
  writeFileSync(`${path}.part`, 'half')
  writeFileSync(path, 'ha')
  const second = await store(folder, samplePng(10, 10))

  expect([second, readFileSync(path).equals(samplePng(10, 10)), existsSync(`${path}.part`)]).toEqual([
    first,
    true,
    false,
  ])
})

test('no line of the log and no row holds the token', async () => {
  await open()
  for (const [, method, fault] of passing) simulator.faults.once(method, fault)
  waiting(samplePng(20, 20), 'one')
  start()
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    await until(() => Number((downloads()[0] as unknown[])[2]) >= attempt)
    skew += 100_000
    downloader?.wake()
  }

  expect(JSON.stringify([log.lines, downloads()])).not.toContain(simulator.token.split(':')[1])
})
