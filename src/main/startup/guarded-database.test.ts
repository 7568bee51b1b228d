import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { addRequests, digestsOf, furnishedFolder, killedFolder, newDataFolder } from '../testing/data-folder'
import { guardedOptions } from '../testing/guarded-options'
import { DATABASE, MANIFEST, MARKS } from './data-files'
import { openGuarded } from './guarded-database'
import { readManifest, readMark } from './marks'
import { Trouble } from './trouble'
import { scanWal } from './wal-scan'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function kept(folder: string): string {
  folders.push(folder)
  return folder
}

const furnished = (count = 20): string => kept(furnishedFolder(count))
const killed = async (inFile = 20, inLog = 20): Promise<string> => kept(await killedFolder(inFile, inLog))
const database = (folder: string): string => join(folder, DATABASE)
const log = (folder: string): string => `${database(folder)}-wal`

/** Tries to open a folder. Gives the code of what is in the way, or how many requests are there. */
function opening(folder: string): string | number {
  const files = [DATABASE, `${DATABASE}-wal`]
  const before = digestsOf(folder, files)
  try {
    const opened = openGuarded(guardedOptions(folder))
    const count = opened.sqlite.prepare('select count(*) from requests').pluck().get()
    opened.close()
    return Number(count)
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    // Whatever is wrong with them, the files are as they were.
    expect(digestsOf(folder, Object.keys(before))).toEqual(before)
    return error.code
  }
}

function edit(path: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(path)
  change(bytes)
  writeFileSync(path, bytes)
}

const flipAt = (at: number) => (bytes: Buffer) => {
  bytes[at] = (bytes[at] ?? 0) ^ 4
}

test('a new folder gets a new database, and says from then on that there are data', () => {
  const folder = kept(newDataFolder())
  const opened = openGuarded(guardedOptions(folder))
  const whileOpen = [readManifest(folder)?.state, readMark(folder)?.count]
  opened.close()
  expect([whileOpen, readManifest(folder)?.state, readMark(folder)?.count]).toEqual([
    ['open', 1],
    'closed',
    2,
  ])
})

test('data that were closed in order open again, and those of a killed program too', async () => {
  expect([opening(furnished(3)), opening(await killed(3, 4))]).toEqual([3, 7])
})

test('what a program before this one has left opens without marks', () => {
  const folder = furnished(3)
  for (const name of [MANIFEST, ...MARKS]) rmSync(join(folder, name))
  expect([opening(folder), readManifest(folder)?.state]).toEqual([3, 'closed'])
})

test('the manifest and the database have the same id', () => {
  const folder = furnished(1)
  const sqlite = new Database(database(folder), { readonly: true })
  const id = sqlite
    .prepare("select json_extract(value, '$') from settings where key = 'databaseId'")
    .pluck()
    .get()
  sqlite.close()
  expect([readManifest(folder)?.database, readMark(folder)?.database]).toEqual([id, id])
})

test.each([
  ['with everything else there', []],
  ['when the manifest is gone too, but files or copies are there', [MANIFEST, ...MARKS]],
])('a missing file is never replaced by an empty one: %s', (_case, gone) => {
  const folder = furnished(3)
  writeFileSync(join(folder, 'backups', 'pre-migration-0000-0002-x.db'), 'a copy')
  for (const name of [DATABASE, ...gone]) rmSync(join(folder, name))
  expect([opening(folder), existsSync(database(folder))]).toEqual(['missing', false])
})

test('a missing file whose log is still there is missing', async () => {
  const folder = await killed(3, 3)
  for (const name of [DATABASE, MANIFEST, ...MARKS]) rmSync(join(folder, name))
  expect([opening(folder), existsSync(log(folder))]).toEqual(['missing', true])
})

test('a file of 0 bytes that a first start has left before it wrote anything is none to worry about', () => {
  const folder = kept(newDataFolder())
  writeFileSync(database(folder), '')
  const opened = openGuarded(guardedOptions(folder))
  const count = opened.sqlite.prepare('select count(*) from requests').pluck().get()
  opened.close()
  expect([count, readManifest(folder)?.state]).toEqual([0, 'closed'])
})

