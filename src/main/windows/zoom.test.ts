import { expect, test } from 'vitest'
import { type KeyPress, zoomAfter } from './zoom'

const press: KeyPress = { type: 'keyDown', key: '+', control: true, meta: false, alt: false }

test.each<[string, Partial<KeyPress>, number, NodeJS.Platform, number | null]>([
  ['plus', {}, 0, 'linux', 0.5],
  ['equals, the same key without shift', { key: '=' }, 1, 'win32', 1.5],
  ['plus at the largest', {}, 4, 'linux', 4],
  ['minus', { key: '-' }, 0, 'linux', -0.5],
  ['minus with shift', { key: '_' }, 0, 'linux', -0.5],
  ['minus at the smallest', { key: '-' }, -2, 'linux', -2],
  ['nought', { key: '0' }, 3, 'linux', 0],
  ['the command key on macOS', { control: false, meta: true }, 0, 'darwin', 0.5],
  ['control on macOS', {}, 0, 'darwin', null],
  ['plus alone', { control: false }, 0, 'linux', null],
  ['with alt', { alt: true }, 0, 'linux', null],
  ['another key', { key: 'k' }, 0, 'linux', null],
  ['letting the key go', { type: 'keyUp' }, 0, 'linux', null],
])('%s', (_what, change, level, platform, expected) => {
  expect(zoomAfter({ ...press, ...change }, level, platform)).toBe(expected)
})
