import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSqlite, type Sqlite } from '../db/connection'
import { databaseOf } from '../db/database'
import { deviceIdOf } from '../db/device'
import { findDue, findTrouble } from '../db/outbox'
import type { RestoreProgress } from '../../shared/model/backups'
import { builtThread, removeBuilt } from '../testing/backup-thread'
import { makeLock } from './age'
import { BackupError } from './errors'
import { finishRestore, type SwapStep } from './finish-restore'
import { makeBackup } from './make'
import {
  addFile,
  addRequest,
  allNames,
  byHand,
  clearFolders,
  contentOf,
  newOffice,
  NOON,
} from './office-fixture'
import { type RestoreOptions, restoreBackup } from './restore'
import { readShelf } from './shelf'

let threadFile: string
beforeAll(async () => {
  threadFile = await builtThread()
}, 60_000)
afterEach(clearFolders)
afterAll(removeBuilt)

let office: { folder: string; sqlite: Sqlite }
let id: string
let shelf: string
let then: Readonly<Record<string, string>>
beforeEach(async () => {
  office = newOffice()
  shelf = join(office.folder, 'backups')
  office.sqlite.exec(
    `insert into outbox (dedupe_key, chat_id, kind, request_id, method, payload, policy, state, not_before, created_at)
     values ('a', 501, 'comment', 'request-1', 'message', '{}', 'at-most-once', 'pending', 0, 1),
            ('b', 501, 'comment', 'request-1', 'message', '{}', 'at-most-once', 'sending', 0, 2),
            ('c', 501, 'answer', null, 'answer', '{}', 'at-most-once', 'pending', 0, 3),
            ('d', 501, 'comment', 'request-1', 'message', '{}', 'at-most-once', 'sent', 0, 4)`,
  )
  office.sqlite.exec("insert into dialogues (chat_id, state, version, updated_at) values (501, '{}', 1, 1)")
  then = contentOf(office.sqlite)
  id = (await makeBackup(byHand(office.folder, threadFile))).manifest.id
  addRequest(office.sqlite, 4)
})

const restore = (given: Partial<RestoreOptions> = {}) =>
  restoreBackup({
    dataFolder: office.folder,
    shelf,
    id,
    knownVersion: 1000,
    key: null,
    passphrase: null,
    appVersion: '0.1.0',
    now: NOON + 5000,
    lock: null,
    threadFile,
    presentIsSound: true,
    onProgress: () => {},
    ...given,
  })
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof BackupError ? error.code : error),
  )
const open = () => openSqlite(join(office.folder, 'dispatcher.db'))
const read = <T>(work: (sqlite: Sqlite) => T): T => {
  const sqlite = open()
  try {
    return work(sqlite)
  } finally {
    sqlite.close()
  }
}
/** All but what a restore changes on purpose. */
const told = ({
  outbox: _outbox,
  dialogues: _dialogues,
  settings: _settings,
  counters: _counters,
  ...rest
}: Readonly<Record<string, string>>) => rest
const parts = () => readdirSync(office.folder).toSorted()

