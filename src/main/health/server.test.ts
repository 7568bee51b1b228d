import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createLog } from '../telemetry/log'
import { createRedactor } from '../telemetry/redact'
import { judge } from './judge'
import { type HealthServer, type HealthServerDeps, startHealthServer } from './server'
import { talk, WELL } from './server-fixture'

const TOKEN = 'a-token-of-the-test'
const AUTHORIZED = `Authorization: Bearer ${TOKEN}`
const PATHS = ['/healthz', '/readyz', '/health', '/metrics']

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

type Started = HealthServer & { readonly logged: () => string }

async function start(change: Partial<HealthServerDeps> = {}): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'health-'))
  const log = createLog({
    folder,
    level: 'info',
    console: false,
    version: '1.2.3',
    redactor: createRedactor(),
  })
  const server = await startHealthServer({
    port: 0,
    token: TOKEN,
    version: '1.2.3',
    facts: () => WELL,
    judge,
    metrics: () => Promise.resolve({ type: 'text/plain; version=0.0.4', text: 'dispatcher_info 1\n' }),
    ready: () => true,
    log,
    ...change,
  })
  ends.push(() => {
    rmSync(folder, { recursive: true, force: true })
  }, server.close)
  return { ...server, logged: () => readFileSync(join(folder, 'main.log'), 'utf8') }
}

/** A request by hand with the right Host; everything that comes back. */
function ask(port: number, first: string, head: readonly string[] = [AUTHORIZED]): Promise<string> {
  return talk(port, [`${first} HTTP/1.1`, `Host: 127.0.0.1:${String(port)}`, 'Connection: close', ...head])
}

const statusOf = (answer: string) => answer.split('\r\n')[0]
const bodyOf = (answer: string) => answer.slice(answer.indexOf('\r\n\r\n') + 4)
const typeOf = (answer: string) => /\r\ncontent-type: ([^\r]*)/.exec(answer)?.[1]

test('with the token each address answers in its own way', async () => {
  const { port } = await start()
  const answers = await Promise.all(PATHS.map((path) => ask(port, `GET ${path}`)))
  const [alive, ready, health, metrics] = answers
  expect(answers.map(statusOf)).toEqual(PATHS.map(() => 'HTTP/1.1 200 OK'))
  expect(answers.map(typeOf)).toEqual([
    'text/plain; charset=utf-8',
    'text/plain; charset=utf-8',
    'application/json; charset=utf-8',
    'text/plain; version=0.0.4',
  ])
  expect([alive, ready, metrics].map((answer) => bodyOf(answer ?? ''))).toEqual([
    'ok\n',
    'ready\n',
    'dispatcher_info 1\n',
  ])
  expect(JSON.parse(bodyOf(health ?? ''))).toEqual({
    healthy: true,
    issues: [],
    actions: [],
    message: 'success',
    version: '1.2.3',
    parts: WELL,
  })
})

test('no answer may be kept, guessed at, or read by a page', async () => {
  const { port } = await start()
  const answer = await ask(port, 'GET /health')
  expect(answer.split('\r\n')).toEqual(
    expect.arrayContaining([
      'cache-control: no-store',
      'x-content-type-options: nosniff',
      'cross-origin-resource-policy: same-origin',
    ]),
  )
  expect(answer.toLowerCase()).not.toContain('access-control')
})

test.each<[string, readonly string[]]>([
  ['no token', []],
  ['another token', ['Authorization: Bearer a-token-of-the-tesT']],
  ['a beginning of it', ['Authorization: Bearer a-token']],
  ['an empty one', ['Authorization: Bearer ']],
  ['another scheme', [`Authorization: Basic ${TOKEN}`]],
  ['it in another place', [`X-Token: ${TOKEN}`]],
])('with %s every address is the same closed door', async (_what, head) => {
  const { port } = await start()
  const answers = await Promise.all(
    [...PATHS, '/nothing', `/health?token=${TOKEN}`].map((path) => ask(port, `GET ${path}`, head)),
  )
  const [first = ''] = answers
  const withoutDate = (answer: string) => answer.replace(/\r\nDate: [^\r]*/, '')
  expect(new Set(answers.map(withoutDate)).size).toBe(1)
  expect([statusOf(first), bodyOf(first)]).toEqual(['HTTP/1.1 401 Unauthorized', ''])
})

