import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { installDatabase, moveAside, renameHeld } from './move-aside'

const SET = [
  'dispatcher.db',
  'dispatcher.db-journal',
  'dispatcher.db-shm',
  'dispatcher.db-wal',
  'manifest.json',
  'mark-a.json',
  'mark-b.json',
]
const AT = Date.UTC(2026, 2, 2, 9, 30, 5)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'move-aside-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('the whole set goes aside together with its marks, and nothing else does', async () => {
  for (const name of [...SET, 'window.json']) writeFileSync(join(folder, name), name)
  const name = await moveAside(folder, AT)
  const kept = readdirSync(join(folder, name)).sort()
  expect([
    name,
    kept,
    kept.map((file) => readFileSync(join(folder, name, file), 'utf8')),
    readdirSync(folder).sort(),
  ]).toEqual(['damaged-20260302-093005', SET, SET, ['damaged-20260302-093005', 'window.json']])
})

test('twice in one second makes two folders', async () => {
  const names = [await moveAside(folder, AT), await moveAside(folder, AT), await moveAside(folder, AT)]
  expect(names).toEqual(['damaged-20260302-093005', 'damaged-20260302-093005-2', 'damaged-20260302-093005-3'])
})

test.each(SET)('a file is never put beside a %s of another one', async (left) => {
  const draft = join(folder, 'new.db')
  writeFileSync(draft, 'new')
  writeFileSync(join(folder, left), 'old')
  await expect(installDatabase(folder, draft)).rejects.toThrow(left)
  expect([existsSync(draft), readFileSync(join(folder, left), 'utf8')]).toEqual([true, 'old'])
})

test('a file that a scanner holds is renamed once it is let go', async () => {
  let held = 3
  const tried: string[] = []
  const rename = (from: string, to: string) => {
    tried.push(`${from} ${to}`)
    held -= 1
    if (held >= 0) throw Object.assign(new Error('held'), { code: 'EBUSY' })
  }
  await renameHeld('a', 'b', rename)
  expect(tried).toEqual(['a b', 'a b', 'a b', 'a b'])
})

test('what is not a matter of waiting is told at once', async () => {
  let tries = 0
  const rename = () => {
    tries += 1
    throw Object.assign(new Error('no room'), { code: 'ENOSPC' })
  }
  await expect(renameHeld('a', 'b', rename)).rejects.toThrow('no room')
  expect(tries).toBe(1)
})
