import { createHash } from 'node:crypto'
import {
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openSqlite, type Sqlite } from '../db/connection'
import { builtThread, removeBuilt } from '../testing/backup-thread'
import { BackupError } from './errors'
import type { MakeStep } from '../../shared/model/backups'
import { makeBackup, type MakeOptions } from './make'
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
import { readShelf, setPinned } from './shelf'

let threadFile: string
beforeAll(async () => {
  threadFile = await builtThread()
}, 60_000)
afterEach(clearFolders)
afterAll(removeBuilt)

const ID = '20260601T120000000Z-by-hand'
const make = (folder: string, given: Partial<MakeOptions> = {}) =>
  makeBackup(byHand(folder, threadFile, given))
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof BackupError ? error.code : error),
  )
const during = (wanted: MakeStep, work: () => void) => ({
  onStep: (step: MakeStep) => {
    if (step === wanted) work()
  },
})

describe('a backup', () => {
  test('holds every row of the moment it was made, with what was still in the journal', async () => {
    const { folder, sqlite } = newOffice()
    const before = contentOf(sqlite)
    await make(folder)
    sqlite.close()
    const copy = openSqlite(join(folder, 'backups', `${ID}.db`))
    expect(contentOf(copy)).toEqual(before)
    copy.close()
  })

  test('has a manifest that says what it holds, and no word of anybody', async () => {
    const { folder, sqlite } = newOffice()
    const deviceId = sqlite
      .prepare("select json_extract(value, '$') from settings where key = 'deviceId'")
      .pluck()
      .get()
    const { manifest } = await make(folder)
    sqlite.close()
    const text = readFileSync(join(folder, 'backups', `${ID}.json`), 'utf8')
    const bytes = readFileSync(join(folder, 'backups', `${ID}.db`))
    expect(JSON.parse(text)).toEqual({
      format: 1,
      id: ID,
      madeAt: NOON,
      reason: 'by-hand',
      appVersion: '0.1.0',
      schemaVersion: 3,
      deviceId,
      counts: { ...manifest.counts, requests: 3, users: 1, comments: 0, files: 0 },
      newestRequestAt: NOON + 3,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sizeBytes: bytes.byteLength,
      files: { count: 0, sha256: createHash('sha256').digest('hex') },
      pinned: false,
      encrypted: null,
      verifiedAt: NOON,
    })
    expect(text).not.toMatch(/Anna|drips|Flat/u)
  })

  test('is of one moment, though the office goes on writing while it is made', async () => {
    const { folder, sqlite } = newOffice()
    const before = contentOf(sqlite)
    let number = 3
    await make(folder, {
      onStep: () => {
        number += 1
        addRequest(sqlite, number)
      },
    })
    const copy = openSqlite(join(folder, 'backups', `${ID}.db`))
    expect([number > 5, contentOf(copy)]).toEqual([true, before])
    copy.close()
    sqlite.close()
  })

  test('leaves nothing but itself', async () => {
    const { folder, sqlite } = newOffice()
    await make(folder)
    sqlite.close()
    expect(allNames(join(folder, 'backups'))).toEqual([`${ID}.db`, `${ID}.files`, `${ID}.json`])
  })
})

describe('a copy that is not the same as its original does not count', () => {
  const spoilCopy = (folder: string, spoil: (path: string) => void) =>
    during('comparing', () => {
      spoil(join(folder, 'backups', `${ID}.db.partial`))
    })
  const change = (sql: string) => (path: string) => {
    const copy = openSqlite(path)
    copy.pragma('journal_mode = delete')
    copy.pragma('foreign_keys = off')
    copy.exec(sql)
    copy.close()
  }
  const flip = (path: string) => {
    const bytes = readFileSync(path)
    const at = bytes.indexOf('It drips all night')
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.from('i'), 0, 1, at)
    closeSync(file)
  }
  const cases: readonly [string, (path: string) => void][] = [
    ['one bit of a text', flip],
    ['a lost row', change("delete from requests where id = 'request-2'")],
    ['a row too many', change("insert into settings values ('more', '1')")],
    ['a number', change("update requests set sequence = 99 where id = 'request-2'")],
    ['a value that is gone', change("update users set telegram_id = null where id = 'anna'")],
    ['a number in a table without an index', change('update listening set next_offset = 99')],
    ['another version', change('pragma user_version = 7')],
    ['a missing index', change('drop index requests_user')],
    ['an empty file', (path) => truncateSync(path, 0)],
    ['half a file', (path) => truncateSync(path, Math.floor(statSync(path).size / 8192) * 4096)],
  ]
  test.each(cases)('%s', async (_name, spoil) => {
    const { folder, sqlite } = newOffice()
    const code = await codeOf(make(folder, spoilCopy(folder, spoil)))
    sqlite.close()
    expect([code, allNames(join(folder, 'backups'))]).toEqual(['backup-damaged', []])
  })

  test('an index of it that has lost an entry', async () => {
    const { folder, sqlite } = newOffice()
    const unhook = (path: string) => {
      const copy = openSqlite(path)
      copy.pragma('journal_mode = delete')
      loseIndexEntry(copy)
      copy.close()
    }
    const code = await codeOf(make(folder, spoilCopy(folder, unhook)))
    sqlite.close()
    expect([code, allNames(join(folder, 'backups'))]).toEqual(['backup-damaged', []])
  })
})