test.each<[string, readonly string[]]>([
  ['an Origin', ['Origin: https://evil.example']],
  ['an Origin of its own kind', ['Origin: http://127.0.0.1']],
  ['the Origin of a file', ['Origin: null']],
  ['an empty Origin', ['Origin:']],
  ['a foreign site', ['Sec-Fetch-Site: cross-site']],
  ['the same site', ['Sec-Fetch-Site: same-site']],
  ['the same origin', ['Sec-Fetch-Site: same-origin']],
])('to a page that shows itself by %s nothing is said, token or not', async (_what, head) => {
  const { port, logged } = await start()
  const given = [AUTHORIZED, ...head]
  expect([
    await ask(port, 'GET /health', given),
    await ask(port, 'GET /health', head),
    await ask(port, 'OPTIONS /health', [...given, 'Access-Control-Request-Method: GET']),
  ]).toEqual(['', '', ''])
  // However often it asks, the log is not filled with it.
  expect(logged().trim().split('\n').map(readable)).toEqual([['warn', 'page']])
})

test('somebody who types the address gets as far as anybody: Sec-Fetch-Site is then none', async () => {
  const { port } = await start()
  expect(statusOf(await ask(port, 'GET /healthz', [AUTHORIZED, 'Sec-Fetch-Site: none']))).toBe(
    'HTTP/1.1 200 OK',
  )
})

test.each<[string, (port: number) => readonly string[]]>([
  ['a name that was turned towards this computer', (port) => [`Host: evil.example:${String(port)}`]],
  ['the right address without the port', () => ['Host: 127.0.0.1']],
  ['the right address with another port', (port) => [`Host: 127.0.0.1:${String(port + 1)}`]],
  ['a name that only begins rightly', (port) => [`Host: localhost.evil.example:${String(port)}`]],
  ['another address of loopback', (port) => [`Host: 127.0.0.2:${String(port)}`]],
  ['no host', () => []],
  ['an empty host', () => ['Host:']],
  ['two hosts', (port) => [`Host: 127.0.0.1:${String(port)}`, 'Host: evil.example']],
  ['the same host twice', (port) => [`Host: 127.0.0.1:${String(port)}`, `Host: 127.0.0.1:${String(port)}`]],
])('to a request for %s nothing is said', async (_what, hosts) => {
  const { port, logged } = await start()
  expect(await talk(port, ['GET /health HTTP/1.1', ...hosts(port), AUTHORIZED, 'Connection: close'])).toBe('')
  expect(logged().trim().split('\n').map(readable)).toEqual([['warn', 'host']])
})

function readable(line: string): readonly unknown[] {
  const { level, reason } = JSON.parse(line) as { level: unknown; reason: unknown }
  return [level, reason]
}

test.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'])('%s is not allowed', async (method) => {
  const { port } = await start()
  const answer = await ask(port, `${method} /health`)
  expect([statusOf(answer), /\r\nallow: ([^\r]*)/.exec(answer)?.[1], bodyOf(answer)]).toEqual([
    'HTTP/1.1 405 Method Not Allowed',
    'GET',
    '',
  ])
})

test.each(['/', '/health/', '/health?x', '/HEALTH', '//health', '/../health', 'http://evil.example/health'])(
  'there is nothing at %s',
  async (path) => {
    const { port } = await start()
    expect(statusOf(await ask(port, `GET ${path}`))).toBe('HTTP/1.1 404 Not Found')
  },
)

test.each<[string, readonly string[]]>([
  ['a length', ['Content-Length: 3', '', 'abc']],
  ['pieces', ['Transfer-Encoding: chunked', '', '0']],
])('a body with %s is not read', async (_what, more) => {
  const { port } = await start()
  expect(statusOf(await ask(port, 'GET /health', [AUTHORIZED, ...more]))).toBe('HTTP/1.1 400 Bad Request')
})

