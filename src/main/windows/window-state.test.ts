import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { placeWindow, readWindowState, saveWindowState, type WindowState } from './window-state'

const LEFT = { x: 0, y: 0, width: 1920, height: 1080 }
const RIGHT = { x: 1920, y: 0, width: 1280, height: 720 }
const state: WindowState = { x: 100, y: 80, width: 1300, height: 800, maximized: false }

test.each([
  ['where it was', state, [LEFT, RIGHT], { x: 100, y: 80, width: 1300, height: 800 }],
  [
    'on the second screen, fitted',
    { ...state, x: 2000 },
    [LEFT, RIGHT],
    { x: 2000, y: 80, width: 1280, height: 720 },
  ],
  ['in sight when its screen is gone', { ...state, x: 2000 }, [LEFT], { width: 1300, height: 800 }],
  ['in sight when it was above the screen', { ...state, y: -50 }, [LEFT], { width: 1300, height: 800 }],
  ['in sight when it was below the screen', { ...state, y: 1000 }, [LEFT], { width: 1300, height: 800 }],
  ['in its first size', null, [RIGHT, LEFT], { width: 1280, height: 720 }],
  [
    'never smaller than it works',
    { ...state, width: 200, height: 200 },
    [LEFT],
    { x: 100, y: 80, width: 1024, height: 680 },
  ],
  ['even with no screen', null, [], { width: 1400, height: 900 }],
])('the window opens %s', (_what, known, screens, expected) => {
  expect(placeWindow(known, screens)).toEqual(expected)
})

test('the state is kept, and a missing or damaged one is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'window-'))
  const missing = readWindowState(folder)
  saveWindowState(folder, state)
  const kept = readWindowState(folder)
  writeFileSync(join(folder, 'window.json'), '{"x":1}')
  const damaged = readWindowState(folder)
  rmSync(folder, { recursive: true })
  expect([missing, kept, damaged]).toEqual([null, state, null])
})
