import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { card, type Desk, expect, test } from './fixtures'
import { report, resident } from './people'
import { listenForSentry, type SentryListener } from './sentry-listener'

// What the program keeps and tells of its own errors.

const NAME = 'Annabella'
const TEXT = 'Water under the sink of flat 12'
const PHONE = '+49 151 2345 6789'

let sentry: SentryListener
test.beforeEach(async () => {
  sentry = await listenForSentry()
})
test.afterEach(() => sentry.close())

/** What nobody but the office may ever see. */
function canaries(token: string): readonly string[] {
  return [token, NAME, TEXT, PHONE, PHONE.replaceAll(' ', '')]
}

function agree(dataFolder: string, withMemory: boolean): Promise<void> {
  return writeFile(
    join(dataFolder, 'error-reports.json'),
    JSON.stringify({ format: 1, isOn: true, withMemory }),
  )
}

/** Fails in the window in each way, each time with all canaries in the error. */
async function failInWindow({ page }: Desk, secrets: readonly string[]): Promise<void> {
  await page.evaluate((words) => {
    setTimeout(() => {
      throw new TypeError(`Cannot show ${words}`)
    })
    void Promise.reject(Object.assign(new RangeError(words), { extra: words }))
  }, secrets.join(' '))
}

async function rejectInMain(app: ElectronApplication, secrets: readonly string[]): Promise<void> {
  await app.evaluate((_electron, words) => {
    const cause = Object.assign(new Error(`params: ${words}`), { code: 'SQLITE_BUSY' })
    void Promise.reject(new Error(`Failed query ${words}`, { cause }))
  }, secrets.join(' '))
}

async function openErrors({ page }: Desk): Promise<void> {
  await page.getByRole('link', { name: 'Health' }).first().click()
  await page.getByRole('link', { name: 'Errors', exact: true }).click()
}

test('an error in the window stands in the list, counted, with words, and can be read and cleared', async ({
  openDesk,
  simulator,
  dataFolder,
}) => {
  const env = { TELEGRAM_BOT_TOKEN: simulator.token }
  const desk = await openDesk({ env })
  await openErrors(desk)
  await expect(desk.page.getByText('No errors')).toBeVisible()
  await failInWindow(desk, canaries(simulator.token))
  await failInWindow(desk, canaries(simulator.token))
  const rows = desk.page.getByRole('article', { name: 'Something in the window went wrong' })
  await expect(rows).toHaveCount(2)
  await expect(rows.first()).toContainText('2 times')
  await desk.page.getByRole('button', { name: 'Mark as read' }).click()
  await expect(desk.page.getByText('New', { exact: true })).toHaveCount(0)
  await desk.close()

  const kept = await readFile(join(dataFolder, 'errors.json'), 'utf8')
  expect(canaries(simulator.token).filter((secret) => kept.includes(secret))).toEqual([])
  expect((await stat(join(dataFolder, 'errors.json'))).mode & 0o777).toBe(0o600)

  const again = await openDesk({ env })
  await openErrors(again)
  await expect(again.page.getByRole('article')).toHaveCount(2)
  await again.page.getByRole('button', { name: 'Clear the list' }).click()
  await expect(again.page.getByText('No errors')).toBeVisible()
})

test('without a yes nothing is sent, and a yes in the settings holds until it is taken back', async ({
  openDesk,
  simulator,
  dataFolder,
}) => {
  const env = { TELEGRAM_BOT_TOKEN: simulator.token, SENTRY_DSN: sentry.dsn }
  const desk = await openDesk({ env })
  await expect(desk.page.getByRole('list', { name: 'New', exact: true })).toBeVisible()
  await rejectInMain(desk.app, ['before'])
  await desk.page.getByRole('link', { name: 'Settings' }).click()
  const yes = desk.page.getByRole('checkbox', { name: 'Send error reports' })
  await expect(yes).not.toBeChecked()
  expect(sentry.envelopes).toEqual([])
  await yes.check()
  await expect(yes).toBeChecked()
  await rejectInMain(desk.app, ['after'])
  await expect.poll(() => sentry.errors().length).toBe(1)
  await yes.click()
  await expect(yes).not.toBeChecked()
  await rejectInMain(desk.app, ['later'])
  await desk.close()
  expect([
    sentry.errors().length,
    await readdir(join(dataFolder, 'error-reports')).catch(() => null),
  ]).toEqual([1, null])
})

