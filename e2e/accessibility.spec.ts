import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'

async function violations(page: Page): Promise<string[]> {
  // The legacy mode asks for no second page, which Electron can't open.
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

for (const scheme of ['light', 'dark'] as const) {
  test(`no screen has an accessibility fault, ${scheme}`, async ({ openDesk }) => {
    const { page } = await openDesk({ args: ['--practice'] })
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await expect(page.getByRole('listitem', { name: /^\d+ / }).first()).toBeVisible({ timeout: 20_000 })
    const found: Record<string, string[]> = { board: await violations(page) }
    await page.getByRole('listitem', { name: /^\d+ / }).first().click()
    await expect(page.getByRole('complementary', { name: /request/i })).toBeVisible()
    found['panel'] = await violations(page)
    await page.keyboard.press('Escape')
    for (const screen of ['Archive', 'People', 'Places', 'Settings']) {
      await page.getByRole('link', { name: screen }).click()
      await expect(page.getByRole('heading', { level: 1, name: screen })).toBeVisible()
      found[screen] = await violations(page)
    }
    await page.keyboard.press('n')
    await expect(page.getByRole('dialog')).toBeVisible()
    found['new request'] = await violations(page)
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])))
  })
}

test('the log and its report have no accessibility fault', async ({ openDesk, simulator }) => {
  const { page } = await openDesk({ env: { TELEGRAM_BOT_TOKEN: simulator.token } })
  await page.getByRole('link', { name: 'Health' }).first().click()
  await page.getByRole('link', { name: 'Log', exact: true }).click()
  await page.getByRole('option', { name: /The program has started/ }).click()
  await expect(page.getByRole('region', { name: 'The line in full' })).toBeVisible()
  const log = await violations(page)
  await page.getByRole('button', { name: 'Report for support…' }).click()
  await expect(page.getByRole('region', { name: 'What is in the report' })).toBeVisible()
  expect({ log, report: await violations(page) }).toEqual({ log: [], report: [] })
})

test('the first-run guide has no accessibility fault', async ({ openDesk }) => {
  const { page } = await openDesk()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const language = await violations(page)
  await page.getByRole('button', { name: /Continue/ }).click()
  await expect(page.getByLabel('Bot token')).toBeVisible()
  expect({ language, bot: await violations(page) }).toEqual({ language: [], bot: [] })
})
