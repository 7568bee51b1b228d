import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { AlertSettings } from '../src/shared/model/alerts'
import { type Desk, type DeskOptions, expect, panel, test } from './fixtures'
import { hears, joinAsTechnician, report, resident } from './people'

// The package's main module is the path of the program.
const electron = createRequire(import.meta.url)('electron') as string

/** Looks so often that a cause counts after half a second. */
const OFTEN = { DISPATCHER_ALERT_STEP_MS: '200' }

async function openAlerting(
  openDesk: (options?: DeskOptions) => Promise<Desk>,
  token: string,
  settings: Partial<AlertSettings> = {},
): Promise<Page> {
  const { page } = await openDesk({ env: { ...OFTEN, TELEGRAM_BOT_TOKEN: token } })
  await expect(page.getByRole('list', { name: 'New', exact: true })).toBeVisible()
  await change(page, { quiet: null, ...settings })
  return page
}

/** Changes some of the alert settings by the desk's own way in. */
async function change(page: Page, part: Partial<AlertSettings>): Promise<void> {
  await page.evaluate(async (wanted) => {
    const present = await window.dispatcher.invoke('alerts.settings', undefined)
    if (!present.ok) throw new Error(present.code)
    const saved = await window.dispatcher.invoke('alerts.saveSettings', {
      ...(present.value as object),
      ...wanted,
    })
    if (!saved.ok) throw new Error(saved.code)
  }, part)
}

const health = (page: Page) =>
  page
    .getByRole('link', { name: /^Health/ })
    .first()
    .click()
const alert = (page: Page, title: string) => page.getByRole('article', { name: title })
const isWell = (page: Page) => expect(page.getByRole('heading', { name: 'Everything is well' })).toBeVisible()
const isOver = (page: Page, title: string) =>
  expect(page.getByRole('region', { name: 'Over' }).getByText(title)).toBeVisible()

test('a request that nobody has is alerted at the desk and in the manager’s chat, until somebody has it', async ({
  openDesk,
  simulator,
}) => {
  const page = await openAlerting(openDesk, simulator.token, { unassignedMinutes: 0 })
  await joinAsTechnician(page, resident(simulator, 601, 'Tom'), 'Tom Ash')
  await page.keyboard.press('Escape')

  // The manager links their own chat.
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Link my chat…' }).click()
  const link = await page.getByText(/start=mgr_/).textContent()
  const kim = resident(simulator, 700, 'Kim')
  kim.write(`/start ${new URL(link ?? '').searchParams.get('start') ?? ''}`)
  await hears(kim, 'This chat is linked.')
  await expect(page.getByText(/^Linked: Kim/)).toBeVisible()

  await report(resident(simulator, 501, 'Anna'), { text: 'Secret words of Anna', place: 'Flat 7' })
  const banner = page.getByLabel('Request 1 waits for somebody')
  await expect(banner).toBeVisible()
  await expect(page.getByRole('link', { name: /Health.*1 alert/ })).toBeVisible()
  await hears(kim, '⚠ Request 1 waits for somebody')

  await health(page)
  await expect(page.getByRole('heading', { name: 'One thing needs you' })).toBeVisible()
  await alert(page, 'Request 1 waits for somebody').getByRole('button', { name: 'Show request' }).click()
  await expect(panel(page, '1')).toBeVisible()
  await page.evaluate(async () => {
    const technicians = await window.dispatcher.invoke('people.technicians', undefined)
    const board = await window.dispatcher.invoke('board.open', undefined)
    if (!technicians.ok || !board.ok) throw new Error('no answer')
    const [technician] = technicians.value as { id: string }[]
    const { columns } = board.value as { columns: { cards: { id: string }[] }[] }
    const requestId = columns.flatMap(({ cards }) => cards)[0]?.id
    await window.dispatcher.invoke('requests.assign', { requestId, technicianId: technician?.id })
  })
  await health(page)
  await isWell(page)
  await isOver(page, 'Request 1 waits for somebody')
  // The same message says so: there is no second one, and none has words of a resident.
  await hears(kim, '✓ Over: Request 1 waits for somebody')
  const said = kim.messages().filter(({ from, text }) => from === 'bot' && (text ?? '').includes('Request 1'))
  expect(said).toHaveLength(1)
  expect(JSON.stringify(said)).not.toContain('Secret words')
})

