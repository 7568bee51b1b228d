import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { talk } from '../src/main/health/server-fixture'
import { expect, test } from './fixtures'
import { report, resident } from './people'

const root = join(import.meta.dirname, '..')
// The package's main module is the path of the program.
const electron = createRequire(import.meta.url)('electron') as string
const PATHS = ['/healthz', '/readyz', '/health', '/metrics']

type Endpoint = { readonly port: number; readonly token: string }

/** Where the running program listens, once it does. */
async function endpointOf(folder: string): Promise<Endpoint> {
  const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '')
  await expect.poll(() => read('health-port')).toMatch(/^\d+\n$/)
  return { port: Number(await read('health-port')), token: (await read('health-token')).trim() }
}

/** A request by hand; everything that comes back. */
function ask({ port }: Endpoint, path: string, head: readonly string[], host = `127.0.0.1:${port}`) {
  return talk(port, [`GET ${path} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...head])
}

function statusOf(answer: string): string | undefined {
  return answer.split('\r\n')[0]
}

async function expectGuarded(endpoint: Endpoint): Promise<void> {
  const authorized = `Authorization: Bearer ${endpoint.token}`
  for (const path of PATHS) {
    expect([
      statusOf(await ask(endpoint, path, [authorized])),
      statusOf(await ask(endpoint, path, [])),
      statusOf(await ask(endpoint, path, [`${authorized}x`])),
      await ask(endpoint, path, [authorized, 'Origin: https://evil.example']),
      await ask(endpoint, path, [authorized, 'Sec-Fetch-Site: cross-site']),
      await ask(endpoint, path, [authorized], `evil.example:${endpoint.port}`),
    ]).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 401 Unauthorized', 'HTTP/1.1 401 Unauthorized', '', '', ''])
  }
}

function runNode(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): ChildProcess {
  const { DISPLAY: _none, TELEGRAM_BOT_TOKEN: _token, ...inherited } = process.env
  return spawn(electron, [join(root, 'out/main', script), ...args], {
    env: { ...inherited, ...env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** What the command says of the program, and its exit code. */
async function health(dataFolder: string): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = runNode('tool.js', ['--health'], { DISPATCHER_DATA_DIR: dataFolder })
  let said = ''
  child.stdout?.on('data', (part: Buffer) => (said += part.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, said }
}

test('the window answers those who have the token, and no page', async ({
  simulator,
  dataFolder,
  openDesk,
}) => {
  const desk = await openDesk({
    env: { TELEGRAM_BOT_TOKEN: simulator.token, DISPATCHER_HEALTH_PORT: '0' },
    args: ['--host-resolver-rules=MAP turned.example 127.0.0.1'],
  })
  const endpoint = await endpointOf(dataFolder)
  const authorized = [`Authorization: Bearer ${endpoint.token}`]
  await expect.poll(async () => statusOf(await ask(endpoint, '/readyz', authorized))).toBe('HTTP/1.1 200 OK')
  await expectGuarded(endpoint)
  expect((await stat(join(dataFolder, 'health-token'))).mode & 0o777).toBe(0o600)

  await report(resident(simulator, 501, 'Anna Canary'), { text: 'Gate squeaks canary', place: 'Yard' })
  await expect
    .poll(() => ask(endpoint, '/metrics', authorized))
    .toContain('dispatcher_requests{status="OPEN"} 1\n')
  const all = await Promise.all(PATHS.map((path) => ask(endpoint, path, authorized)))
  for (const secret of ['canary', 'Anna', simulator.token, endpoint.token, dataFolder])
    expect(all.join('').toLowerCase()).not.toContain(secret.toLowerCase())

  await expectPagesUnheard(desk.app, endpoint)
  expect((await health(dataFolder)).code).toBeLessThan(2)
  await desk.close()
  expect(await health(dataFolder)).toMatchObject({ code: 2, said: expect.stringContaining('is not running') })
})

/** A real page of another origin, with each way that pages have, and a name turned towards this computer. */
async function expectPagesUnheard(app: ElectronApplication, { port, token }: Endpoint): Promise<void> {
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>evil</title>')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const { port: sitePort } = site.address() as AddressInfo
  const tried = await app.evaluate(
    async ({ BrowserWindow }, { port, token, sitePort }) => {
      const window = new BrowserWindow({ show: false, webPreferences: { partition: 'evil', sandbox: true } })
      await window.loadURL(`http://127.0.0.1:${sitePort}/`)
      const target = `http://127.0.0.1:${port}/healthz`
      const byFetch = (options: string) =>
        `fetch('${target}', ${options}).then(() => 'heard', () => 'unheard')`
      const byTag = (tag: string, property: string) =>
        `new Promise((done) => { const tag = document.createElement('${tag}'); tag.onload = () => done('heard'); tag.onerror = () => done('unheard'); tag.${property} = '${target}'; document.head.append(tag) })`
      const run = (code: string) => window.webContents.executeJavaScript(code) as Promise<string>
      const pages = [
        // To a page any answer is one, even an opaque 401; only silence is a failure of the network.
        await run(byFetch("{ mode: 'no-cors' }")),
        await run(byFetch(`{ headers: { authorization: 'Bearer ${token}' } }`)),
        await run(byTag('script', 'src')),
      ]
      // The same page from the same computer, reached under a name of the attacker.
      const turned = await window.loadURL(`http://turned.example:${port}/healthz`).then(
        () => 'heard',
        (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'unheard'),
      )
      window.destroy()
      return [...pages, turned]
    },
    { port, token, sitePort },
  )
  site.close()
  expect(tried).toEqual(['unheard', 'unheard', 'unheard', 'ERR_EMPTY_RESPONSE'])
}

test('without a window it answers the same, also when it is asked by the command', async ({
  simulator,
  dataFolder,
}) => {
  const env = {
    DISPATCHER_DATA_DIR: dataFolder,
    TELEGRAM_API_ROOT: simulator.apiRoot,
    TELEGRAM_BOT_TOKEN: simulator.token,
  }
  const child = runNode('headless.js', [], { ...env, DISPATCHER_HEALTH_PORT: '0' })
  let output = ''
  child.stdout?.on('data', (part: Buffer) => (output += part.toString()))
  await expect.poll(() => output).toContain('Bot: receiving')
  const endpoint = await endpointOf(dataFolder)
  expect(output).toContain(`Health: http://127.0.0.1:${endpoint.port}/health`)
  await expectGuarded(endpoint)
  expect((await health(dataFolder)).code).toBeLessThan(2)

  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect((await health(dataFolder)).code).toBe(2)
})

test('nothing listens unless it is asked to, and a port that is taken stops nothing', async ({
  simulator,
  dataFolder,
}) => {
  const env = {
    DISPATCHER_DATA_DIR: dataFolder,
    TELEGRAM_API_ROOT: simulator.apiRoot,
    TELEGRAM_BOT_TOKEN: simulator.token,
  }
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  for (const [more, said] of [
    [{}, 'Bot: receiving'],
    [{ DISPATCHER_HEALTH_PORT: String(port) }, `Health: port ${String(port)} could not be opened`],
  ] as const) {
    const child = runNode('headless.js', [], { ...env, ...more })
    let output = ''
    child.stdout?.on('data', (part: Buffer) => (output += part.toString()))
    await expect.poll(() => output).toContain(said)
    await expect.poll(() => output).toContain('Bot: receiving')
    expect(output).not.toContain('http://127.0.0.1')
    expect(await stat(join(dataFolder, 'health-port')).catch(() => null)).toBe(null)
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
  }
  other.close()
})
