import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { contract, type Handlers } from '../../shared/ipc/contract'
import type { Method } from '../../shared/ipc/method'
import { type RefusalCode, Refusal } from '../../shared/model/refusal'
import { addRequest, clearFolders, newFolder, newOffice } from '../backups/office-fixture'
import { type Backups, createBackups } from '../backups/service'
import { openSqlite, type Sqlite } from '../db/connection'
import type { Log } from '../telemetry/log'
import { builtThread, removeBuilt } from '../testing/backup-thread'
import { backupHandlers, backupOf, oldBackup, type RestoreTold } from './backup-handlers'

const HOUR = 3_600_000
const log: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => log }
const refusalOf = (work: unknown): Promise<RefusalCode | 'no refusal'> =>
  Promise.resolve(work).then(
    () => 'no refusal',
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error as Error)),
  )

let threadFile: string
beforeAll(async () => {
  threadFile = await builtThread()
}, 60_000)
afterEach(clearFolders)
afterAll(removeBuilt)

let office: { folder: string; sqlite: Sqlite }
let stick: string
let now: number
let keys: string[]
let changes: number
let backups: Backups
let handlers: Handlers['backups']
let told: RestoreTold[]
let closing: Promise<void> | null
beforeEach(() => {
  office = newOffice()
  stick = newFolder()
  now = Date.now()
  keys = []
  changes = 0
  told = []
  closing = null
  backups = createBackups({
    dataFolder: office.folder,
    now: () => now,
    log,
    onChange: () => {
      changes += 1
    },
    keys: { load: () => keys.at(-1) ?? null, save: (key) => keys.push(key) },
    threadFile,
  })
  handlers = backupHandlers({
    backups,
    chooseFolder: () => Promise.resolve(stick),
    whileClosed: (work) => {
      office.sqlite.close()
      closing = backups.stop().then(() => work((event) => told.push(event)))
    },
  })
})
afterEach(async () => {
  await backups.stop()
  office.sqlite.close()
})

const newest = async () => (await handlers.list())[0]?.id ?? ''
const requestsNow = () => {
  const sqlite = openSqlite(join(office.folder, 'dispatcher.db'))
  const count = sqlite.prepare('select count(*) from requests').pluck().get()
  sqlite.close()
  return count
}
const settled = () => handlers.makeNow()

describe('the contract', () => {
  const inputs = async (): Promise<Readonly<Record<string, unknown>>> => {
    await handlers.makeNow()
    const id = await newest()
    return {
      state: undefined,
      list: undefined,
      makeNow: undefined,
      pin: { id, pinned: true },
      preview: { id },
      restore: { id, passphrase: null },
      chooseSecondFolder: undefined,
      forgetSecondFolder: undefined,
      setPassphrase: { passphrase: null },
    }
  }
  const methods = Object.entries<Method>(contract.backups)
  test.each(methods)('backups.%s gives what it promises', async (name, method) => {
    const input = (await inputs())[name]
    const serve = handlers[name as keyof typeof handlers] as (given: unknown) => unknown
    const given = await serve(method.input.parse(input))
    expect(method.output.parse(given)).toEqual(given)
    await closing
  })
})

describe('the desk', () => {
  test('hears of a backup while it is made, and when it was made', async () => {
    const before = await handlers.state()
    await handlers.makeNow()
    expect([before.lastAt, (await handlers.state()).lastAt, changes > 3]).toEqual([null, now, true])
  })

  test('is warned of a backup that is too old, in the banner and under Attention', async () => {
    await handlers.makeNow()
    const madeAt = now
    const fresh = [backupOf(backups), oldBackup(backups)]
    now += 27 * HOUR
    expect([fresh, backupOf(backups), oldBackup(backups)]).toEqual([
      [{ lastAt: madeAt, isOld: false }, []],
      { lastAt: madeAt, isOld: true },
      [{ kind: 'backup', at: madeAt }],
    ])
  })

  test('learns why a backup was not made', async () => {
    office.sqlite.pragma('foreign_keys = off')
    office.sqlite.exec("update requests set user_id = 'nobody' where id = 'request-1'")
    const code = await refusalOf(handlers.makeNow())
    expect([code, (await handlers.state()).problem]).toEqual([
      'data-damaged',
      { code: 'data-damaged', at: now },
    ])
  })

  test('sees how the second folder does', async () => {
    const missing = join(stick, 'gone')
    backups.setSecondFolder(missing)
    await settled()
    const failing = (await handlers.state()).second
    mkdirSync(missing)
    now += HOUR
    await settled()
    const copied = (await handlers.state()).second
    await handlers.forgetSecondFolder()
    expect([failing, copied, (await handlers.state()).second]).toEqual([
      { path: missing, copiedAt: null, failsSince: now - HOUR },
      { path: missing, copiedAt: now, failsSince: null },
      null,
    ])
  })
})

