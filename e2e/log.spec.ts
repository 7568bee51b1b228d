import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { card, expect, test } from './fixtures'
import { report, resident } from './people'

async function openLog(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Health' }).first().click()
  await page.getByRole('link', { name: 'Log', exact: true }).click()
  await expect(page.getByRole('listbox', { name: 'Lines of the log' })).toBeVisible()
}

const lines = (page: Page): Locator =>
  page.getByRole('listbox', { name: 'Lines of the log' }).getByRole('option')
const line = (page: Page, text: string | RegExp): Locator => lines(page).filter({ hasText: text })

/** Everything that the program has written to its log. */
async function logOf(dataFolder: string): Promise<string> {
  const folder = join(dataFolder, 'logs')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.log'))
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('')
}

test('the log screen follows a request from the update to the receipt', async ({
  desk: { page },
  simulator,
}) => {
  await openLog(page)
  const anna = resident(simulator, 501, 'Anna Canarina')
  const boris = resident(simulator, 502, 'Boris Canarov')
  await report(anna, { text: 'Canary water drips', place: 'Flat 34' })
  await report(boris, { text: 'Canary light is out', place: 'Flat 7' })
  // By itself, as it happens.
  await expect(line(page, /A request was created.*requestNumber=2/)).toBeVisible()

  await page.getByRole('textbox', { name: 'Request number' }).fill('1')
  await expect(line(page, 'requestNumber=2')).toHaveCount(0)
  const way = [
    /A request was created.*updateId=\d+/,
    /An update was handled.*state=done/,
    /A message was sent.*state=sent/,
  ]
  for (const step of way) await expect(line(page, step).first()).toBeVisible()
  const shown = await lines(page).allTextContents()
  expect(shown.filter((text) => !text.includes('requestNumber=1'))).toEqual([])
  expect(shown.join('\n')).not.toMatch(/Canar|Flat 34|Anna/)

  // The line in full, and from the request itself to its lines.
  await line(page, /A request was created/).click()
  await expect(page.getByRole('region', { name: 'The line in full' })).toContainText('requestId')
  await page.getByRole('link', { name: 'Board' }).click()
  await card(page, '2').click()
  await page.getByRole('button', { name: 'More', exact: false }).last().click()
  await page.getByRole('menuitem', { name: 'Log of this request' }).click()
  await expect(page.getByRole('textbox', { name: 'Request number' })).toHaveValue('2')
  await expect(line(page, /A message was sent.*requestNumber=2/).first()).toBeVisible()
  await expect(line(page, 'requestNumber=1 ')).toHaveCount(0)
})

test('new lines wait while it stands still, from the keyboard too', async ({ desk: { page }, simulator }) => {
  await openLog(page)
  await expect(lines(page).first()).toBeVisible()
  await page.getByRole('listbox', { name: 'Lines of the log' }).focus()
  await page.keyboard.press('Home')
  await expect(page.getByText('Paused')).toBeVisible()
  await page.keyboard.press('Control+a')
  await expect(page.getByText(/\d+ selected/)).toBeVisible()
  await page.keyboard.press('Escape')
  await report(resident(simulator, 501, 'Anna'), { text: 'Tap drips', place: 'Flat 34' })
  await expect(page.getByText(/new lines?$/)).toBeVisible()
  await expect(line(page, 'A request was created')).toHaveCount(0)
  await page.getByRole('button', { name: 'Follow' }).click()
  await expect(line(page, 'A request was created')).toBeVisible()
})

test('the level is changed while the program runs, and is remembered', async ({
  openDesk,
  simulator,
  dataFolder,
}) => {
  const env = { TELEGRAM_BOT_TOKEN: simulator.token }
  const first = await openDesk({ env })
  await openLog(first.page)
  await expect(line(first.page, 'An update was received')).toHaveCount(0)
  await first.page.getByLabel('Write down').selectOption('every detail')
  await report(resident(simulator, 501, 'Anna'), { text: 'Tap drips', place: 'Flat 34' })
  await expect(line(first.page, 'An update was received').first()).toBeVisible()
  await first.close()
  const second = await openDesk({ env })
  await openLog(second.page)
  await expect(second.page.getByLabel('Write down')).toHaveValue('debug')
  expect(await logOf(dataFolder)).toContain('"level":"debug"')
  await second.close()
  const third = await openDesk({ env: { ...env, DISPATCHER_LOG_LEVEL: 'warn' } })
  await openLog(third.page)
  await expect(third.page.getByLabel('Write down')).toHaveValue('warn')
  await expect(third.page.getByLabel('Write down')).toBeDisabled()
})

test('a report for support is what was shown, without a word of anybody', async ({
  desk: { page, app },
  simulator,
  dataFolder,
}) => {
  await report(resident(simulator, 5550001234, 'Anna Canarina'), {
    text: 'Canary water drips, call +34 612 34 56 78',
    place: 'Flat 34',
  })
  await expect(card(page, '1')).toBeVisible()
  await openLog(page)
  await page.getByRole('button', { name: 'Report for support…' }).click()
  const preview = page.getByLabel('What is in the report')
  await expect(preview).toContainText('A request was created')
  const shown = await preview.textContent()
  const path = join(dataFolder, 'report.txt')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
  await page.getByRole('button', { name: 'Save…' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  const saved = await readFile(path, 'utf8')
  const canaries = [simulator.token, 'Canar', 'Anna', 'Flat 34', '612 34', '61234', '5550001234', dataFolder]
  expect({
    same: saved === shown,
    parts: saved.match(/^== \w+/gm),
    canaries: canaries.filter((canary) => saved.includes(canary)),
  }).toEqual({
    same: true,
    parts: ['== Facility', '== Versions', '== Health', '== Settings', '== Log'],
    canaries: [],
  })
})

test('an error of the window reaches the log, without what it quotes', async ({
  desk: { page },
  dataFolder,
}) => {
  await expect(page.getByRole('main')).toBeVisible()
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('Canary water drips at Anna’s, +34 612 34 56 78')
    })
    void Promise.reject(new TypeError('Nobody waits for this'))
  })
  await expect
    .poll(
      async () =>
        (await logOf(dataFolder)).match(
          /"message":"(?:The window has met an error|A rejection in the window was not caught)"/g,
        )?.length,
    )
    .toBe(2)
  const log = await logOf(dataFolder)
  expect([log.includes('"name":"TypeError"'), log.includes('Canary'), log.includes('612 34')]).toEqual([
    true,
    false,
    false,
  ])
})