test('silence is alerted while it lasts, and the way to end it is a button', async ({
  openDesk,
  simulator,
}) => {
  simulator.faults.always('getUpdates', { kind: 'status', status: 500 })
  const page = await openAlerting(openDesk, simulator.token, { notListeningMinutes: 0 })
  await health(page)
  const silence = alert(page, 'No messages come in')
  await expect(silence).toBeVisible()
  await expect(
    page.getByRole('article', { name: 'Telegram', exact: true }).getByText('Not reachable'),
  ).toBeVisible()
  simulator.faults.clear()
  await silence.getByRole('button', { name: 'Try again' }).click()
  await isWell(page)
  await isOver(page, 'No messages come in')
})

test('near the end of Telegram’s 24 hours people are told, and at the next start that nobody listened', async ({
  openDesk,
  simulator,
  dataFolder,
}) => {
  const first = await openDesk({ env: { ...OFTEN, TELEGRAM_BOT_TOKEN: simulator.token } })
  await expect(first.page.getByText('Receiving', { exact: true })).toBeVisible()
  await first.close()
  execFileSync(electron, [join(import.meta.dirname, 'silent-data.mjs'), dataFolder, '13'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
  simulator.faults.always('getUpdates', { kind: 'status', status: 500 })
  const page = await openAlerting(openDesk, simulator.token)
  await health(page)
  const limit = alert(page, '13 hours without messages')
  await expect(limit).toBeVisible()
  simulator.faults.clear()
  await limit.getByRole('button', { name: 'Try again' }).click()
  await isOver(page, '13 hours without messages')
  const away = alert(page, 'Nobody listened for 13 hours')
  await away.getByRole('button', { name: 'Seen' }).click()
  await isWell(page)
  await expect(away.getByText(/^Seen /)).toBeVisible()
})

test('messages that do not go out are alerted until they do', async ({ openDesk, simulator }) => {
  const page = await openAlerting(openDesk, simulator.token, { sendsLateMinutes: 0 })
  simulator.faults.always('sendMessage', { kind: 'status', status: 500 })
  const anna = resident(simulator, 501, 'Anna')
  await health(page)
  await expect(alert(page, 'Messages do not go out')).toBeVisible()
  simulator.faults.clear()
  await hears(anna, 'Write what is broken')
  await isWell(page)
})

test('settings are kept: a threshold raises and ends an alert, and a restart repeats nothing', async ({
  openDesk,
  simulator,
}) => {
  const first = await openDesk({ env: { ...OFTEN, TELEGRAM_BOT_TOKEN: simulator.token } })
  const setLimit = async (page: Page, megabytes: string) => {
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('region', { name: 'Alerts' }).getByRole('button', { name: 'Change…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Alerts' })
    await dialog.getByLabel('Little room on the disk: Less than (MB)').fill(megabytes)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toHaveCount(0)
  }
  await setLimit(first.page, '10000000')
  await health(first.page)
  await alert(first.page, 'Little room on the disk').getByRole('button', { name: 'Seen' }).click()
  await isWell(first.page)
  await first.close()

  const { page } = await openDesk({ env: { ...OFTEN, TELEGRAM_BOT_TOKEN: simulator.token } })
  await health(page)
  await isWell(page)
  await expect(alert(page, 'Little room on the disk').getByText(/^Seen /)).toBeVisible()
  await setLimit(page, '0')
  await health(page)
  await isOver(page, 'Little room on the disk')
  await expect(alert(page, 'Little room on the disk')).toHaveCount(0)
})
