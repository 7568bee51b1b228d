import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { noteRestart } from './restarts'

const MINUTE = 60_000

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'restarts-'))
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  ['twice within five minutes, not a third time', [0, 1, 2], [true, true, false]],
  ['again when the first is five minutes ago', [0, 4 * MINUTE, 5 * MINUTE], [true, true, true]],
  ['a refused one does not count', [0, 1, 2, 5 * MINUTE + 1], [true, true, false, true]],
  ['a clock that was set back forgets what lies ahead', [10 * MINUTE, 11 * MINUTE, 1], [true, true, true]],
])('%s', (_what, times, expected) => {
  expect(times.map((time) => noteRestart(folder, time))).toEqual(expected)
})

test.each(['', '{', '{"a":1}', '["x"]'])('a damaged note (%j) is none', (content) => {
  writeFileSync(join(folder, 'restarts.json'), content)

  expect(noteRestart(folder, 0)).toBe(true)
})

test('without a note there is no restart, and the note is for nobody else to read', () => {
  noteRestart(folder, 0)

  expect([
    noteRestart(join(folder, 'missing'), 0),
    statSync(join(folder, 'restarts.json')).mode & 0o777,
  ]).toEqual([false, 0o600])
})