describe('a restore', () => {
  test('is done on closed data and tells how far it has come', async () => {
    await handlers.makeNow()
    addRequest(office.sqlite, 4)
    await handlers.restore({ id: await newest(), passphrase: null })
    await closing
    const steps = told.map((event) => ('progress' in event ? event.progress.step : event.failed))
    expect([requestsNow(), steps[0], steps.at(-1)]).toEqual([3, 'checking', 'done'])
  })

  test('that is impossible is refused before anything is closed', async () => {
    const codes = [await refusalOf(handlers.restore({ id: 'none', passphrase: null }))]
    await handlers.setPassphrase({ passphrase: 'three blue lifts' })
    await handlers.makeNow()
    const id = await newest()
    codes.push(await refusalOf(handlers.restore({ id, passphrase: 'wrong one' })))
    keys = []
    const { needsPassphrase } = await handlers.preview({ id })
    codes.push(await refusalOf(handlers.restore({ id, passphrase: null })))
    expect([codes, needsPassphrase, closing]).toEqual([
      ['backup-missing', 'wrong-passphrase', 'passphrase-needed'],
      true,
      null,
    ])
  })

  test('that fails tells why, and the data are as they were', async () => {
    await handlers.makeNow()
    const id = await newest()
    const path = join(office.folder, 'backups', `${id}.db`)
    const bytes = readFileSync(path)
    const at = bytes.indexOf('It drips')
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(path, bytes)
    addRequest(office.sqlite, 4)
    await handlers.restore({ id, passphrase: null })
    const failure = await closing?.then(
      () => 'no error',
      () => 'failed',
    )
    expect([failure, told.at(-1), requestsNow()]).toEqual(['failed', { failed: 'backup-damaged' }, 4])
  })
})

describe('locked backups', () => {
  test('are made without the passphrase, which is kept nowhere', async () => {
    await handlers.setPassphrase({ passphrase: 'three blue lifts' })
    await handlers.makeNow()
    const [backup] = await handlers.list()
    const kept = readFileSync(join(office.folder, 'backups.json'), 'utf8')
    expect([backup?.encrypted, kept.includes('blue'), kept.includes(keys[0] ?? '')]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('are not replaced by plain ones when the key is gone', async () => {
    await handlers.setPassphrase({ passphrase: 'three blue lifts' })
    keys = []
    expect([await refusalOf(handlers.makeNow()), await handlers.list()]).toEqual(['passphrase-needed', []])
  })
})

describe('the clock', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  test('makes a daily backup, tries it out, and warns of none', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    backups.start()
    vi.advanceTimersByTime(2 * 60_000)
    vi.useRealTimers()
    await vi.waitFor(async () => expect((await handlers.state()).lastDrill).not.toBeNull(), 50_000)
    const [backup] = await handlers.list()
    expect([backup?.reason, (await handlers.state()).lastDrill]).toEqual(['daily', { at: now, good: true }])
  })

  test('tells when the newest backup could not be brought back', async () => {
    await handlers.makeNow()
    const id = await newest()
    rmSync(join(office.folder, 'backups', `${id}.db`))
    writeFileSync(join(office.folder, 'backups', `${id}.db`), 'something else')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    backups.start()
    vi.advanceTimersByTime(2 * 60_000)
    vi.useRealTimers()
    await vi.waitFor(async () => expect((await handlers.state()).lastDrill).not.toBeNull(), 50_000)
    expect((await handlers.state()).lastDrill).toEqual({ at: now, good: false })
  })
})
