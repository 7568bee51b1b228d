import type { Page } from '@playwright/test'
import { card, column, expect, test } from './fixtures'
import { hears, joinAsTechnician, report, resident } from './people'

async function dragTo(page: Page, number: string, to: string): Promise<void> {
  const from = await card(page, number).boundingBox()
  const target = await page.getByRole('region', { name: to }).or(column(page, to)).first().boundingBox()
  if (!from || !target) throw new Error('Nothing to drag, or nowhere to')
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(from.x + from.width / 2 + 12, from.y + from.height / 2 + 4, { steps: 4 })
  await page.mouse.move(target.x + target.width / 2, target.y + 60, { steps: 12 })
  await page.mouse.up()
}

test('a card is moved by drag and by keyboard, and every move can be undone', async ({
  openDesk,
  simulator,
}) => {
  const { page } = await openDesk({
    env: { TELEGRAM_BOT_TOKEN: simulator.token, DISPATCHER_UNDO_MS: '20000' },
  })
  const anna = resident(simulator, 501, 'Anna')
  const marek = simulator.people.addPerson({ id: 502, first_name: 'Marek', language_code: 'en' })
  await joinAsTechnician(page, marek, 'Marek Novak')
  await report(anna, { text: 'Door does not lock', place: 'Entrance 1' })
  await expect(card(page, '1')).toBeVisible()

  // By drag: Assigned asks for somebody, because nobody has it.
  await dragTo(page, '1', 'Assigned')
  await page.getByRole('dialog').getByText('Marek Novak').click()
  await expect(column(page, 'Assigned').getByRole('listitem', { name: /^1 / })).toBeVisible()

  // Undone: it is back, and nobody was told anything.
  await expect(page.getByRole('button', { name: /Undo/ })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('z')
  await expect(column(page, 'New').getByRole('listitem', { name: /^1 / })).toBeVisible()
  expect(marek.messages().some(({ text }) => text?.includes('Job 1') === true)).toBe(false)
  expect(anna.messages().some(({ text }) => text?.includes('takes care') === true)).toBe(false)

  // By keyboard alone: the menu of columns, then a note.
  await card(page, '1').focus()
  await page.keyboard.press('m')
  await page.getByRole('menuitem', { name: /Resolved/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('New lock put in')
  await page.keyboard.press('Control+Enter')
  await expect(column(page, 'Resolved').getByRole('listitem', { name: /^1 / })).toBeVisible()
})

test('what the manager does is told once it can’t be undone any more', async ({
  desk: { page },
  simulator,
}) => {
  const anna = resident(simulator, 501, 'Anna')
  await report(anna, { text: 'Bins overflow', place: 'Yard' })
  await card(page, '1').click()
  await expect(page.getByRole('complementary', { name: /request/i })).toBeVisible()
  await page.keyboard.press('r')
  await page.getByRole('dialog').getByRole('textbox').fill('Emptied')
  await page.keyboard.press('Control+Enter')
  await hears(anna, 'No. 1 is done.')
  expect(anna.messages().filter(({ text }) => text?.startsWith('No. 1 is done.') === true)).toHaveLength(1)
})
