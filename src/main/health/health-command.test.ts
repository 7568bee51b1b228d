import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Facts } from '../../shared/model/facts'
import { runCommandLine } from '../command-line/run-command-line'
import { claimFolder } from '../settings/folder-lock'
import { createLog } from '../telemetry/log'
import { createMeasures } from '../telemetry/measures'
import { createRedactor } from '../telemetry/redact'
import { healthCommand } from './health-command'
import { WELL } from './server-fixture'
import { startHealth } from './start-health'

const TOKEN = 'a-token-of-the-test'
let folder = ''
const ends: (() => Promise<void> | void)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'health-'))
})
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs the command; what it printed and its exit code. */
async function health(words: readonly string[] = [], variables: Record<string, string> = {}) {
  let printed = ''
  const line = {
    program: 'facility-dispatcher',
    summary: '',
    table: [healthCommand({ DISPATCHER_DATA_DIR: folder, ...variables })],
  }
  const code = await runCommandLine(line, ['health', ...words], {
    out: (text) => (printed += text),
    error: (text) => (printed += text),
    confirm: () => null,
  })
  return { code, printed }
}

function takeFolder(): void {
  const claim = claimFolder(folder)
  if ('release' in claim) ends.push(claim.release)
}

/** As the program does it: with its lock, and an endpoint. */
async function startProgram(change: { facts?: Facts; port?: number | null; token?: string } = {}) {
  takeFolder()
  const said: string[] = []
  const log = createLog({
    folder: join(folder, 'logs'),
    level: 'info',
    console: false,
    version: '1.2.3',
    redactor: createRedactor(),
  })
  const stop = await startHealth({
    environment: {
      healthPort: change.port === undefined ? 0 : change.port,
      healthToken: change.token ?? null,
    },
    folder,
    version: '1.2.3',
    facts: () => change.facts ?? WELL,
    measures: createMeasures(),
    botState: () => 'receiving',
    redactor: createRedactor(),
    log,
    say: (sentence) => said.push(sentence),
  })
  ends.push(stop)
  return { stop, said, log }
}

/** A file that begins as a database does. */
function putDatabase(): void {
  const header = Buffer.alloc(4096)
  header.write('SQLite format 3\0', 'latin1')
  header.writeUInt16BE(4096, 16)
  writeFileSync(join(folder, 'dispatcher.db'), header)
}

test('a program that is well', async () => {
  await startProgram()
  expect(await health()).toEqual({ code: 0, printed: 'Healthy.\n' })
})

test('a program that somebody should look at', async () => {
  await startProgram({ facts: { ...WELL, backup: { lastAt: 1000, isOld: true } } })
  expect(await health()).toEqual({
    code: 1,
    printed: [
      'Something needs a look:',
      '- the newest proven backup is too old, or there is none, since 1970-01-01T00:00:01.000Z',
      'To do: make a backup.',
      '',
    ].join('\n'),
  })
})

test('a program that is not well, for scripts', async () => {
  const facts: Facts = { ...WELL, bot: { state: 'offline', lastAnsweredAt: null } }
  await startProgram({ facts })
  const { code, printed } = await health(['--json'])
  expect([code, JSON.parse(printed)]).toEqual([
    2,
    {
      ok: false,
      command: 'health',
      state: 'unhealthy',
      source: 'program',
      report: {
        healthy: false,
        message: 'not-listening',
        version: '1.2.3',
        issues: [{ code: 'not-listening', severity: 'serious', since: null }],
        actions: ['check-network'],
        parts: facts,
      },
    },
  ])
})

test('a program with a token of the environment', async () => {
  await startProgram({ token: TOKEN })
  putDatabase()
  const [right, none, wrong] = [
    await health([], { DISPATCHER_HEALTH_TOKEN: TOKEN }),
    await health(),
    await health([], { DISPATCHER_HEALTH_TOKEN: `${TOKEN}x` }),
  ]
  expect([right.code, none.code, wrong.code]).toEqual([0, 2, 2])
  for (const { printed } of [none, wrong])
    expect(printed).toContain('but wants another token: set DISPATCHER_HEALTH_TOKEN.')
})

test('a program whose endpoint is off', async () => {
  await startProgram({ port: null })
  putDatabase()
  const { code, printed } = await health()
  expect([code, printed.replace(/process \d+ on \S+\)/, 'process)')]).toEqual([
    1,
    'The program is running (process), but its health endpoint is off: set DISPATCHER_HEALTH_PORT.\nThe database can be read.\n',
  ])
})

test('a program that does not answer', async () => {
  const { stop } = await startProgram()
  const port = readFileSync(join(folder, 'health-port'), 'utf8')
  await stop()
  writeFileSync(join(folder, 'health-port'), port)
  putDatabase()
  const { code, printed } = await health()
  expect([code, printed.includes('but does not answer.')]).toEqual([2, true])
})

test('no program and no data', async () => {
  expect(await health()).toEqual({
    code: 2,
    printed: 'The program is not running.\nThere is no database yet.\n',
  })
})

test('without a running program nobody gets the token', async () => {
  await startProgram()
  // The endpoint goes on, as if somebody else had its port; the lock is gone.
  rmSync(join(folder, 'running.pid'))
  expect((await health()).printed).toContain('The program is not running.')
})

test('a file that is no database', async () => {
  takeFolder()
  writeFileSync(join(folder, 'dispatcher.db'), 'nonsense')
  const { code, printed } = await health()
  expect([code, printed.split('\n')[1]]).toEqual([2, 'The database cannot be read.'])
})

test('another folder than that of the environment', async () => {
  await startProgram()
  const elsewhere = { DISPATCHER_DATA_DIR: join(folder, 'nowhere') }
  expect([
    (await health([], elsewhere)).code,
    (await health(['--data-dir', folder], elsewhere)).code,
  ]).toEqual([2, 0])
})

test('wrong words and wrong variables are told', async () => {
  expect([await health(['--loud']), await health([], { DISPATCHER_HEALTH_PORT: 'x' })]).toEqual([
    { code: 2, printed: "Unknown option '--loud'.\n" },
    { code: 1, printed: 'DISPATCHER_HEALTH_PORT must be a port from 0 (any free one) to 65535.\n' },
  ])
})

test('its help tells of its own exit codes', async () => {
  const { code, printed } = await health(['--help'])
  expect([code, printed.split('\n').at(-2)]).toEqual([
    0,
    'Exit codes: 0 healthy, 1 something needs a look, 2 not healthy, not running, or asked wrongly.',
  ])
})

test('a port that is taken is told and stops nothing', async () => {
  await startProgram()
  const port = Number(readFileSync(join(folder, 'health-port'), 'utf8'))
  const { said } = await startProgram({ port })
  expect(said).toEqual([
    `Health: port ${String(port)} could not be opened (another program has this port). Everything else works.`,
  ])
  expect(readFileSync(join(folder, 'logs/main.log'), 'utf8')).toContain(
    'The health endpoint could not be opened',
  )
})

test('the token never stands in the log', async () => {
  const { log } = await startProgram()
  await health()
  log.flush()
  const token = readFileSync(join(folder, 'health-token'), 'utf8').trim()
  expect(readFileSync(join(folder, 'logs/main.log'), 'utf8')).not.toContain(token)
})
