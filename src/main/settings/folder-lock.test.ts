import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimFolder } from './folder-lock'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folder-lock-'))
  path = join(folder, 'running.pid')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Claims the folder and expects to get it. */
function claim(pid?: number): () => void {
  const claimed = claimFolder(folder, pid)
  if (!('release' in claimed)) throw new Error(`Process ${String(claimed.pid)} has it`)
  return claimed.release
}

test('a folder that nobody has is claimed, for this user’s eyes only, and given back', () => {
  const release = claim()
  const claimed = [readFileSync(path, 'utf8'), statSync(path).mode & 0o777]
  release()
  expect([claimed, existsSync(path)]).toEqual([[`${String(process.pid)}\n`, 0o600], false])
})

test('a folder that a living process has is left to it', () => {
  // The parent of this process lives as long as the test.
  writeFileSync(path, `${String(process.ppid)}\n`)
  expect([claimFolder(folder), readFileSync(path, 'utf8')]).toEqual([
    { pid: process.ppid },
    `${String(process.ppid)}\n`,
  ])
})

test('a folder of a process of another user is left to it', () => {
  // Process 1 always lives; whoever is not root may not signal it, which says as much.
  writeFileSync(path, '1\n')
  expect(claimFolder(folder)).toEqual({ pid: 1 })
})

test('what a process has left that is no more is taken over', async () => {
  const child = spawn(process.execPath, ['-e', ''], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } })
  await new Promise((resolve) => child.on('exit', resolve))
  writeFileSync(path, `${String(child.pid)}\n`)
  claim()()
  expect(existsSync(path)).toBe(false)
})

test.each(['', 'nonsense', '-5', '0', '1.5', '99999999999999999999'])(
  'a file with %j names nobody',
  (content) => {
    writeFileSync(path, content)
    expect(() => {
      claim()()
    }).not.toThrow()
  },
)

test('the same process may claim it again, after a crash that gave it the same number', () => {
  claim()
  expect(() => {
    claim()
  }).not.toThrow()
})

test('giving back leaves alone what somebody else has claimed since', () => {
  const release = claim()
  writeFileSync(path, '1\n')
  release()
  expect(readFileSync(path, 'utf8')).toBe('1\n')
})