test.each<[string, readonly string[]]>([
  ['asks to change the protocol', [AUTHORIZED, 'Upgrade: websocket', 'Connection: upgrade']],
  ['asks whether to go on', [AUTHORIZED, 'Expect: 100-continue', 'Content-Length: 3']],
  ['expects anything else', [AUTHORIZED, 'Expect: something']],
  ['is too long', [AUTHORIZED, `X-Long: ${'x'.repeat(9000)}`]],
  ['is no HTTP', ['\u0000\u0001 nonsense']],
])('to a request that %s nothing is said', async (_what, head) => {
  const { port } = await start()
  const given = ['GET /health HTTP/1.1', `Host: 127.0.0.1:${String(port)}`, ...head]
  expect(await talk(port, given)).toBe('')
})

test('a tunnel is not opened', async () => {
  const { port } = await start()
  expect(await talk(port, ['CONNECT 127.0.0.1:22 HTTP/1.1', `Host: 127.0.0.1:${String(port)}`])).toBe('')
})

test('what is not ready or not healthy is told by the status too', async () => {
  const unwell = { ...WELL, bot: { state: 'offline', lastAnsweredAt: 7 } }
  const { port } = await start({ ready: () => false, facts: () => unwell })
  const answers = await Promise.all(
    ['/healthz', '/readyz', '/health'].map((path) => ask(port, `GET ${path}`)),
  )
  expect(answers.map(statusOf)).toEqual([
    'HTTP/1.1 200 OK',
    'HTTP/1.1 503 Service Unavailable',
    'HTTP/1.1 503 Service Unavailable',
  ])
  expect(JSON.parse(bodyOf(answers[2] ?? ''))).toEqual({
    healthy: false,
    message: 'not-listening',
    issues: [{ code: 'not-listening', severity: 'serious', since: 7 }],
    actions: ['check-network'],
    version: '1.2.3',
    parts: unwell,
  })
})

test('what goes wrong inside is in the log and not in the answer', async () => {
  const { port, logged } = await start({
    facts: () => {
      throw new Error('the database is gone')
    },
  })
  const answer = await ask(port, 'GET /health')
  expect([statusOf(answer), bodyOf(answer)]).toEqual(['HTTP/1.1 500 Internal Server Error', 'failed\n'])
  expect(logged()).toContain('the database is gone')
})

test('other computers can not reach it', async () => {
  const { port } = await start()
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  // Not even over another loopback address of this one. Nobody may hear at all: being cut off would be too late.
  for (const address of ['127.0.0.2', ...others.map(({ address }) => address)]) {
    const socket = connect(port, address)
    await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  }
})

test('a port that is taken is refused with the word of the system', async () => {
  const { port } = await start()
  await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('more connections than a few are closed at once, and there is room again when they are gone', async () => {
  const { port } = await start()
  const held = Array.from({ length: 16 }, () => connect(port, '127.0.0.1'))
  await Promise.all(held.map((socket) => once(socket, 'connect')))
  expect(await ask(port, 'GET /healthz')).toBe('')
  for (const socket of held) socket.destroy()
  await expect.poll(async () => statusOf(await ask(port, 'GET /healthz'))).toBe('HTTP/1.1 200 OK')
})

test('who does not finish a request is not waited for', async () => {
  const { port } = await start({ patienceMs: 50 })
  const slow = connect(port, '127.0.0.1')
  slow.write('GET /health HTTP/1.1\r\nHost: ')
  slow.resume()
  await once(slow, 'close')
  expect(slow.bytesRead).toBe(0)
})

test('after it is closed nothing answers, and nobody keeps it from closing', async () => {
  const server = await start()
  const held = await fetch(`http://127.0.0.1:${String(server.port)}/healthz`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  })
  expect(await held.text()).toBe('ok\n')
  await server.close()
  await expect(ask(server.port, 'GET /healthz')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