test('with a yes, errors of main, window and promises are sent, without a word of anybody', async ({
  openDesk,
  simulator,
  dataFolder,
}) => {
  await agree(dataFolder, false)
  const env = { TELEGRAM_BOT_TOKEN: simulator.token, SENTRY_DSN: sentry.dsn }
  const desk = await openDesk({ env })
  const secrets = canaries(simulator.token)
  await report(resident(simulator, 501, NAME), { text: TEXT, place: 'Flat 12' })
  await expect(card(desk.page, '1')).toBeVisible()
  await failInWindow(desk, secrets)
  await rejectInMain(desk.app, secrets)
  await expect.poll(() => sentry.errors().length).toBe(3)

  // Nobody catches this one: the program ends, and tells of it on its way.
  const ended = new Promise((resolve) => desk.app.process().once('exit', resolve))
  await desk.app.evaluate(({ app: electron }, words) => {
    electron.relaunch = () => {}
    setTimeout(() => {
      throw new Error(words)
    }, 0)
  }, secrets.join(' '))
  await ended

  const told = sentry.errors()
  expect(told.map(({ message, tags }) => [message, tags['scope'], tags['code']]).sort()).toEqual([
    ['A rejection in the window was not caught', 'window', 'RangeError'],
    ['Nobody has caught a rejection', 'program', 'SQLITE_BUSY'],
    ['Nobody has caught an error', 'program', 'Error'],
    ['The window has met an error', 'window', 'TypeError'],
  ])
  expect(new Set(told.flatMap(({ keys }) => keys))).toEqual(
    new Set([
      'breadcrumbs',
      'contexts',
      'environment',
      'event_id',
      'exception',
      'fingerprint',
      'level',
      'logger',
      'message',
      'platform',
      'release',
      'sdk',
      'tags',
      'timestamp',
    ]),
  )
  const all = sentry.envelopes.join('\n')
  expect([...secrets, dataFolder].filter((secret) => all.includes(secret))).toEqual([])
})

test('a crash of the window’s process is sent with its memory after a second yes only', async ({
  openDesk,
  simulator,
  dataFolder,
}) => {
  test.setTimeout(90_000)
  const env = { TELEGRAM_BOT_TOKEN: simulator.token, SENTRY_DSN: sentry.dsn }
  const crash = async (desk: Desk) => {
    await expect(desk.page.getByRole('list', { name: 'New', exact: true })).toBeVisible()
    // The reports start after the first paint.
    await desk.page.waitForTimeout(1500)
    const pid = await desk.app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
    )
    process.kill(pid, 'SIGSEGV')
  }
  await agree(dataFolder, false)
  const first = await openDesk({ env })
  await crash(first)
  await expect
    .poll(() => sentry.errors().map(({ message }) => message))
    .toEqual(['The process of the window has gone'])
  await first.close()
  expect(sentry.envelopes.filter((envelope) => envelope.includes('event.minidump'))).toEqual([])

  await agree(dataFolder, true)
  const second = await openDesk({ env })
  await crash(second)
  await expect
    .poll(() => sentry.errors().filter(({ platform }) => platform === 'native').length, { timeout: 20_000 })
    .toBe(1)
  const native = sentry.envelopes.find((envelope) => envelope.includes('event.minidump')) ?? ''
  expect([native.includes('MDMP'), native.split('MDMP')[0]?.includes(dataFolder)]).toEqual([true, false])
})

test('what can not be sent waits in private files, and goes out when there is a way again', async ({
  openDesk,
  simulator,
  dataFolder,
}) => {
  await agree(dataFolder, false)
  sentry.answer(null)
  const env = { TELEGRAM_BOT_TOKEN: simulator.token, SENTRY_DSN: sentry.dsn }
  const desk = await openDesk({ env })
  await expect(desk.page.getByRole('list', { name: 'New', exact: true })).toBeVisible()
  await rejectInMain(desk.app, canaries(simulator.token))
  const queue = join(dataFolder, 'error-reports')
  await expect.poll(() => readdir(queue).catch(() => [])).toHaveLength(1)
  const [name = ''] = await readdir(queue)
  const text = await readFile(join(queue, name), 'utf8')
  expect([
    (await stat(join(queue, name))).mode & 0o777,
    canaries(simulator.token).filter((secret) => text.includes(secret)),
  ]).toEqual([0o600, []])
  await desk.close()

  sentry.answer(200)
  await openDesk({ env })
  await expect.poll(() => sentry.errors().length, { timeout: 20_000 }).toBe(1)
  await expect.poll(() => readdir(queue)).toEqual([])
})
