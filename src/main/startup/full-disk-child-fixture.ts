// Fills a small disk, and says what became of a database on it. Started in a namespace of its own.
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openSqlite } from '../db/connection'
import { guardedOptions } from '../testing/guarded-options'
import { createBallast } from './ballast'
import { freeBytesOf } from './check-files'
import { databasePath } from './data-files'
import { createDiskWatch } from './disk-watch'
import { openGuarded } from './guarded-database'

const [folder = ''] = process.argv.slice(2)

/** Fills the disk to its last byte. */
function fill(name: string): void {
  const file = openSync(join(folder, name), 'w')
  let size = 1024 * 1024
  while (size >= 1) {
    try {
      writeSync(file, Buffer.alloc(size, 1))
    } catch {
      size = Math.floor(size / 2)
    }
  }
  closeSync(file)
}

function codeOf(work: () => void): string {
  try {
    work()
    return 'done'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

const states: string[] = []
let rooms = 0
openGuarded(guardedOptions(folder)).close()
const ballast = createBallast(folder)
await ballast.take()
const watch = createDiskWatch({
  freeBytes: () => freeBytesOf(folder),
  databaseBytes: () => 0,
  ballast,
  onState: ({ state }) => states.push(state),
  onRoom: () => {
    rooms += 1
  },
  onProblem: () => {},
})
const sqlite = openSqlite(databasePath(folder))
const insert = sqlite.prepare('insert into settings (key, value) values (?, json_quote(?))')
fill('filler')
const refused = codeOf(() => {
  for (let index = 0; index < 1000; index += 1) insert.run(`small-${String(index)}`, 'x')
})
const before = freeBytesOf(folder)
watch.noteFull()
let saved = 0
for (let index = 0; index < 100; index += 1)
  saved += insert.run(`large-${String(index)}`, 'x'.repeat(10_000)).changes
const integrity = sqlite.pragma('integrity_check', { simple: true })
sqlite.close()
watch.stop()
fill('more')
const opening = codeOf(() => {
  openGuarded(guardedOptions(folder)).close()
})
for (const name of ['filler', 'more']) rmSync(join(folder, name))
process.stdout.write(
  JSON.stringify({ refused, freed: before < 1024 * 1024, saved, integrity, states, rooms, opening }),
)
