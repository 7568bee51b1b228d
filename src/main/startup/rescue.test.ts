import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { RescueReport } from '../../shared/model/trouble'
import { createBackupDoor } from '../backups/door'
import { builtThread } from '../testing/backup-thread'
import { writeSetting } from '../db/settings'
import { digestsOf, furnishedFolder, killedFolder, newDataFolder } from '../testing/data-folder'
import { guardedOptions } from '../testing/guarded-options'
import { openSqlite } from '../db/connection'
import { migrateToHead } from '../db/migrations/migrate-to-head'
import { DATABASE, DATABASE_SET, MANIFEST, MARKS } from './data-files'
import { openGuarded } from './guarded-database'
import { rescue } from './rescue'

const PAGE = 4096
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function kept(folder: string): string {
  folders.push(folder)
  return folder
}

const file = (folder: string): string => join(folder, DATABASE)

/** Rescues a folder; what is damaged must still be there afterwards, byte for byte. */
async function rescued(folder: string): Promise<RescueReport> {
  const before = digestsOf(folder, DATABASE_SET.slice(0, 2))
  const report = await rescue({ ...guardedOptions(folder), onProgress: () => {} })
  expect(digestsOf(join(folder, report.keptIn), Object.keys(before))).toEqual(before)
  // Nothing of the work is left behind.
  expect(readdirSync(folder).filter((name) => name.startsWith('rescuing-'))).toEqual([])
  return report
}

/** What a folder holds once it is open again: the program's own checks pass on the way. */
function contentOf(folder: string): { requests: string[]; comments: number; people: number } {
  const database = openGuarded(guardedOptions(folder))
  const all = (sql: string) => database.sqlite.prepare(sql).pluck().all()
  const found = {
    requests: all('select description from requests order by sequence') as string[],
    comments: Number(all('select count(*) from comments')[0]),
    people: Number(all('select count(*) from users')[0]),
  }
  database.close()
  return found
}

function edit(path: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(path)
  change(bytes)
  writeFileSync(path, bytes)
}

/** The pages of a table's rows, by their numbers, and its root. */
function pagesOf(folder: string, table: string): { root: number; leaves: number[] } {
  const sqlite = new Database(file(folder), { readonly: true })
  const root = Number(sqlite.prepare('select rootpage from sqlite_schema where name = ?').pluck().get(table))
  sqlite.close()
  const bytes = readFileSync(file(folder))
  const leaves: number[] = []
  const visit = (page: number) => {
    const at = (page - 1) * PAGE
    if (bytes[at] === 0x0d) leaves.push(page)
    if (bytes[at] !== 0x05) return
    const cells = bytes.readUInt16BE(at + 3)
    for (let cell = 0; cell < cells; cell += 1)
      visit(bytes.readUInt32BE(at + bytes.readUInt16BE(at + 12 + cell * 2)))
    visit(bytes.readUInt32BE(at + 8))
  }
  visit(root)
  return { root, leaves }
}

const wipe = (pages: readonly number[]) => (bytes: Buffer) => {
  for (const page of pages) bytes.fill(0, (page - 1) * PAGE, page * PAGE)
}

const tableOf = (report: RescueReport, name: string) => report.tables.find(({ table }) => table === name)