test('a file of 0 bytes is empty, and its log is not thrown away', async () => {
  const folder = await killed(3, 3)
  truncateSync(database(folder), 0)
  expect([opening(folder), statSync(log(folder)).size > 0]).toEqual(['empty', true])
})

test.each([1, 50, 99, 100, 511, 4095])('a file that ends at byte %i is none, or ends too early', (length) => {
  const folder = furnished()
  truncateSync(database(folder), length)
  expect(opening(folder)).toBe(length < 100 ? 'not-a-database' : 'truncated')
})

test('a file that ends anywhere before its end is truncated', () => {
  const folder = furnished()
  const { size } = statSync(database(folder))
  const whole = readFileSync(database(folder))
  const found = [4096, size / 2, size - 4096, size - 1].map((length) => {
    writeFileSync(database(folder), whole)
    truncateSync(database(folder), Math.floor(length))
    return opening(folder)
  })
  expect(found).toEqual(['truncated', 'truncated', 'truncated', 'truncated'])
})

test('a file that is shorter than it says while its log holds the rest is sound', async () => {
  const folder = await killed(0, 200)
  expect(opening(folder)).toBe(200)
})

test.each([
  ['its first page is zeros', (bytes: Buffer) => bytes.fill(0, 0, 4096)],
  ['its first bytes are others', (bytes: Buffer) => bytes.write('This is not SQLite')],
  ['its page size is none', (bytes: Buffer) => bytes.writeUInt16BE(100, 16)],
])('a file is no database when %s', (_case, change) => {
  const folder = furnished()
  edit(database(folder), change)
  expect(opening(folder)).toBe('not-a-database')
})

test('a database of another program is left alone', () => {
  const folder = furnished()
  rmSync(database(folder))
  const other = new Database(database(folder))
  other.exec('pragma application_id = 77; create table poems (line text)')
  other.close()
  const unmarked = furnished()
  rmSync(database(unmarked))
  new Database(database(unmarked)).exec('create table poems (line text)').close()
  expect([opening(folder), opening(unmarked)]).toEqual(['not-ours', 'not-ours'])
})

test('the data of another office in the place of these are noticed', () => {
  const folder = furnished()
  copyFileSync(database(furnished()), database(folder))
  expect(opening(folder)).toBe('another-database')
})

test('a page of zeros in the first table that is read is damage', () => {
  const folder = furnished(300)
  const sqlite = new Database(database(folder), { readonly: true })
  const page = Number(
    sqlite.prepare("select rootpage from sqlite_schema where name = 'settings'").pluck().get(),
  )
  sqlite.close()
  edit(database(folder), (bytes) => bytes.fill(0, (page - 1) * 4096, page * 4096))
  expect(opening(folder)).toBe('damaged')
})

test('a log that is gone is missed, because the marks know what it held', async () => {
  const folder = await killed(5, 5)
  rmSync(log(folder))
  expect(opening(folder)).toBe('older')
})

test('an older file in the place of the present one is noticed', () => {
  const folder = furnished(3)
  const older = readFileSync(database(folder))
  const opened = openGuarded(guardedOptions(folder))
  addRequests(opened, 2)
  opened.close()
  writeFileSync(database(folder), older)
  expect(opening(folder)).toBe('older')
})

test('a file in which other changes took the place of the known ones is noticed', () => {
  const folder = furnished(3)
  const older = readFileSync(database(folder))
  const first = openGuarded(guardedOptions(folder))
  addRequests(first, 1)
  first.close()
  const marks = digestsOf(folder, [...MARKS])
  const files = MARKS.map((name) => [name, readFileSync(join(folder, name))] as const)
  writeFileSync(database(folder), older)
  for (const name of [MANIFEST, ...MARKS]) rmSync(join(folder, name))
  const second = openGuarded(guardedOptions(folder))
  addRequests(second, 9)
  second.close()
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
  expect([opening(folder), digestsOf(folder, [...MARKS])]).toEqual(['older', marks])
})

test('an empty database in the place of one with data is noticed', () => {
  const folder = furnished(3)
  rmSync(database(folder))
  const empty = new Database(database(folder))
  empty.pragma('journal_mode = WAL')
  empty.close()
  expect(opening(folder)).toBe('older')
})

