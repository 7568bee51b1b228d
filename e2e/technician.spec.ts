import { picture } from './picture'
import { card, column, expect, panel, test } from './fixtures'
import { assignFromPanel, hears, joinAsTechnician, press, report, resident } from './people'

test('the technician’s round: says no with a reason, then takes, starts, notes with a photo and finishes', async ({
  desk: { page },
  simulator,
}) => {
  const anna = resident(simulator, 501, 'Anna')
  const marek = simulator.people.addPerson({ id: 502, first_name: 'Marek', language_code: 'en' })
  await joinAsTechnician(page, marek, 'Marek Novak')
  await report(anna, { text: 'Radiator cold in the bedroom', place: 'Flat 21' })

  await card(page, '1').click()
  await assignFromPanel(page, 'Marek Novak')
  await press(marek, "Can't")
  await press(marek, 'Parts or tools missing')
  await expect(column(page, 'New').getByRole('listitem', { name: /^1 / })).toBeVisible()
  await expect(panel(page, '1')).toContainText('Parts or tools missing')
  // The reason stays among the staff.
  expect(anna.messages().some(({ text }) => text?.includes('Parts or tools') === true)).toBe(false)

  await assignFromPanel(page, 'Marek Novak')
  await press(marek, 'Take')
  await press(marek, 'Start')
  await expect(column(page, 'In progress').getByRole('listitem', { name: /^1 / })).toBeVisible()
  const job = marek.messages().findLast(({ text }) => text?.startsWith('Job 1: in progress') === true)
  marek.write('The valve is stuck, closed the riser', { replyTo: job?.messageId ?? 0 })
  marek.sendPhoto(picture(120, 90), { replyTo: job?.messageId ?? 0, caption: 'The valve' })
  await expect(panel(page, '1')).toContainText('The valve is stuck, closed the riser')
  await expect(panel(page, '1').getByRole('button', { name: /photo/i })).toHaveCount(1)
  expect(anna.messages().some(({ text }) => text?.includes('valve') === true)).toBe(false)

  await press(marek, 'Done')
  await hears(anna, 'No. 1 is done.')
  await press(anna, 'Not fixed')
  anna.write('Still cold')
  await expect(column(page, 'New').getByRole('listitem', { name: /^1 / })).toBeVisible()
  await expect(panel(page, '1')).toContainText('Still cold')
})
