import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openSqlite } from '../connection'
import { upgrade } from './migrate'
import { furnish, openIn, optionsFor, stateOf, stateOfFile, tempFolder } from './house-fixture'
import { REBUILD } from './house-migrations-fixture'
import { SOURCE_ARGUMENTS } from './typescript-child-fixture'
import { problemOfCopy } from './verified-copy'

const CHILD = new URL('./upgrade-child-fixture.ts', import.meta.url).pathname
const CHILD_ARGUMENTS = [...SOURCE_ARGUMENTS, CHILD]

/** A furnished house at the first migration, closed, with its state and the state it is to have. */
function closedHouse() {
  const folder = tempFolder()
  const sqlite = openSqlite(join(folder, 'house.db'))
  upgrade(sqlite, { ...optionsFor(folder), to: 1 })
  furnish(sqlite)
  sqlite.close()
  return { folder, path: join(folder, 'house.db') }
}

function oldAndNew() {
  const { folder, path } = closedHouse()
  const old = stateOfFile(path, folder)
  const sqlite = openIn(folder)
  upgrade(sqlite, optionsFor(folder))
  return { old, upgraded: { integrity: 'ok', ...stateOf(sqlite) } }
}

const STEPS = 4 + 1 + REBUILD.up.length + 3 + 1

describe('a program that is killed while it upgrades', () => {
  test('at each of its steps leaves the old file or the new one, and the next start finishes', {
    timeout: 60_000,
  }, () => {
    const { old, upgraded } = oldAndNew()
    const ends = Array.from({ length: STEPS }, (_, step) => {
      const { folder, path } = closedHouse()
      const { signal, stderr } = spawnSync(process.execPath, [...CHILD_ARGUMENTS, folder, String(step)])
      expect([signal, String(stderr)]).toEqual(['SIGKILL', ''])
      const state = stateOfFile(path, folder)
      expect([old, upgraded]).toContainEqual(state)
      const sqlite = openIn(folder)
      upgrade(sqlite, optionsFor(folder))
      expect(stateOf(sqlite)).toMatchObject({ schema: upgraded.schema, content: upgraded.content })
      // What was half copied is gone, and a copy that has its name is whole.
      const copies = readdirSync(join(folder, 'backups'))
      expect(copies.filter((name) => !name.endsWith('.db'))).toEqual([])
      expect(copies.length).toBeGreaterThan(0)
      return state.version
    })
    expect(ends).toEqual([...Array.from({ length: STEPS - 1 }, () => 1), 2])
  })

  test('at any moment does the same', async () => {
    const { old, upgraded } = oldAndNew()
    for (const afterMs of [0, 4, 8, 16, 32]) {
      const { folder, path } = closedHouse()
      const child = spawn(process.execPath, [...CHILD_ARGUMENTS, folder])
      const ended = once(child, 'exit')
      await once(child.stdout, 'data')
      await setTimeout(afterMs)
      child.kill('SIGKILL')
      await ended
      expect([old, upgraded]).toContainEqual(stateOfFile(path, folder))
    }
  })
})

const canMount = spawnSync('unshare', ['-Urm', 'true']).status === 0

describe('a disk that is full', () => {
  // A small disk of our own needs a namespace of our own.
  test.runIf(canMount)('while the copy is made leaves no half copy, and the old file', () => {
    const { old } = oldAndNew()
    const { folder, path } = closedHouse()
    const sqlite = openIn(folder)
    sqlite.exec(`insert into notes values (2, hex(zeroblob(200000)))`)
    sqlite.close()
    const withNote = stateOfFile(path, folder)
    expect(withNote).not.toEqual(old)
    const script = [
      'mkdir "$1/backups" && mount -t tmpfs -o size=2m none "$1/backups"',
      'head -c 1800000 /dev/zero > "$1/backups/ballast"',
      'shift; "$@"; code=$?',
      'ls "$FOLDER/backups"; exit $code',
    ].join('\n')
    const { status, stdout, stderr } = spawnSync(
      'unshare',
      ['-Urm', 'sh', '-c', script, 'sh', folder, process.execPath, ...CHILD_ARGUMENTS, folder],
      { env: { ...process.env, FOLDER: folder, IGNORE_SPACE: '1' } },
    )
    expect([status, String(stdout).trim()]).toEqual([1, 'ready\nballast'])
    expect(String(stderr)).toContain('database or disk is full')
    expect(stateOfFile(path, folder)).toEqual(withNote)
  })
})

test('a copy of an earlier version is told apart', () => {
  const { folder } = closedHouse()
  const sqlite = openIn(folder)
  const { backupFile } = upgrade(sqlite, optionsFor(folder))
  expect(problemOfCopy(sqlite, join(folder, 'backups', String(backupFile)))).toContain('differ')
})