/** Writes a row again while SQLite believes that the index wants none. */
function loseIndexEntry(sqlite: Sqlite): void {
  const believe = (sql: string) => {
    sqlite.pragma('writable_schema = ON')
    sqlite.prepare("update sqlite_schema set sql = ? where name = 'requests_user'").run(sql)
    sqlite.pragma('writable_schema = RESET')
  }
  const sql = String(
    sqlite.prepare("select sql from sqlite_schema where name = 'requests_user'").pluck().get(),
  )
  const row = sqlite.prepare("select rowid, * from requests where id = 'request-2'").raw().get() as unknown[]
  const columns = sqlite.prepare("select group_concat(name) from pragma_table_info('requests')").pluck().get()
  sqlite.pragma('foreign_keys = off')
  sqlite.unsafeMode(true)
  sqlite.exec("delete from requests where id = 'request-2'")
  believe(`${sql} where 0`)
  sqlite
    .prepare(`insert into requests (rowid, ${String(columns)}) values (${row.map(() => '?').join(',')})`)
    .run(row)
  believe(sql)
}

describe('data that are damaged themselves', () => {
  test('make no backup, and the last good one stays', async () => {
    const { folder, sqlite } = newOffice()
    await make(folder)
    sqlite.pragma('foreign_keys = off')
    sqlite.exec("update requests set user_id = 'nobody' where id = 'request-1'")
    const code = await codeOf(make(folder, { now: NOON + 1 }))
    sqlite.close()
    expect([code, readShelf(join(folder, 'backups')).map(({ id }) => id)]).toEqual(['data-damaged', [ID]])
  })
})

describe('the files of requests', () => {
  test('are kept by their hash, once, as long as a backup needs them', async () => {
    const office = newOffice()
    const shelf = join(office.folder, 'backups')
    const first = addFile(office, 'first picture')
    await make(office.folder, { reason: 'hourly' })
    const second = addFile(office, 'second picture')
    await make(office.folder, { now: NOON + 1000, reason: 'hourly' })
    const names = () => allNames(join(shelf, 'files')).filter((name) => name.length > 10)
    const both = names()
    // Within the same hour only the newest stays; without the first file's row its picture is needed by none.
    office.sqlite.exec(`delete from files where sha256 = '${first}'`)
    await make(office.folder, { now: NOON + 2000, reason: 'hourly' })
    office.sqlite.close()
    const path = (hash: string) => join(hash.slice(0, 2), hash)
    expect([both, names(), readFileSync(join(shelf, 'files', path(second)), 'utf8')]).toEqual([
      [path(first), path(second)].toSorted(),
      [path(second)],
      'second picture',
    ])
  })

  test('that are missing or damaged are counted, and the backup counts without them', async () => {
    const office = newOffice()
    const lost = addFile(office, 'lost')
    const damaged = addFile(office, 'damaged')
    rmSync(join(office.folder, 'files', lost.slice(0, 2), lost))
    writeFileSync(join(office.folder, 'files', damaged.slice(0, 2), damaged), 'dAmaged')
    const { missingFiles, manifest } = await make(office.folder)
    office.sqlite.close()
    expect([missingFiles, manifest.files.count]).toEqual([2, 2])
  })
})

describe('where there is no room', () => {
  test('no backup is begun', async () => {
    const { folder, sqlite } = newOffice()
    const code = await codeOf(make(folder, { freeBytes: () => 1000 }))
    sqlite.close()
    expect([code, allNames(join(folder, 'backups'))]).toEqual(['not-enough-space', []])
  })
})

describe('another program that is making a backup', () => {
  test('is not disturbed', async () => {
    const { folder, sqlite } = newOffice()
    const shelf = join(folder, 'backups')
    // The process that started this one is alive, and another.
    writeFileSync(join(shelf, 'running.pid'), `${String(process.ppid)}\n`)
    writeFileSync(join(shelf, 'theirs.db.partial'), 'half')
    const code = await codeOf(make(folder))
    sqlite.close()
    expect([code, allNames(shelf)]).toEqual(['data-in-use', ['running.pid', 'theirs.db.partial']])
  })
})

describe('the shelf', () => {
  test('lets go what the rotation does not keep, but nothing that is pinned', async () => {
    const { folder, sqlite } = newOffice()
    const shelf = join(folder, 'backups')
    await make(folder, { reason: 'hourly' })
    await make(folder, { now: NOON + 1000, reason: 'hourly' })
    setPinned(shelf, '20260601T120001000Z-hourly', true)
    await make(folder, { now: NOON + 2000, reason: 'hourly' })
    await make(folder, { now: NOON + 3000, reason: 'hourly' })
    sqlite.close()
    expect(readShelf(shelf).map(({ id, pinned }) => [id, pinned])).toEqual([
      ['20260601T120001000Z-hourly', true],
      ['20260601T120003000Z-hourly', false],
    ])
  })

  test('clears away what a crash has left, but no copy of the migration runner', async () => {
    const { folder, sqlite } = newOffice()
    const shelf = join(folder, 'backups')
    writeFileSync(join(shelf, '20260101T000000000Z-hourly.db'), 'no manifest')
    writeFileSync(join(shelf, '20260101T000000000Z-hourly.db.partial'), '')
    writeFileSync(join(shelf, 'pre-migration-0001-0002-20260101T000000000Z.db'), 'not a database')
    await make(folder)
    sqlite.close()
    expect(allNames(shelf)).toEqual([
      `${ID}.db`,
      `${ID}.files`,
      `${ID}.json`,
      'pre-migration-0001-0002-20260101T000000000Z.db',
    ])
  })

  test('takes the copies of the migration runner in, pinned', async () => {
    const { folder, sqlite } = newOffice()
    const shelf = join(folder, 'backups')
    sqlite.prepare('vacuum into ?').run(join(shelf, 'pre-migration-0001-0002-20260101T000000000Z.db'))
    await make(folder)
    sqlite.close()
    expect(
      readShelf(shelf).map(({ id, pinned, reason, counts }) => [id, pinned, reason, counts['requests']]),
    ).toContainEqual(['pre-migration-0001-0002-20260101T000000000Z', true, 'before-migration', 3])
  })
})
