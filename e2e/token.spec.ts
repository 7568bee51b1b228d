import { card, expect, test } from './fixtures'
import { report, resident } from './people'

test('the guide connects a bot, and a refused token can be replaced without losing anything', async ({
  openDesk,
  simulator,
}) => {
  const { page } = await openDesk()
  await page.getByRole('button', { name: /Continue/ }).click()

  // Not a token, an unknown token, and the right one.
  const field = page.getByLabel('Bot token')
  await field.fill('not a token')
  await page.keyboard.press('Enter')
  await expect(page.getByText('This does not look like a bot token.', { exact: false })).toBeVisible()
  await field.fill('7204000009:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')
  await expect(page.getByText('Telegram does not know this token.', { exact: false })).toBeVisible()
  await field.fill(simulator.token)
  await expect(page.getByText('@linden_help_bot', { exact: false })).toBeVisible()

  // This computer has no key store, so the guide asks in words before it keeps the token.
  const consent = page.getByRole('checkbox')
  if (await consent.isVisible()) await consent.check()
  await page.getByRole('button', { name: /Connect/ }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Do it later' }).click()
  await page.getByRole('button', { name: 'Do it later' }).click()
  await page.getByRole('button', { name: 'Open the board' }).click()
  await expect(page.getByText('Receiving', { exact: true })).toBeVisible()
  const anna = resident(simulator, 501, 'Anna')
  await report(anna, { text: 'No hot water', place: 'Flat 12' })
  await expect(card(page, '1')).toBeVisible()

  // The token is revoked: the desk says so and keeps everything.
  simulator.revokeToken()
  anna.write('Is somebody there?')
  await expect(page.getByText(/token/i).first()).toBeVisible({ timeout: 45_000 })
  await expect(card(page, '1')).toBeVisible()
  const fresh = simulator.issueToken()
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: /Replace/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(fresh)
  await expect(dialog.getByText('@linden_help_bot', { exact: false })).toBeVisible()
  if (await dialog.getByRole('checkbox').isVisible()) await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: 'Connect a bot' }).click()
  await expect(page.getByText('Receiving', { exact: true }).first()).toBeVisible()
  await expect
    .poll(() => anna.messages().some(({ text }) => text?.includes('Is somebody there?') === true))
    .toBe(true)
})