describe('a rescue', () => {
  test('of sound data keeps every row and says so', async () => {
    const folder = kept(furnishedFolder(30))
    const before = contentOf(folder)
    const report = await rescued(folder)
    expect([contentOf(folder), report.missing, report.lostChanges]).toEqual([before, 0, 0])
    expect(
      report.tables.filter(({ leftOut, rebuilt, unreadable }) => leftOut + rebuilt > 0 || unreadable),
    ).toEqual([])
  })

  test('reads around damaged pages of the requests, and makes the rows on them again from the journal', async () => {
    const folder = kept(furnishedFolder(200))
    const before = contentOf(folder)
    const { leaves } = pagesOf(folder, 'requests')
    expect(leaves.length).toBeGreaterThan(5)
    edit(file(folder), wipe([leaves[0], leaves[2], leaves[4], leaves.at(-1)].map(Number)))
    const report = await rescued(folder)
    const requests = tableOf(report, 'requests')
    expect([contentOf(folder), report.missing]).toEqual([before, 0])
    expect([requests?.unreadable, Number(requests?.read) + Number(requests?.rebuilt)]).toEqual([true, 200])
    expect(requests?.rebuilt).toBeGreaterThan(20)
  })

  test('of requests whose very root is damaged makes all of them again', async () => {
    const folder = kept(furnishedFolder(60))
    const before = contentOf(folder)
    edit(file(folder), wipe([pagesOf(folder, 'requests').root]))
    const report = await rescued(folder)
    expect([contentOf(folder), tableOf(report, 'requests')?.rebuilt]).toEqual([before, 60])
  })

  test('lists the numbers of requests that are lost in both places', async () => {
    const folder = kept(furnishedFolder(60))
    const requests = pagesOf(folder, 'requests').leaves[1] ?? 0
    const sqlite = new Database(file(folder))
    sqlite.exec("delete from changes where table_name = 'requests'")
    sqlite.close()
    edit(file(folder), wipe([requests]))
    const report = await rescued(folder)
    const { requests: left } = contentOf(folder)
    const lost = 60 - left.length
    expect(lost).toBeGreaterThan(0)
    expect([report.missing, report.missingNumbers.length]).toEqual([lost, lost])
  })

  test('reads what lies between two damaged places', async () => {
    const folder = kept(furnishedFolder(200))
    const sqlite = new Database(file(folder))
    sqlite.exec("delete from changes where table_name = 'requests'")
    sqlite.close()
    const { leaves } = pagesOf(folder, 'requests')
    const bad = [leaves[2], leaves[7]].map(Number)
    const bytes = readFileSync(file(folder))
    const lost = bad.reduce((sum, page) => sum + bytes.readUInt16BE((page - 1) * PAGE + 3), 0)
    edit(file(folder), wipe(bad))
    const report = await rescued(folder)
    expect([report.missing, contentOf(folder).requests.length]).toEqual([lost, 200 - lost])
  })

  test('of a journal that is damaged keeps the rows themselves', async () => {
    const folder = kept(furnishedFolder(100))
    const before = contentOf(folder)
    edit(file(folder), wipe(pagesOf(folder, 'changes').leaves.slice(0, 3)))
    const report = await rescued(folder)
    expect([contentOf(folder), tableOf(report, 'changes')?.unreadable]).toEqual([before, true])
  })

  test('of a file that ends too early makes what was behind its end again where it can', async () => {
    const folder = kept(furnishedFolder(200))
    truncateSync(file(folder), Math.floor(statSync(file(folder)).size * 0.7))
    const report = await rescued(folder)
    const { requests } = contentOf(folder)
    expect(requests.length + report.missing).toBe(200)
    expect(requests.length).toBeGreaterThan(100)
  })

  test('of a file whose first page is gone lends it that of a fresh one', async () => {
    const folder = kept(furnishedFolder(80))
    const before = contentOf(folder)
    edit(file(folder), wipe([1]))
    await rescued(folder)
    expect(contentOf(folder)).toEqual(before)
  })

  test('of a log with a flipped bit reads all that follows the bit', async () => {
    const folder = kept(await killedFolder(5, 40))
    const log = `${file(folder)}-wal`
    // In the middle of a page in the first tenth of the log: SQLite drops everything behind it.
    edit(log, (bytes) =>
      bytes.writeUInt8((bytes[Math.floor(bytes.length / 10)] ?? 0) ^ 1, Math.floor(bytes.length / 10)),
    )
    const report = await rescued(folder)
    expect([contentOf(folder).requests.length, report.lostChanges]).toEqual([45, 0])
  })

  test.each([3, 17, 26])('of a log whose header has a flipped bit at byte %i reads all of it', async (at) => {
    const folder = kept(await killedFolder(5, 20))
    edit(`${file(folder)}-wal`, (bytes) => bytes.writeUInt8((bytes[at] ?? 0) ^ 1, at))
    await rescued(folder)
    expect(contentOf(folder).requests.length).toBe(25)
  })

  test('of data whose log is gone goes on with what is there, and says how many changes are lost', async () => {
    const folder = kept(await killedFolder(5, 20))
    rmSync(`${file(folder)}-wal`)
    const report = await rescued(folder)
    expect([contentOf(folder).requests.length, report.lostChanges]).toEqual([5, 40])
  })

  test('makes a request again of which only the resident’s message is left', async () => {
    const folder = kept(furnishedFolder(3))
    const sqlite = new Database(file(folder))
    const payload = JSON.stringify({
      message: { message_id: 9, date: 1_700_000_000, text: 'No hot water\nsince Monday', chat: { id: 501 } },
    })
    sqlite.exec(
      `insert into users (id, telegram_id, created_at, name) values ('anna', 501, 1, 'Anna');
       insert into message_links (chat_id, message_id, request_id, part) values (501, 9, 'lost', 'description')`,
    )
    sqlite
      .prepare(
        "insert into inbox (bot_id, epoch, update_id, chat_id, kind, received_at, payload, state) values (7, 0, 1, 501, 'message', 1, ?, 'done')",
      )
      .run(payload)
    sqlite.close()
    const report = await rescued(folder)
    const database = openGuarded(guardedOptions(folder))
    const made = database.sqlite
      .prepare(
        "select title, description, user_id, sequence, status, created_at from requests where id = 'lost'",
      )
      .get()
    database.close()
    expect([report.fromMessages, made]).toEqual([
      1,
      {
        title: 'No hot water',
        description: 'No hot water\nsince Monday',
        user_id: 'anna',
        sequence: 4,
        status: 'OPEN',
        created_at: 1_700_000_000_000,
      },
    ])
  })

  test('keeps requests of people who are lost, and leaves out comments on requests that are', async () => {
    const folder = kept(furnishedFolder(3))
    const sqlite = new Database(file(folder))
    sqlite.pragma('foreign_keys = OFF')
    sqlite.exec(
      `update requests set user_id = 'somebody', assigned_to = 'nobody' where sequence = 2;
       delete from changes;
       insert into comments (id, request_id, user_id, comment, created_at) values ('c', 'nothing', 'somebody', 'x', 1)`,
    )
    sqlite.close()
    const report = await rescued(folder)
    const database = openGuarded(guardedOptions(folder))
    const second = database.sqlite
      .prepare('select user_id, assigned_to from requests where sequence = 2')
      .get()
    database.close()
    expect([second, tableOf(report, 'comments')?.leftOut, contentOf(folder).comments]).toEqual([
      { user_id: 'somebody', assigned_to: null },
      1,
      0,
    ])
  })

  test('of what holds nothing changes nothing', async () => {
    const folder = kept(newDataFolder())
    writeFileSync(file(folder), Buffer.alloc(PAGE * 4, 7))
    await expect(rescue({ ...guardedOptions(folder), onProgress: () => {} })).rejects.toThrow()
    expect([readFileSync(file(folder)), readdirSync(folder).sort()]).toEqual([
      Buffer.alloc(PAGE * 4, 7),
      ['backups', 'dispatcher.db', 'files', 'logs'],
    ])
  })

  test('of a database without a single row changes nothing', async () => {
    const folder = kept(newDataFolder())
    const sqlite = openSqlite(file(folder))
    migrateToHead(sqlite, guardedOptions(folder))
    sqlite.close()
    const before = digestsOf(folder, DATABASE_SET)
    await expect(rescue({ ...guardedOptions(folder), onProgress: () => {} })).rejects.toThrow()
    expect(digestsOf(folder, DATABASE_SET)).toEqual(before)
  })

  test('holds messages that wait: each is for the manager to decide', async () => {
    const folder = kept(furnishedFolder(1))
    addOutgoing(folder)
    const report = await rescued(folder)
    expect([report.held, statesOf(folder)]).toEqual([3, HELD_STATES])
  })
})

