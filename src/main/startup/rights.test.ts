import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { digestsOf, furnishedFolder } from '../testing/data-folder'
import { guardedOptions } from '../testing/guarded-options'
import { sourceArguments, sourceEnvironment } from '../testing/run-source'
import { DATABASE } from './data-files'

const CHILD = new URL('./open-child-fixture.ts', import.meta.url)
const NOBODY = 65_534
const isSuperuser = process.getuid?.() === 0

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) {
    chmodSync(folder, 0o700)
    rmSync(folder, { recursive: true, force: true })
  }
})

/** A furnished folder of somebody whom rights bind: nothing binds the superuser. */
function folderOfSomebody(): string {
  const folder = furnishedFolder(5)
  folders.push(folder)
  if (isSuperuser) {
    const names = readdirSync(folder, { recursive: true }).map(String)
    for (const path of [folder, ...names.map((name) => join(folder, name))]) chownSync(path, NOBODY, NOBODY)
  }
  return folder
}

/** A copy of the migrations that everybody may read, which this tree need not be. */
function migrationsForAll(): string {
  const copy = mkdtempSync(join(tmpdir(), 'migrations-'))
  folders.push(copy)
  cpSync(guardedOptions('').migrationsFolder, copy, { recursive: true })
  chmodSync(copy, 0o755)
  return copy
}

function openingAsSomebody(folder: string): string {
  const user = isSuperuser ? [String(NOBODY)] : []
  const { stdout, stderr } = spawnSync(
    process.execPath,
    sourceArguments(CHILD, folder, migrationsForAll(), ...user),
    {
      encoding: 'utf8',
      env: sourceEnvironment,
    },
  )
  return stderr === '' ? stdout : stderr
}

test.skipIf(process.platform === 'win32').each([
  ['sound', 'as it should be', '', 0o700],
  ['read-only', 'a folder without the right to write', '', 0o500],
  ['read-only', 'a file without the right to write', DATABASE, 0o400],
  ['no-permission', 'a file without any right', DATABASE, 0o000],
  ['no-permission', 'a folder without any right', '', 0o000],
])('the answer is %s for %s, and nothing is changed', (code, _case, name, mode) => {
  const folder = folderOfSomebody()
  const before = digestsOf(folder, [DATABASE])
  chmodSync(join(folder, name), mode)
  const found = openingAsSomebody(folder)
  chmodSync(folder, 0o700)
  expect([found, digestsOf(folder, code === 'sound' ? [] : [DATABASE])]).toEqual([
    code,
    code === 'sound' ? {} : before,
  ])
})
