import { card, expect, test } from './fixtures'
import { hears, messageWith, report, resident } from './people'

test('two residents cannot see or touch each other’s requests', async ({ desk: { page }, simulator }) => {
  const anna = resident(simulator, 501, 'Anna')
  const boris = resident(simulator, 502, 'Boris')
  await report(anna, { text: 'My bathroom floods', place: 'Flat 34' })
  await expect(card(page, '1')).toBeVisible()
  const mine = await messageWith(anna, 'Cancel request')
  const data = mine.buttons.flat().find(({ text }) => text === 'Cancel request')?.callbackData ?? ''

  // Boris presses Anna's button, one that never was, and asks for his list.
  const stolen = await boris.pressForged(data)
  const invented = await boris.pressForged(`${'A'.repeat(22)}:0`)
  boris.write('/my')
  await hears(boris, 'You have no open requests.')

  expect({ stolen, invented }).toEqual({
    stolen: { answered: true, text: 'This button does nothing any more.', alert: false },
    invented: { answered: true, text: 'This button does nothing any more.', alert: false },
  })
  expect(boris.messages().some(({ text }) => text?.includes('bathroom') === true)).toBe(false)
  await expect(card(page, '1')).toBeVisible()

  // Anna's own press works.
  expect((await anna.press(mine.messageId, { text: 'Cancel request' })).text).toBe('Noted')
  await expect(card(page, '1')).toHaveCount(0)
})
