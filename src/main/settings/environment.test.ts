import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { practiceFolder, prepareDataFolder, readEnvironment } from './environment'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('without variables everything has its default', () => {
  expect(readEnvironment({ TELEGRAM_BOT_TOKEN: '  ', DISPATCHER_UNDO_MS: '' }, 'linux')).toEqual({
    dataFolder: join(homedir(), '.local/share/facility-dispatcher'),
    botToken: null,
    apiRoot: null,
    logLevel: null,
    sentryDsn: null,
    undoMs: 6000,
    healthPort: null,
    healthToken: null,
    alertStepMs: 30_000,
  })
})

test('variables are taken without the spaces around them', () => {
  expect(
    readEnvironment({
      DISPATCHER_DATA_DIR: ' /srv/desk/../desk ',
      TELEGRAM_BOT_TOKEN: '1:x\n',
      TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/api//',
      DISPATCHER_LOG_LEVEL: 'debug',
      DISPATCHER_UNDO_MS: '0',
      DISPATCHER_HEALTH_PORT: ' 9469 ',
      DISPATCHER_HEALTH_TOKEN: 'abcdefghijklmnop',
    }),
  ).toEqual({
    dataFolder: '/srv/desk',
    botToken: '1:x',
    apiRoot: 'http://127.0.0.1:8081/api',
    sentryDsn: null,
    logLevel: 'debug',
    undoMs: 0,
    healthPort: 9469,
    healthToken: 'abcdefghijklmnop',
    alertStepMs: 30_000,
  })
})

test.each<[NodeJS.Platform, Record<string, string>, string]>([
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/facility-dispatcher'],
  ['darwin', { XDG_DATA_HOME: '/data' }, join(homedir(), 'Library/Application Support/Facility Dispatcher')],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/Facility Dispatcher'],
  ['win32', {}, join(homedir(), 'AppData/Local/Facility Dispatcher')],
])('the default folder on %s with %j', (platform, variables, expected) => {
  expect(readEnvironment(variables, platform).dataFolder).toBe(expected)
})

test.each([
  [
    { DISPATCHER_HEALTH_PORT: '65536' },
    'DISPATCHER_HEALTH_PORT must be a port from 0 (any free one) to 65535.',
  ],
  [
    { DISPATCHER_HEALTH_TOKEN: 'short' },
    'DISPATCHER_HEALTH_TOKEN must be a word of at least 16 letters, digits and ._~+/=-.',
  ],
  [
    { DISPATCHER_HEALTH_TOKEN: 'long enough but of many words' },
    'DISPATCHER_HEALTH_TOKEN must be a word of at least 16 letters, digits and ._~+/=-.',
  ],
  [{ DISPATCHER_LOG_LEVEL: 'loud' }, 'DISPATCHER_LOG_LEVEL must be error, warn, info or debug.'],
  [{ DISPATCHER_UNDO_MS: '1.5' }, 'DISPATCHER_UNDO_MS must be whole milliseconds from 0 to 60000.'],
  [{ DISPATCHER_UNDO_MS: '60001' }, 'DISPATCHER_UNDO_MS must be whole milliseconds from 0 to 60000.'],
  [
    { TELEGRAM_API_ROOT: 'ftp://x', DISPATCHER_UNDO_MS: 'soon' },
    'TELEGRAM_API_ROOT must be an http or https address without name, password or question mark. DISPATCHER_UNDO_MS must be whole milliseconds from 0 to 60000.',
  ],
  [
    { TELEGRAM_API_ROOT: 'https://name:secret@host/' },
    'TELEGRAM_API_ROOT must be an http or https address without name, password or question mark.',
  ],
])('wrong variables are named without their values: %j', (variables, sentence) => {
  expect(() => readEnvironment(variables)).toThrow(new Error(sentence))
})

test('the data folder and its parts are made for nobody else to read', () => {
  const data = join(folder, 'a', 'b')
  prepareDataFolder(data)
  prepareDataFolder(practiceFolder(data))
  const modes = ['.', 'files', 'backups', 'logs', 'practice', 'practice/files'].map(
    (part) => statSync(join(data, part)).mode & 0o777,
  )
  expect([readdirSync(data).sort(), modes]).toEqual([
    ['backups', 'files', 'logs', 'practice'],
    [0o700, 0o700, 0o700, 0o700, 0o700, 0o700],
  ])
})

test.each([
  ['an empty folder', [], 0o700],
  ['our folder', ['dispatcher.db', 'other'], 0o700],
  ["somebody's folder", ['letters.txt'], 0o755],
])('rights of %s that is already there', (_what, names, mode) => {
  const data = join(folder, 'there')
  mkdirSync(data)
  chmodSync(data, 0o755)
  for (const name of names) writeFileSync(join(data, name), '')
  prepareDataFolder(data)
  expect([statSync(data).mode & 0o777, statSync(join(data, 'files')).mode & 0o777]).toEqual([mode, 0o700])
})
