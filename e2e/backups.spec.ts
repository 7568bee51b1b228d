import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Simulator } from '../src/main/practice/simulator/simulator'
import { column, type Desk, eventually, expect, test } from './fixtures'
import { hears, report, resident } from './people'

const sent = (simulator: Simulator) =>
  simulator.ledger.filter(({ method }) => /^(?:send|edit|set.*Reaction)/u.test(method)).length
const cardNamed = (page: Page, name: RegExp) => column(page, 'New').getByRole('listitem', { name })

/** Has nobody written to for as long as the sender takes to send what it has. */
async function staysSilent(simulator: Simulator): Promise<number> {
  const before = sent(simulator)
  await new Promise((resolve) => setTimeout(resolve, 2500))
  return sent(simulator) - before
}

async function backUp(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Back up now' }).click()
  await expect(page.getByText(/^Last backup: .* compared and found the same/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Back up now' })).toBeEnabled()
}

/** The three clicks, on the backup of this kind. */
async function restore(page: Page, reason: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Restore a backup…' }).click()
  const row = page.getByRole('row').filter({ hasText: reason }).first()
  await row.getByRole('button', { name: /^Choose/ }).click()
  await page.getByRole('button', { name: 'Restore this backup' }).click()
  await expect(page.getByLabel(/You are looking at the state of/)).toBeVisible({ timeout: 20_000 })
  await page.getByRole('link', { name: 'Board' }).click()
}

test('a restore brings the old state back, keeps the newer one, and sends nothing again', async ({
  openDesk,
  simulator,
  dataFolder,
}) => {
  const { page } = await openDesk({ env: { TELEGRAM_BOT_TOKEN: simulator.token } })
  const anna = resident(simulator, 501, 'Anna')
  const boris = resident(simulator, 502, 'Boris')
  await report(anna, { text: 'Lift stuck', place: 'Entrance 2' })
  await expect(cardNamed(page, /^1 Lift stuck/)).toBeVisible()

  // An answer to Anna waits for better weather while the backup is made, and arrives after it.
  simulator.faults.always('sendMessage', { kind: 'status', status: 500 })
  anna.write('Also the light is out')
  await eventually(
    () => simulator.ledger.some(({ method, ok }) => method === 'sendMessage' && !ok),
    (failed) => failed,
  )
  await backUp(page)
  simulator.faults.clear()
  await hears(anna, 'Where is it?')
  await report(boris, { text: 'Tap drips', place: 'Flat 7' })
  await page.getByRole('link', { name: 'Board' }).click()
  await expect(cardNamed(page, /^2 Tap drips/)).toBeVisible()

  const before = sent(simulator)
  await restore(page, 'by hand')
  await expect(cardNamed(page, /^1 Lift stuck/)).toBeVisible()
  await expect(cardNamed(page, /^2 Tap drips/)).toHaveCount(0)
  expect([await staysSilent(simulator), sent(simulator) - before]).toEqual([0, 0])

  // What waited is shown, and the manager decides.
  await page.getByRole('link', { name: /to look at/ }).click()
  await expect(page.getByRole('article', { name: /A message to Anna is held/ })).toBeVisible()

  // A new report goes on after the last number that anybody was given.
  await report(boris, { text: 'Door ajar', place: 'Cellar' })
  await page.getByRole('link', { name: 'Board' }).click()
  await expect(cardNamed(page, /^3 Door ajar/)).toBeVisible()

  await restore(page, 'before a restore')
  await expect(cardNamed(page, /^2 Tap drips/)).toBeVisible()
  const kept = (await readdir(join(dataFolder, 'backups'))).filter((name) =>
    name.endsWith('before-restore.db'),
  )
  expect(kept.length).toEqual(2)
})

test('a second folder takes what is made, and a locked backup opens with its passphrase', async ({
  openDesk,
  simulator,
}, testInfo) => {
  const { app, page }: Desk = await openDesk({ env: { TELEGRAM_BOT_TOKEN: simulator.token } })
  const stick = testInfo.outputPath('stick')
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, stick)
  await page.getByRole('link', { name: 'Settings' }).click()
  const second = page.getByRole('region', { name: 'Second folder' })
  await second.getByRole('button', { name: 'Choose a folder…' }).click()
  await expect(second.getByText(/not connected or not writable since/)).toBeVisible()
  await (await import('node:fs/promises')).mkdir(stick, { recursive: true })

  await page.getByRole('button', { name: 'Lock with a passphrase…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Passphrase', { exact: true }).fill('three blue lifts')
  await dialog.getByLabel('The same once more').fill('three blue lifts')
  await dialog.getByRole('button', { name: 'Lock new backups' }).click()
  await expect(page.getByText(/New backups are locked/)).toBeVisible()
  await backUp(page)
  await expect(second.getByText(/last copied/)).toBeVisible()
  const folders = await readdir(stick)
  const names = await readdir(join(stick, folders[0] ?? ''))
  expect(names.map((name) => name.replace(/^[^.]+/u, '')).toSorted()).toEqual(['.db.age', '.files', '.json'])
})