function addOutgoing(folder: string): void {
  const sqlite = new Database(file(folder))
  const insert = sqlite.prepare(
    `insert into outbox (dedupe_key, chat_id, kind, card_id, method, payload, policy, state, not_before, created_at)
     values (?, 1, 'x', ?, ?, '{}', 'at-most-once', ?, 0, 0)`,
  )
  const card = sqlite.prepare(
    "insert into cards (id, chat_id, kind, message_id, token, actions, updated_at) values (?, 1, 'job', ?, ?, '[]', 0)",
  )
  card.run('drawn', 77, 'a')
  card.run('new', null, 'b')
  insert.run('1 message', null, 'message', 'pending')
  insert.run('2 message on its way', null, 'message', 'sending')
  insert.run('3 first card', 'new', 'card', 'pending')
  insert.run('4 card drawn anew', 'drawn', 'card', 'pending')
  insert.run('5 reaction', null, 'reaction', 'pending')
  insert.run('6 sent', null, 'message', 'sent')
  sqlite.close()
}

const HELD_STATES = {
  '1 message': 'unknown',
  '2 message on its way': 'unknown',
  '3 first card': 'unknown',
  '4 card drawn anew': 'cancelled',
  '5 reaction': 'cancelled',
  '6 sent': 'sent',
}

