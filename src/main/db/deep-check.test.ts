import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { createDeps, createUseCases } from '../office'
import { openPracticeWorld } from '../practice/practice-world'
import { seedPractice } from '../practice/seed'
import { openGuarded } from '../startup/guarded-database'
import { furnishedFolder, newDataFolder } from '../testing/data-folder'
import { guardedOptions } from '../testing/guarded-options'
import { checkFile, checkWholeFile } from './deep-check'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function furnished(count: number): string {
  const folder = furnishedFolder(count)
  folders.push(folder)
  return join(folder, 'dispatcher.db')
}

function edit(path: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(path)
  change(bytes)
  writeFileSync(path, bytes)
}

function run(path: string, sql: string): void {
  const sqlite = new Database(path)
  sqlite.pragma('foreign_keys = OFF')
  sqlite.exec(sql)
  sqlite.close()
}

test('a sound file is sound, quickly and as a whole', () => {
  const path = furnished(50)
  expect([checkWholeFile(path, 'quick'), checkWholeFile(path, 'full')]).toEqual([
    { kind: 'sound' },
    { kind: 'sound' },
  ])
})

test('in a building full of requests every row is the sum of its changes', async () => {
  const folder = newDataFolder()
  folders.push(folder)
  const database = openGuarded(guardedOptions(folder))
  // Its chats are kept a moment later, when the folder is gone already.
  const onProblem = () => {}
  const world = await openPracticeWorld({ folder, language: 'en', now: Date.now, onProblem })
  createUseCases(createDeps(database, Date.now, 0)).people.ensureManager()
  await seedPractice({
    database,
    simulator: world.simulator,
    storeFile: () => Promise.resolve('a'.repeat(64)),
    now: Date.now,
    language: 'en',
  })
  await world.close()
  const rows = database.sqlite.prepare('select count(*) from changes').pluck().get()
  database.close()
  expect([Number(rows) > 300, checkWholeFile(join(folder, 'dispatcher.db'), 'full')]).toEqual([
    true,
    { kind: 'sound' },
  ])
})

test('a page of zeros is damage', () => {
  const path = furnished(100)
  edit(path, (bytes) => bytes.fill(0, 20 * 4096, 21 * 4096))
  expect(checkWholeFile(path, 'quick').kind).toBe('damaged')
})

test('a row that points nowhere is damage for the full look only', () => {
  const path = furnished(3)
  run(
    path,
    "insert into comments (id, request_id, user_id, comment, created_at) values ('c', 'x', 'y', 'z', 1)",
  )
  expect([checkWholeFile(path, 'quick').kind, checkWholeFile(path, 'full')]).toEqual([
    'sound',
    { kind: 'damaged', table: 'comments' },
  ])
})

test('a row that says something else than its changes contradicts them', () => {
  const path = furnished(5)
  run(path, "update requests set description = 'Another' where sequence in (2, 4)")
  expect(checkWholeFile(path, 'full')).toEqual({ kind: 'contradicts', table: 'requests', rows: 2 })
})

test('a row that is gone without a word contradicts its changes', () => {
  const path = furnished(5)
  run(path, 'delete from requests where sequence = 3')
  expect(checkWholeFile(path, 'full')).toEqual({ kind: 'contradicts', table: 'requests', rows: 1 })
})

test('every flipped bit in the words of a request is noticed, in the row and in its journal', () => {
  const path = furnished(40)
  const words = Buffer.from('Water drips from the ceiling of room 17')
  const whole = readFileSync(path)
  const places: number[] = []
  for (let at = whole.indexOf(words); at >= 0; at = whole.indexOf(words, at + 1)) places.push(at)
  // Once in the row as the description, once as the title, and both in the journal.
  expect(places.length).toBeGreaterThanOrEqual(3)
  const copy = `${path}.flipped`
  const missed: [number, number][] = []
  for (const place of places) {
    for (let bit = 0; bit < words.length * 8; bit += 5) {
      copyFileSync(path, copy)
      edit(copy, (bytes) => {
        const at = place + Math.floor(bit / 8)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8))
      })
      if (checkWholeFile(copy, 'full').kind === 'sound') missed.push([place, bit])
    }
  }
  expect(missed).toEqual([])
})

test('a file that loses its end while it is looked at is damage', () => {
  const path = furnished(200)
  const found: string[] = []
  for (const { look } of checkFile(path, 'full')) {
    truncateSync(path, 8 * 4096)
    found.push(look().kind)
    if (found.at(-1) !== 'sound') break
  }
  expect(found.at(-1)).toBe('damaged')
})

test('what is no damage of the file is not taken for it', () => {
  const steps = checkFile(furnished(1), 'full')
  const first = steps.next().value
  // Closes the connection on which the step looks.
  steps.return()
  expect(() => first?.look()).toThrow('The database connection is not open')
})
