import { picture } from './picture'
import { card, column, expect, panel, test } from './fixtures'
import { report, resident } from './people'

test('photos are kept on this computer, shown on the card, in the panel and in full', async ({
  desk: { page },
  simulator,
}) => {
  const anna = resident(simulator, 501, 'Anna')
  await report(anna, {
    photos: [picture(640, 480), picture(300, 500)],
    text: 'Crack in the window',
    place: 'Flat 3',
  })
  const newCard = column(page, 'New').getByRole('listitem', { name: /^1 Crack in the window/ })
  await expect(newCard).toBeVisible()

  await expect
    .poll(() => newCard.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0)

  // What is shown comes from the data folder: Telegram may be gone by now.
  await simulator.stop()
  await newCard.click()
  const pictures = panel(page, '1').getByRole('button', { name: /photo/i })
  await expect(pictures).toHaveCount(2)
  await pictures.first().click()
  const full = page.getByRole('dialog').locator('img')
  await expect.poll(() => full.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(640)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => full.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(300)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a photo without words is a request all the same', async ({ desk: { page }, simulator }) => {
  const anna = resident(simulator, 501, 'Anna')
  await report(anna, { photos: [picture(200, 200)], place: 'Yard' })
  await expect(card(page, '1')).toBeVisible()
  await expect(card(page, '1')).toContainText('Yard')
})