function statesOf(folder: string): unknown {
  const sqlite = new Database(file(folder), { readonly: true })
  const rows = sqlite.prepare('select dedupe_key, state from outbox order by 1').raw().all() as [
    string,
    string,
  ][]
  sqlite.close()
  return Object.fromEntries(rows)
}

describe('a restore', () => {
  let threadFile: string
  beforeAll(async () => {
    threadFile = await builtThread()
  })
  const doorOf = (dataFolder: string) =>
    createBackupDoor({ dataFolder, secondFolder: null, now: Date.now, passphrase: () => null, threadFile })

  /** A folder with a copy of 10 requests, made before an upgrade. */
  async function withCopy(): Promise<{ folder: string; id: string }> {
    const folder = kept(furnishedFolder(10))
    addOutgoing(folder)
    copyFileSync(file(folder), join(folder, 'backups', 'pre-migration-0001-0002-20260302T090000000Z.db'))
    const [listed] = await doorOf(folder).list()
    return { folder, id: listed?.id ?? '' }
  }
  const SET = [...DATABASE_SET, MANIFEST, ...MARKS]

  test('puts a copy in place of damaged data, all of which are kept with what was known about them', async () => {
    const { folder, id } = await withCopy()
    edit(file(folder), wipe([1, 2, 3]))
    writeFileSync(`${file(folder)}-wal`, 'a log of other times')
    const before = digestsOf(folder, SET)
    const { then, now } = await doorOf(folder).preview(id)
    await doorOf(folder).restore(id, () => {})
    const [aside = ''] = readdirSync(folder).filter((name) => name.startsWith('before-restore-'))
    expect([then.requests, now]).toEqual([10, null])
    expect(digestsOf(join(folder, aside), Object.keys(before))).toEqual(before)
    expect([contentOf(folder).requests.length, statesOf(folder)]).toEqual([10, HELD_STATES])
  })

  test('of an older state is no trouble at the next start, whose marks were of a newer one', async () => {
    const { folder, id } = await withCopy()
    const database = openGuarded(guardedOptions(folder))
    database.transact((db) => {
      writeSetting(db, 'setUp', true)
    })
    database.close()
    await doorOf(folder).restore(id, () => {})
    expect(contentOf(folder).requests.length).toBe(10)
  })

  test('gives the data a new device, since numbers of the old one may be used already', async () => {
    const { folder, id } = await withCopy()
    const device = () => {
      const database = openGuarded(guardedOptions(folder))
      const found = database.sqlite.prepare("select value from settings where key = 'deviceId'").pluck().get()
      database.close()
      return found
    }
    const before = device()
    await doorOf(folder).restore(id, () => {})
    expect(device()).not.toBe(before)
  })

  test('of a damaged copy changes nothing', async () => {
    const { folder, id } = await withCopy()
    const [copy = ''] = readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.db'))
    edit(join(folder, 'backups', copy), wipe([8, 9, 10, 11, 12]))
    const before = digestsOf(folder, SET)
    await expect(doorOf(folder).restore(id, () => {})).rejects.toMatchObject({ code: 'backup-damaged' })
    expect([digestsOf(folder, SET), existsSync(join(folder, 'restoring'))]).toEqual([before, false])
  })
})
