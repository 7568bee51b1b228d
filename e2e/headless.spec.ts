import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from './fixtures'
import { report, resident } from './people'

const root = join(import.meta.dirname, '..')
// The package's main module is the path of the program.
const electron = createRequire(import.meta.url)('electron') as string

type Started = {
  readonly child: ChildProcess
  readonly output: () => string
  readonly ended: Promise<number | null>
}

function startHeadless(env: Readonly<Record<string, string>>): Started {
  const { DISPLAY: _none, TELEGRAM_BOT_TOKEN: _token, ...inherited } = process.env
  const child = spawn(electron, [join(root, 'out/main/headless.js')], {
    env: { ...inherited, ...env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (output += part.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { child, output: () => output, ended }
}

test('without a window and a display the bot takes requests until it is told to stop', async ({
  simulator,
  dataFolder,
  openDesk,
}) => {
  const env = {
    DISPATCHER_DATA_DIR: dataFolder,
    TELEGRAM_API_ROOT: simulator.apiRoot,
    TELEGRAM_BOT_TOKEN: simulator.token,
  }
  const started = startHeadless(env)
  await expect.poll(started.output).toContain('Bot: receiving')
  const anna = resident(simulator, 501, 'Anna')
  await report(anna, { text: 'Gate does not close', place: 'Yard' })
  started.child.kill('SIGTERM')
  expect(await started.ended).toBe(0)
  expect(started.output()).toContain('Stopped.')

  const { page } = await openDesk({ env: { TELEGRAM_BOT_TOKEN: simulator.token } })
  await expect(page.getByRole('listitem', { name: /^1 Gate does not close/ })).toBeVisible()
})

test('without a token it says so and ends', async ({ simulator, dataFolder }) => {
  const started = startHeadless({ DISPATCHER_DATA_DIR: dataFolder, TELEGRAM_API_ROOT: simulator.apiRoot })
  expect(await started.ended).toBe(1)
  expect(started.output()).toContain('There is no bot token.')
})
