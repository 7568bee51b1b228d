import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimFolder, here } from './folder-lock'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folder-lock-'))
  path = join(folder, 'running.pid')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Claims the folder and expects to get it. */
function claim(pid?: number): () => void {
  const claimed = claimFolder(folder, pid === undefined ? {} : { pid })
  if (!('release' in claimed)) throw new Error(`Process ${String(claimed.pid)} has it`)
  return claimed.release
}

test('a folder that nobody has is claimed, for this user’s eyes only, and given back', () => {
  const release = claim()
  const claimed = [JSON.parse(readFileSync(path, 'utf8')), statSync(path).mode & 0o777, readdirSync(folder)]
  release()
  const mine = { host: here().host, boot: here().boot, pid: process.pid }
  expect([claimed, existsSync(path)]).toEqual([
    [expect.objectContaining(mine), 0o600, ['running.pid']],
    false,
  ])
})

test('a folder that a living process has is left to it', () => {
  // The parent of this process lives as long as the test.
  writeFileSync(path, `${String(process.ppid)}\n`)
  expect([claimFolder(folder), readFileSync(path, 'utf8')]).toEqual([
    { pid: process.ppid, host: here().host, user: '', isHere: true },
    `${String(process.ppid)}\n`,
  ])
})

test('a folder of a process of another user is left to it', () => {
  // Process 1 always lives; whoever is not root may not signal it, which says as much.
  writeFileSync(path, '1\n')
  expect(claimFolder(folder)).toMatchObject({ pid: 1, isHere: true })
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

const elsewhere = { host: 'PC-2', boot: 'another-boot', startedAt: 1, pid: 4711, user: 'anna' }

test('a folder that another computer has is left to it, until a person says that nobody works there', () => {
  writeFileSync(path, JSON.stringify(elsewhere))
  const refused = claimFolder(folder)
  const forced = claimFolder(folder, { force: true })
  expect([refused, 'release' in forced, JSON.parse(readFileSync(path, 'utf8'))]).toEqual([
    { pid: 4711, host: 'PC-2', user: 'anna', isHere: false },
    true,
    expect.objectContaining({ pid: process.pid }),
  ])
})

test('even with force, a living process of this computer keeps the folder', () => {
  writeFileSync(path, JSON.stringify({ ...here(), pid: process.ppid, user: 'anna' }))
  expect(claimFolder(folder, { force: true })).toMatchObject({
    pid: process.ppid,
    user: 'anna',
    isHere: true,
  })
})

test('a lock from before this computer was started anew is worth nothing, though a process has its number', () => {
  writeFileSync(
    path,
    JSON.stringify({ ...here(), boot: 'before', startedAt: 1, pid: process.ppid, user: '' }),
  )
  claim()()
  expect(existsSync(path)).toBe(false)
})

test('where no boot id is told, the time of the start tells two starts apart', () => {
  const now = { host: 'desk', boot: '', startedAt: 5_000_000 }
  const lock = (startedAt: number) => JSON.stringify({ ...now, startedAt, pid: process.ppid, user: '' })
  writeFileSync(path, lock(now.startedAt + 2000))
  const same = claimFolder(folder, { here: now })
  writeFileSync(path, lock(now.startedAt - 3_600_000))
  const other = claimFolder(folder, { here: now })
  expect(['pid' in same, 'release' in other]).toEqual([true, true])
})

test('of many programs that start together exactly one gets the folder', async () => {
  const script = `
    import { claimFolder } from ${JSON.stringify(join(import.meta.dirname, 'folder-lock.ts'))}
    const claimed = claimFolder(${JSON.stringify(folder)})
    process.stdout.write('release' in claimed ? 'mine' : 'theirs')
    process.stdin.resume()
    process.stdin.on('end', () => process.exit())`
  // What a crashed program has left, so that all of them have to clear it away first.
  writeFileSync(path, JSON.stringify({ ...here(), boot: 'before', startedAt: 1, pid: 1, user: '' }))
  const children = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
    }),
  )
  const answers = await Promise.all(
    children.map(
      (child) => new Promise<string>((resolve) => child.stdout.once('data', (said) => resolve(String(said)))),
    ),
  )
  for (const child of children) child.stdin.end()
  expect(answers.sort()).toEqual(['mine', 'theirs', 'theirs', 'theirs', 'theirs', 'theirs'])
})
