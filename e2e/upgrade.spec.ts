import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from './fixtures'

const root = join(import.meta.dirname, '..')
// The package's main module is the path of the program.
const electron = createRequire(import.meta.url)('electron') as string

/** Runs a script on Electron's Node and gives what it printed. */
function onElectronNode(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(electron, args, {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    encoding: 'utf8',
  })
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

const tool = (...args: readonly string[]) => onElectronNode(join(root, 'out/main/tool.js'), 'db', ...args)

/** A data folder of an older version with so many requests. */
function makeOldData(dataFolder: string, requests: number): void {
  tool('upgrade', '0', '--data-dir', dataFolder)
  onElectronNode(join(import.meta.dirname, 'old-data.mjs'), dataFolder, String(requests))
}

const isHead = (dataFolder: string) => tool('current', '--data-dir', dataFolder).includes('(head)')

test('an upgrade that takes its time shows how far it has come, and then the board', async ({
  dataFolder,
  openDesk,
  simulator,
}) => {
  makeOldData(dataFolder, 60_000)
  const { page } = await openDesk({ env: { TELEGRAM_BOT_TOKEN: simulator.token } })
  await expect(
    page.getByRole('heading', { name: 'The data is being brought to the new version' }),
  ).toBeVisible()
  await expect(page.getByRole('status')).toHaveText(/^Step [1-9] of [1-9]: /)
  if (process.env['SHOTS']) await page.screenshot({ path: process.env['SHOTS'] })
  await expect(page.getByRole('list', { name: 'New', exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('heading', { name: 'The data is being brought' })).toHaveCount(0)
  expect(isHead(dataFolder)).toBe(true)
})

test('a command of the program answers without a window, also while the window is open', async ({
  dataFolder,
  openDesk,
  simulator,
}) => {
  const { page } = await openDesk({ env: { TELEGRAM_BOT_TOKEN: simulator.token } })
  await expect(page.getByRole('list', { name: 'New', exact: true })).toBeVisible()
  const run = (...args: readonly string[]) => {
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const { status, stdout } = spawnSync(electron, [...sandbox, root, 'db', ...args, '--json'], {
      env: { ...process.env, DISPATCHER_DATA_DIR: dataFolder },
      encoding: 'utf8',
    })
    return [status, JSON.parse(stdout)] as const
  }
  expect(run('current')).toEqual([0, expect.objectContaining({ ok: true, problem: null })])
  expect(run('downgrade', '-1')).toEqual([
    1,
    {
      ok: false,
      error: { code: 'folder-in-use', message: expect.stringContaining('close it first') as unknown },
    },
  ])
  expect(run('nonsense')).toEqual([
    2,
    { ok: false, error: expect.objectContaining({ code: 'usage' }) as unknown },
  ])
})