describe('a restored backup', () => {
  test('brings every row back, and leaves no trace of the work', async () => {
    office.sqlite.close()
    await restore()
    expect([told(read(contentOf)), parts()]).toEqual([told(then), ['backups', 'dispatcher.db', 'files']])
  })

  test('sends nothing by itself: what waited is shown, and waits for a decision', async () => {
    office.sqlite.close()
    await restore()
    const found = read((sqlite) => {
      const { read: db } = databaseOf(sqlite, { deviceId: 'x', now: () => NOON })
      return {
        due: findDue(db, NOON * 2, 10, new Set()),
        trouble: findTrouble(db).map(({ id: row, state, lastError }) => [row, state, lastError]),
        states: sqlite.prepare('select state from outbox order by id').pluck().all(),
      }
    })
    expect(found).toEqual({
      due: [],
      trouble: [
        [1, 'unknown', 'restored'],
        [2, 'unknown', 'restored'],
      ],
      states: ['unknown', 'unknown', 'cancelled', 'sent'],
    })
  })

  test('goes on under a new id, counts on from the present, and forgets half-led dialogues', async () => {
    const before = deviceIdOf(office.sqlite, () => 'none')
    office.sqlite.close()
    await restore()
    const after = read((sqlite) => ({
      isNewId: deviceIdOf(sqlite, () => 'none') !== before,
      sequence: sqlite.prepare("select value from counters where name = 'sequence'").pluck().get(),
      dialogues: sqlite.prepare('select count(*) from dialogues').pluck().get(),
    }))
    expect(after).toEqual({ isNewId: true, sequence: 4, dialogues: 0 })
  })

  test('keeps the present aside as a pinned backup, from which it can be brought back', async () => {
    const present = contentOf(office.sqlite)
    office.sqlite.close()
    const { keptBackup, aside } = await restore()
    const kept = readShelf(shelf).filter(({ reason }) => reason === 'before-restore')
    await restore({ id: keptBackup ?? '', now: NOON + 9000 })
    expect([kept.map((one) => [one.id, one.pinned]), aside, told(read(contentOf))]).toEqual([
      [[keptBackup, true]],
      null,
      told(present),
    ])
  })

  test('keeps a present that can not be read as it is, the whole set of it', async () => {
    office.sqlite.close()
    writeFileSync(join(office.folder, 'dispatcher.db'), 'damaged')
    writeFileSync(join(office.folder, 'dispatcher.db-wal'), 'journal')
    const { keptBackup, aside } = await restore({ presentIsSound: false })
    const names = ['dispatcher.db', 'dispatcher.db-wal']
    expect([
      keptBackup,
      names.map((name) => readFileSync(join(aside ?? '', name), 'utf8')),
      told(read(contentOf)),
    ]).toEqual([null, ['damaged', 'journal'], told(then)])
  })

  test('is restored where nothing is left', async () => {
    office.sqlite.close()
    for (const name of parts()) if (name.startsWith('dispatcher')) rmSync(join(office.folder, name))
    await restore({ presentIsSound: false })
    expect(told(read(contentOf))).toEqual(told(then))
  })

  test('puts back files that are missing or damaged, and counts those that nobody has', async () => {
    const [gone, damaged, lost] = ['gone', 'damaged', 'lost'].map((text) => addFile(office, text))
    const path = (hash = '') => join('files', hash.slice(0, 2), hash)
    const made = await makeBackup(byHand(office.folder, threadFile, { now: NOON + 1000 }))
    office.sqlite.close()
    rmSync(join(office.folder, path(gone)))
    rmSync(join(office.folder, path(damaged)))
    writeFileSync(join(office.folder, path(damaged)), 'dAmaged')
    for (const root of [office.folder, shelf]) rmSync(join(root, path(lost)))
    const { missingFiles } = await restore({ id: made.manifest.id, presentIsSound: false })
    const bring = [gone, damaged].map((hash) => readFileSync(join(office.folder, path(hash)), 'utf8'))
    expect([missingFiles, bring]).toEqual([1, ['gone', 'damaged']])
  })

  test('tells how far it has come, in this order', async () => {
    office.sqlite.close()
    const steps: RestoreProgress['step'][] = []
    await restore({
      onProgress: ({ step }) => {
        if (steps.at(-1) !== step) steps.push(step)
      },
    })
    expect(steps).toEqual(['checking', 'copying', 'checking', 'keeping', 'swapping', 'done'])
  })
})

describe('a backup that is not to be trusted', () => {
  const spoil = (name: string, change: (bytes: Buffer) => void) => {
    const path = join(shelf, name)
    const bytes = readFileSync(path)
    change(bytes)
    writeFileSync(path, bytes)
  }
  const refused = async (given: Partial<RestoreOptions> = {}) => {
    const present = contentOf(office.sqlite)
    office.sqlite.close()
    const before = parts()
    const code = await codeOf(restore(given))
    return {
      code,
      before,
      after: parts(),
      isSame: JSON.stringify(read(contentOf)) === JSON.stringify(present),
    }
  }
  const expectUntouched = (found: Awaited<ReturnType<typeof refused>>, code: string) => {
    expect(found).toEqual({ code, before: found.before, after: found.before, isSame: true })
  }

  test('is refused when one bit of it has changed, and the present stays', async () => {
    spoil(`${id}.db`, (bytes) => {
      const at = bytes.indexOf('It drips')
      bytes[at] = (bytes[at] ?? 0) ^ 1
    })
    expectUntouched(await refused(), 'backup-damaged')
  })

  test('is refused when it was made by a newer program', async () => {
    expectUntouched(await refused({ knownVersion: 1 }), 'backup-newer')
  })

  test('is refused when it is not there', async () => {
    expectUntouched(await refused({ id: 'another' }), 'backup-missing')
  })

  test('is refused when its manifest counts other rows', async () => {
    const path = join(shelf, `${id}.json`)
    writeFileSync(path, readFileSync(path, 'utf8').replace('"requests":3', '"requests":4'))
    expectUntouched(await refused(), 'backup-damaged')
  })
})