test('a flipped bit anywhere in the log of a killed program is noticed', async () => {
  const folder = await killed(2, 12)
  const { length } = readFileSync(log(folder))
  const dense = Array.from({ length: 60 }, (_, at) => at)
  // A prime step meets headers, salts, sums and pages in turn.
  const sparse = Array.from({ length: Math.floor(length / 10_007) }, (_, index) => index * 10_007)
  const found = new Set<string | number>()
  for (const at of [...dense, ...sparse, length - 1]) {
    const copy = kept(mkdtempSync(join(tmpdir(), 'data-flipped-')))
    cpSync(folder, copy, { recursive: true })
    edit(log(copy), flipAt(at))
    found.add(opening(copy))
  }
  expect([...found].sort()).toEqual(['older', 'wal-lost'])
})

test('a log whose last commit was torn by a power cut opens without it', async () => {
  const folder = await killed(2, 3)
  for (const name of MARKS) rmSync(join(folder, name))
  truncateSync(log(folder), statSync(log(folder)).size - 100)
  expect(opening(folder)).toBe(4)
})

test('commits that failed and were written over in part by later ones are no damage', async () => {
  const folder = furnished(2)
  const opened = openGuarded(guardedOptions(folder))
  addRequests(opened, 1)
  await opened.keeper.settled()
  const copy = kept(mkdtempSync(join(tmpdir(), 'data-failed-')))
  cpSync(folder, copy, { recursive: true })
  const good = readFileSync(log(copy))
  // Three commits of which the marks never hear, because their sync fails: SQLite has written them and forgets them.
  for (let count = 0; count < 3; count += 1) addRequests(opened, 1)
  const failed = readFileSync(log(folder)).subarray(good.length)
  opened.close()
  const frame = 24 + 4096
  failed.fill(7, 24, frame)
  writeFileSync(log(copy), Buffer.concat([good, failed]))
  expect([scanWal(log(copy))?.broken, opening(copy)]).toEqual([true, 3])
})

test('a damaged log is noticed even when the marks are gone too', async () => {
  const folder = await killed(2, 12)
  for (const name of [MANIFEST, ...MARKS]) rmSync(join(folder, name))
  edit(log(folder), flipAt(Math.floor(statSync(log(folder)).size / 2)))
  expect(opening(folder)).toBe('wal-lost')
})

test('one damaged mark is no harm, since the other one counts', () => {
  const folder = furnished(3)
  for (const name of MARKS) {
    const good = readFileSync(join(folder, name))
    edit(join(folder, name), flipAt(30))
    expect(readMark(folder)).not.toBeNull()
    writeFileSync(join(folder, name), good)
  }
})

test('a mark that was changed is not believed: the one before it counts', () => {
  const folder = furnished(3)
  for (const name of MARKS) {
    const path = join(folder, name)
    if (existsSync(path)) writeFileSync(path, readFileSync(path, 'utf8').replace(/"seq":\d+/u, '"seq":9999'))
  }
  expect([readMark(folder)?.count, opening(folder)]).toEqual([1, 3])
})

test('a file that another program has for itself is locked', () => {
  const folder = furnished(3)
  const other = new Database(database(folder))
  other.pragma('locking_mode = EXCLUSIVE')
  other.exec("begin exclusive; update counters set value = value where name = ''; commit")
  const found = opening(folder)
  other.close()
  expect([found, opening(folder)]).toEqual(['locked', 3])
})

test('a file of a newer program is left as it is', () => {
  const folder = furnished(3)
  const newer = new Database(database(folder))
  newer.pragma('user_version = 4711')
  newer.close()
  expect(opening(folder)).toBe('newer')
})

test('a file with another history than the program knows is left as it is', () => {
  const folder = furnished(3)
  const changed = new Database(database(folder))
  changed.exec("update schema_migrations set up_sha256 = 'other' where version = 1")
  changed.close()
  expect(opening(folder)).toBe('changed-history')
})

test('a full disk is noticed before anything is opened', () => {
  const folder = furnished(3)
  expect(() => openGuarded({ ...guardedOptions(folder), freeBytes: () => 100_000 })).toThrow(
    expect.objectContaining({ code: 'disk-full', facts: { neededBytes: 2_097_152, freeBytes: 100_000 } }),
  )
})
