import { expect, test } from 'vitest'
import { wantedCommand } from './wanted-command'

const WORDS = ['db', 'current', '--json']

test.each([
  ['a packaged program', { argv: ['/opt/program', ...WORDS], type: 'browser' }],
  ['a packaged program with switches', { argv: ['/opt/program', '--no-sandbox', ...WORDS], type: 'browser' }],
  ['Electron with a folder', { argv: ['electron', '.', ...WORDS], type: 'browser', defaultApp: true }],
  [
    'Electron with switches',
    { argv: ['electron', '--no-sandbox', '.', ...WORDS], type: 'browser', defaultApp: true },
  ],
  ['bare Node', { argv: ['node', 'out/main/tool.js', ...WORDS] }],
])('%s is asked for a command', (_, started) => {
  expect(wantedCommand(started)).toEqual(WORDS)
})

test.each([
  ['a packaged program', { argv: ['/opt/program', '--health', '--json'], type: 'browser' }],
  ['one with switches', { argv: ['/opt/program', '--no-sandbox', '--health', '--json'], type: 'browser' }],
  [
    'Electron with a folder',
    { argv: ['electron', '.', '--health', '--json'], type: 'browser', defaultApp: true },
  ],
  ['bare Node', { argv: ['node', 'out/main/tool.js', 'health', '--json'] }],
])('%s is asked for its health', (_, started) => {
  expect(wantedCommand(started)).toEqual(['health', '--json'])
})

test.each([
  ['nothing', { argv: ['/opt/program'], type: 'browser' }],
  ['a window with a switch', { argv: ['/opt/program', '--practice'], type: 'browser' }],
  ['a window in development', { argv: ['electron', '.'], type: 'browser', defaultApp: true }],
  ['a folder of that name', { argv: ['electron', 'db'], type: 'browser', defaultApp: true }],
  ['something else', { argv: ['/opt/program', 'file.txt', 'db'], type: 'browser' }],
])('%s opens the window', (_, started) => {
  expect(wantedCommand(started)).toBe(null)
})