describe('a restore that is cut off', () => {
  class Stopped extends Error {}
  const states = async (stopAt: SwapStep, times: number) => {
    office.sqlite.close()
    let seen = 0
    const stop = (step: SwapStep) => {
      if (step !== stopAt) return
      seen += 1
      if (seen === times) throw new Stopped()
    }
    await codeOf(restore({ onSwap: stop, presentIsSound: false }))
    // The next start.
    const isSwapped = finishRestore(office.folder)
    return [isSwapped, told(read(contentOf)), parts()]
  }
  const after = ['backups', 'before-restore-20260601T120005000Z', 'dispatcher.db', 'files']
  const cases: readonly [SwapStep, number][] = [
    ['decided', 1],
    ['aside', 1],
    ['aside', 2],
    ['aside', 3],
    ['moved', 1],
    ['in', 1],
    ['dropped', 1],
  ]
  test.each(cases)('at the step %s, time %i, is carried through by the next start', async (step, times) => {
    expect(await states(step, times)).toEqual([true, told(then), after])
  })

  test('before it was decided leaves the present, and the next start clears up', async () => {
    const present = contentOf(office.sqlite)
    office.sqlite.close()
    await codeOf(
      restore({
        onProgress: ({ step }) => {
          if (step === 'swapping') throw new Stopped()
        },
      }),
    )
    const isSwapped = finishRestore(office.folder)
    expect([isSwapped, read(contentOf), existsSync(join(office.folder, 'restoring'))]).toEqual([
      false,
      present,
      false,
    ])
  })
})

describe('a locked backup', () => {
  test('opens with its passphrase on any computer, and with nothing else', async () => {
    const lock = await makeLock('correct horse', 10)
    const made = await makeBackup(byHand(office.folder, threadFile, { lock, now: NOON + 1000 }))
    office.sqlite.close()
    const wish = { id: made.manifest.id }
    const other = await makeLock('another', 10)
    const codes = [
      await codeOf(restore(wish)),
      await codeOf(restore({ ...wish, passphrase: 'wrong horse' })),
      await codeOf(restore({ ...wish, key: other.key })),
      await codeOf(restore({ ...wish, passphrase: 'correct horse' })),
    ]
    expect([codes, read((sqlite) => sqlite.prepare('select count(*) from requests').pluck().get())]).toEqual([
      ['passphrase-needed', 'wrong-passphrase', 'wrong-passphrase', 'no error'],
      4,
    ])
  })

  test('lies on the disk without a word of anybody, and without its key or passphrase', async () => {
    const lock = await makeLock('correct horse', 10)
    const made = await makeBackup(byHand(office.folder, threadFile, { lock, now: NOON + 1000 }))
    office.sqlite.close()
    const names = allNames(shelf).filter((name) => name.startsWith(made.manifest.id))
    const all = Buffer.concat(names.map((name) => readFileSync(join(shelf, name)))).toString('latin1')
    expect([names, /Anna|drips|correct horse/u.test(all), all.includes(lock.key)]).toEqual([
      [`${made.manifest.id}.db.age`, `${made.manifest.id}.files`, `${made.manifest.id}.json`],
      false,
      false,
    ])
  })

  test('is refused when one bit of it has changed', async () => {
    const lock = await makeLock('correct horse', 10)
    const made = await makeBackup(byHand(office.folder, threadFile, { lock, now: NOON + 1000 }))
    office.sqlite.close()
    const path = join(shelf, `${made.manifest.id}.db.age`)
    const bytes = readFileSync(path)
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1
    writeFileSync(path, bytes)
    expect(await codeOf(restore({ id: made.manifest.id, key: lock.key }))).toEqual('backup-damaged')
  })
})
