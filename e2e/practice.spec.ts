import { readdir } from 'node:fs/promises'
import { card, column, expect, panel, test } from './fixtures'

test('the practice building plays the whole job on a phone of its own, apart from real data', async ({
  openDesk,
  dataFolder,
  simulator,
}) => {
  const { page } = await openDesk()
  await page.getByRole('button', { name: /Continue/ }).click()
  await page.getByRole('button', { name: 'Open the practice building' }).click()
  await expect(page.getByText('Practice building.', { exact: false })).toBeVisible({ timeout: 20_000 })
  await expect(column(page, 'New').getByRole('listitem').first()).toBeVisible()
  const phone = page.getByRole('region', { name: 'Practice phone' })

  // As the resident: write, and send the draft.
  await phone.getByRole('textbox').fill('The corridor light flickers')
  await page.keyboard.press('Enter')
  const chat = phone.getByRole('log')
  await chat.getByRole('button', { name: 'Send', exact: true }).last().click()
  const fresh = column(page, 'New').getByRole('listitem', { name: /The corridor light flickers/ })
  await expect(fresh).toBeVisible()
  const number = ((await fresh.getAttribute('aria-label')) ?? '').split(' ')[0] ?? ''
  await expect(phone.getByText(`No. ${number}: received`)).toBeVisible()

  // As the manager: assign it from the keyboard.
  await fresh.click()
  await expect(panel(page, number)).toBeVisible()
  await page.keyboard.press('a')
  await page.getByRole('dialog').getByText('Marek Novak').click()
  await expect(
    column(page, 'Assigned').getByRole('listitem', { name: new RegExp(`^${number} `) }),
  ).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Escape')

  // As the technician: take, start and finish it.
  await phone
    .getByRole('radio', { name: /Marek/ })
    .or(phone.getByRole('button', { name: /Marek/ }))
    .first()
    .click()
  for (const step of ['Take', 'Start', 'Done'])
    await chat.getByRole('button', { name: step, exact: true }).last().click()
  await expect(
    column(page, 'Resolved').getByRole('listitem', { name: new RegExp(`^${number} `) }),
  ).toBeVisible()

  // As the resident again: it is fixed.
  await phone
    .getByRole('radio', { name: /Anna/ })
    .or(phone.getByRole('button', { name: /Anna/ }))
    .first()
    .click()
  await chat.getByRole('button', { name: 'Fixed', exact: true }).last().click()
  await expect(card(page, number)).toHaveCount(0)

  // Nothing of it reached the real bot or the real data.
  expect(simulator.ledger).toEqual([])
  expect(await readdir(dataFolder)).toContain('practice')
  await page.getByRole('button', { name: 'Connect a real bot' }).click()
  await expect(page.getByRole('heading', { name: 'Residents write, you see it here' })).toBeVisible({
    timeout: 20_000,
  })
})

test('starting over brings the building back as it was', async ({ openDesk }) => {
  const { page } = await openDesk({ args: ['--practice'] })
  const inNew = column(page, 'New').getByRole('listitem')
  await expect(inNew.first()).toBeVisible({ timeout: 20_000 })
  const before = await page.getByRole('link', { name: /^Board/ }).textContent()
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill('Somebody called about the gate')
  await dialog.getByLabel(/place/i).first().fill('Yard')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('listitem', { name: /Somebody called about the gate/ })).toBeVisible()
  await page.getByRole('button', { name: 'Start over' }).click()
  await page.getByRole('button', { name: 'Throw away and start over' }).click()
  await expect(page.getByRole('listitem', { name: /Somebody called about the gate/ })).toHaveCount(0, {
    timeout: 20_000,
  })
  await expect(page.getByRole('link', { name: /^Board/ })).toHaveText(before ?? '')
})
