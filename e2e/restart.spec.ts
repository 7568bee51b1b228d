import { column, expect, panel, test } from './fixtures'
import { hears, messageWith, report, resident } from './people'

test('a restart keeps requests, drafts and the conversation', async ({ openDesk, simulator }) => {
  const env = { TELEGRAM_BOT_TOKEN: simulator.token }
  const first = await openDesk({ env })
  const anna = resident(simulator, 501, 'Anna')
  const boris = resident(simulator, 502, 'Boris')
  await report(anna, { text: 'Lift stuck', place: 'Entrance 2' })
  await expect(column(first.page, 'New').getByRole('listitem', { name: /^1 Lift stuck/ })).toBeVisible()
  boris.write('Light out on the stairwell')
  await hears(boris, 'Where is it?')
  await first.close()

  // While the program is not running, people go on writing.
  boris.write('Stairwell, floor 3')
  anna.write('It moved for a moment', { replyTo: statusCardOf(anna) })

  const second = await openDesk({ env })
  await expect(column(second.page, 'New').getByRole('listitem', { name: /^1 Lift stuck/ })).toBeVisible()
  const draft = await messageWith(boris, 'Send')
  expect(draft.text).toContain('Light out on the stairwell')
  await boris.press(draft.messageId, { text: 'Send' })
  await expect(column(second.page, 'New').getByRole('listitem', { name: /^2 Light out/ })).toBeVisible()
  await second.page.getByRole('listitem', { name: /^1 / }).click()
  await expect(panel(second.page, '1')).toContainText('It moved for a moment')
})

function statusCardOf(person: ReturnType<typeof resident>): number {
  return person.messages().find(({ text }) => text?.startsWith('No. 1') === true)?.messageId ?? 0
}
