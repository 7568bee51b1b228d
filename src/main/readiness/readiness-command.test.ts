import { chmodSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { backupCommand } from '../backups/commands'
import type { Outcome } from '../command-line/command'
import type { Simulator } from '../practice/simulator/simulator'
import { startSimulator } from '../practice/simulator/start-simulator'
import { prepareDataFolder } from '../settings/environment'
import { builtThread, removeBuilt } from '../testing/backup-thread'
import { furnishedFolder } from '../testing/data-folder'
import { guardedOptions } from '../testing/guarded-options'
import type { Checked } from './check'
import { readinessCommand } from './readiness-command'

const { migrationsFolder } = guardedOptions('')
let threadFile: string
let simulator: Simulator
let folder: string
beforeAll(async () => {
  threadFile = await builtThread()
  simulator = await startSimulator()
})
afterAll(async () => {
  await simulator.stop()
  removeBuilt()
})
beforeEach(async () => {
  folder = furnishedFolder(3)
  prepareDataFolder(folder)
  // The program makes every file for nobody else; a test runs with the rights of whoever runs it.
  chmodSync(join(folder, 'dispatcher.db'), 0o600)
  const silent = { print: () => {}, complain: () => {} }
  await backupCommand({
    dataFolder: folder,
    json: true,
    passphrase: null,
    threadFile,
    migrationsFolder,
    ...silent,
  })
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

type Variables = Readonly<Record<string, string>>

async function run(variables: Variables = {}, switches: readonly string[] = []) {
  const command = readinessCommand({
    migrationsFolder,
    threadFile,
    now: Date.now,
    variables: {
      DISPATCHER_DATA_DIR: folder,
      TELEGRAM_API_ROOT: simulator.apiRoot,
      TELEGRAM_BOT_TOKEN: simulator.token,
      ...variables,
    },
  })
  const call = { args: [], switches: new Set(switches), values: new Map() }
  const outcome: Outcome = await command.run(call, { note: () => {}, confirm: () => null })
  // The command puts its rows there itself.
  const rows = outcome.data['checks'] as readonly Checked[]
  return {
    outcome,
    verdicts: Object.fromEntries(rows.map(({ id, verdict }) => [id, verdict])),
    found: (id: string) => rows.find((row) => row.id === id)?.found ?? '',
  }
}

const ALL_WELL = {
  folder: 'go',
  place: 'go',
  disk: 'go',
  log: 'go',
  lock: 'go',
  database: 'go',
  migrations: 'go',
  backup: 'go',
  'backup-proof': 'go',
  'second-folder': 'warn',
  token: 'go',
  bot: 'go',
  clock: 'go',
  'other-program': 'skipped',
  health: 'skipped',
}

test('a folder in order is a go, and no secret is printed', async () => {
  const { outcome, verdicts, found } = await run()
  expect([
    outcome.isGood,
    verdicts,
    found('bot').startsWith('@'),
    outcome.lines.at(-1),
    JSON.stringify(outcome).includes(simulator.token),
  ]).toEqual([true, ALL_WELL, true, 'GO: 12 go, 1 warn, 0 no-go, 2 not checked', false])
})

test.each<readonly [what: string, spoil: () => void, changed: Partial<typeof ALL_WELL>]>([
  [
    'others may read the database',
    () => chmodSync(join(folder, 'dispatcher.db'), 0o644),
    { folder: 'no-go' },
  ],
  [
    'the database is cut short',
    () => truncateSync(join(folder, 'dispatcher.db'), 3 * 4096),
    { database: 'no-go' },
  ],
  [
    'the database is no database',
    () => writeFileSync(join(folder, 'dispatcher.db'), 'x'.repeat(9000), { mode: 0o600 }),
    { database: 'no-go', migrations: 'no-go' },
  ],
  [
    'there is no backup',
    () => {
      rmSync(join(folder, 'backups'), { recursive: true })
      mkdirSync(join(folder, 'backups'), { mode: 0o700 })
    },
    { backup: 'no-go', 'backup-proof': 'skipped' },
  ],
  [
    'another computer has the folder',
    () => {
      const lock = { pid: 7, host: 'PC-2', user: 'anna', boot: 'another', startedAt: 1 }
      writeFileSync(join(folder, 'running.pid'), JSON.stringify(lock))
    },
    { lock: 'no-go' },
  ],
  ['the folder is synchronised', () => mkdirSync(join(folder, '.stfolder')), { place: 'no-go' }],
])('when %s, exactly that is a no-go', async (_what, spoil, changed) => {
  spoil()
  const { outcome, verdicts } = await run()
  // A file that can't be read may also be too new or too old: only what was spoilt is looked at.
  const expected = { ...ALL_WELL, ...changed }
  expect([outcome.isGood, verdicts]).toEqual([
    false,
    changed.database === 'no-go' ? { ...expected, migrations: verdicts['migrations'] } : expected,
  ])
})

test('a token that Telegram refuses, none, and a Telegram that does not answer are told apart', async () => {
  const refused = await run({ TELEGRAM_BOT_TOKEN: `7000000001:${'a'.repeat(35)}` })
  const none = await run({ TELEGRAM_BOT_TOKEN: '' })
  const nobody = await run({ TELEGRAM_API_ROOT: 'http://127.0.0.1:9' })
  const offline = await run({ TELEGRAM_API_ROOT: 'http://127.0.0.1:9' }, ['offline'])
  const told = [refused, none, nobody, offline].map(({ verdicts, found }) => [
    verdicts['token'],
    verdicts['bot'],
    found('bot'),
  ])
  expect(told).toEqual([
    ['go', 'no-go', 'Telegram refuses the token'],
    ['no-go', 'skipped', 'not asked: this command has no token'],
    ['go', 'no-go', 'Telegram does not answer'],
    ['go', 'skipped', 'not asked, as --offline says'],
  ])
})

test.each([
  [0, 'go'],
  [5 * 60_000, 'warn'],
  [3600_000, 'no-go'],
])('a clock that is %i ms off is a %s', async (off, verdict) => {
  const server = createServer((_request, response) => {
    response.setHeader('date', new Date(Date.now() - off).toUTCString())
    response.end(JSON.stringify({ ok: true, result: { username: 'some_bot' } }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const { verdicts } = await run({ TELEGRAM_API_ROOT: `http://127.0.0.1:${String(port)}` })
  server.close()
  expect(verdicts['clock']).toBe(verdict)
})

test('the health endpoint is asked with its token, where one is wanted', async () => {
  const server = createServer((request, response) => {
    response.writeHead(request.headers.authorization === 'Bearer the-right-token-of-it' ? 200 : 401).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = String((server.address() as AddressInfo).port)
  const ask = async (token: string, at = port) => {
    const { verdicts } = await run({ DISPATCHER_HEALTH_PORT: at, DISPATCHER_HEALTH_TOKEN: token }, [
      'offline',
    ])
    return verdicts['health']
  }
  expect([
    await ask('the-right-token-of-it'),
    await ask('the-wrong-token-of-it'),
    await ask('the-right-token-of-it', '9'),
  ]).toEqual(['go', 'no-go', 'warn'])
  server.close()
})
