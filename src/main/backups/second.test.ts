import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Sqlite } from '../db/connection'
import { openSqlite } from '../db/connection'
import { builtThread, removeBuilt } from '../testing/backup-thread'
import { type Lock, makeLock } from './age'
import { createBackupDoor } from './door'
import { drill } from './drill'
import { BackupError } from './errors'
import { makeBackup } from './make'
import {
  addFile,
  addRequest,
  byHand,
  clearFolders,
  MIGRATIONS,
  newFolder,
  newOffice,
  NOON,
} from './office-fixture'
import { copyToSecond } from './second'
import { readShelf, setPinned } from './shelf'

let threadFile: string
beforeAll(async () => {
  threadFile = await builtThread()
}, 60_000)
afterEach(clearFolders)
afterAll(removeBuilt)

const HOUR = 3_600_000
let office: { folder: string; sqlite: Sqlite }
let shelf: string
let stick: string
let there: string
beforeEach(() => {
  office = newOffice()
  shelf = join(office.folder, 'backups')
  stick = newFolder()
  there = join(stick, 'facility-dispatcher-00000001')
})
afterEach(() => {
  office.sqlite.close()
})

type Locked = (Lock & { readonly key: string }) | null
const make = (hours: number, lock: Locked = null) =>
  makeBackup(byHand(office.folder, threadFile, { now: NOON + hours * HOUR, lock, reason: 'hourly' }))
const copy = (lock: Locked = null) => copyToSecond({ shelf, secondFolder: stick, officeId: '00000001', lock })
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof BackupError ? error.code : error),
  )
const door = (dataFolder: string, given: { passphrase?: string } = {}) =>
  createBackupDoor({
    dataFolder,
    secondFolder: stick,
    now: () => NOON + 9000,
    passphrase: () => given.passphrase ?? null,
    threadFile,
    migrationsFolder: MIGRATIONS,
  })

describe('a second folder', () => {
  test('takes every backup with its files, each once, and follows their pins', async () => {
    const hash = addFile(office, 'picture')
    await make(0)
    const first = await copy()
    const { manifest } = await make(1)
    setPinned(shelf, manifest.id, true)
    const second = [await copy(), await copy()]
    setPinned(shelf, manifest.id, false)
    await copy()
    const file = readFileSync(join(there, 'files', hash.slice(0, 2), hash), 'utf8')
    expect([first, second, readShelf(there), file]).toEqual([1, [1, 0], readShelf(shelf), 'picture'])
  })

  test('that is not connected is told of, and nothing is made in its place', async () => {
    await make(0)
    rmSync(stick, { recursive: true })
    expect([await codeOf(copy()), await codeOf(make(1))]).toEqual(['backup-missing', 'no error'])
  })

  test('takes no copy that can not be read back the same, but all others', async () => {
    const { manifest } = await make(0)
    const next = await make(1)
    const path = join(shelf, `${manifest.id}.db`)
    const bytes = readFileSync(path)
    bytes[100] = (bytes[100] ?? 0) ^ 1
    writeFileSync(path, bytes)
    expect([await codeOf(copy()), readShelf(there)]).toEqual(['backup-damaged', [next.manifest]])
  })

  test('rotates by itself', async () => {
    await make(0)
    await copy()
    await make(0.1)
    await copy()
    expect(readShelf(there)).toEqual(readShelf(shelf))
  })

  test('holds nothing in plain once backups are locked', async () => {
    const hash = addFile(office, 'picture')
    await make(0)
    const lock = await makeLock('correct horse', 10)
    const { manifest } = await make(1, lock)
    await copy(lock)
    const names = readdirSync(join(there, 'files', hash.slice(0, 2)))
    expect([readShelf(there).map(({ id }) => id), names]).toEqual([[manifest.id], [`${hash}.age`]])
  })
})

describe('the door', () => {
  test('lists what is here and in the second folder, newest first, each once', async () => {
    await make(0)
    const { manifest } = await make(1)
    await copy()
    for (const end of ['.json', '.db', '.files']) rmSync(join(shelf, manifest.id + end))
    const list = await door(office.folder).list()
    expect(list.map(({ madeAt, place, requests, people }) => ({ madeAt, place, requests, people }))).toEqual([
      { madeAt: NOON + HOUR, place: 'second', requests: 3, people: 1 },
      { madeAt: NOON, place: 'here', requests: 3, people: 1 },
    ])
  })

  test('shows what a restore would change', async () => {
    const { manifest } = await make(0)
    addRequest(office.sqlite, 4)
    const { then, now, tooNew } = await door(office.folder).preview(manifest.id)
    const rest = { people: 1, comments: 0, files: 0 }
    expect({ then, now, tooNew }).toEqual({
      then: { requests: 3, newestRequestAt: NOON + 3, ...rest },
      now: { requests: 4, newestRequestAt: NOON + 4, ...rest },
      tooNew: false,
    })
  })

  test('brings an office to a new computer from the second folder, with its passphrase and its files', async () => {
    const hash = addFile(office, 'picture')
    const lock = await makeLock('correct horse', 10)
    const { manifest } = await make(0, lock)
    await copy(lock)
    const home = newFolder()
    const codes = [
      await codeOf(door(home).restore(manifest.id, () => {})),
      await codeOf(door(home, { passphrase: 'battery' }).restore(manifest.id, () => {})),
      await codeOf(door(home, { passphrase: 'correct horse' }).restore(manifest.id, () => {})),
    ]
    const restored = openSqlite(join(home, 'dispatcher.db'))
    const count = restored.prepare('select count(*) from requests').pluck().get()
    restored.close()
    const file = readFileSync(join(home, 'files', hash.slice(0, 2), hash), 'utf8')
    expect([codes, count, file]).toEqual([
      ['passphrase-needed', 'wrong-passphrase', 'no error'],
      3,
      'picture',
    ])
  })
})

describe('a drill', () => {
  const tryOut = (key: string | null = null) =>
    drill({ shelf, id: null, now: NOON + 9000, key, passphrase: null })

  test('restores the newest backup for trial, and notes in its manifest that it is good', async () => {
    await make(0)
    const { manifest } = await make(1)
    const before = readdirSync(shelf)
    const drilled = await tryOut()
    expect([drilled, readShelf(shelf).map(({ verifiedAt }) => verifiedAt), readdirSync(shelf)]).toEqual([
      { id: manifest.id, missingFiles: 0 },
      [NOON, NOON + 9000],
      before,
    ])
  })

  test('finds a backup that has changed since', async () => {
    const { manifest } = await make(0)
    const path = join(shelf, `${manifest.id}.db`)
    const bytes = readFileSync(path)
    const at = bytes.indexOf('It drips')
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(path, bytes)
    expect([await codeOf(tryOut()), readShelf(shelf)[0]?.verifiedAt]).toEqual(['backup-damaged', NOON])
  })

  test('counts files that are gone or changed', async () => {
    const hash = addFile(office, 'picture')
    await make(0)
    rmSync(join(shelf, 'files', hash.slice(0, 2), hash))
    expect((await tryOut()).missingFiles).toEqual(1)
  })

  test('opens a locked backup with the key', async () => {
    const lock = await makeLock('correct horse', 10)
    await make(0, lock)
    expect([await codeOf(tryOut()), await codeOf(tryOut(lock.key))]).toEqual([
      'passphrase-needed',
      'no error',
    ])
  })
})
