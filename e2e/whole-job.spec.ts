import { picture } from './picture'
import { card, column, eventually, expect, panel, test } from './fixtures'

test('a resident’s message becomes a card, a click becomes an answer, and the resident confirms', async ({
  desk: { page },
  simulator,
}) => {
  const anna = simulator.people.addPerson({
    id: 501,
    first_name: 'Anna',
    last_name: 'Petrova',
    language_code: 'en',
  })
  const marek = simulator.people.addPerson({ id: 502, first_name: 'Marek', language_code: 'en' })

  // The manager invites a technician, who joins from his phone.
  await page.getByRole('link', { name: 'People' }).click()
  await page
    .getByRole('button', { name: /Invite/ })
    .first()
    .click()
  const invitation = page.getByRole('dialog')
  await invitation.getByRole('textbox').fill('Marek Novak')
  await invitation.getByRole('button', { name: /Invite|Make/ }).click()
  const link = await invitation
    .getByText(/https:\/\/t\.me\//)
    .first()
    .textContent()
  const parameter = new URL(link?.trim() ?? '').searchParams.get('start') ?? ''
  marek.start(parameter)
  await eventually(
    () => marek.messages().at(-1)?.text ?? '',
    (text) => text.includes('Marek Novak'),
  )
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Board' }).click()

  // A resident writes, with a photo.
  anna.start()
  anna.write('Leak under the kitchen sink')
  anna.sendPhoto(picture(320, 240), { caption: 'Water on the floor' })
  await eventually(
    () =>
      anna
        .messages()
        .map(({ text }) => text)
        .join('\n'),
    (text) => text.includes('Where is it?'),
  )
  anna.write('Linden Court, flat 34')
  const draft = await eventually(
    () => anna.messages().find((message) => message.buttons.flat().some(({ text }) => text === 'Send')),
    (message) => message !== undefined,
  )
  const sent = await anna.press(draft?.messageId ?? 0, { text: 'Send' })
  expect(sent.text).toContain('No. 1')

  // The card appears by itself; the manager assigns it.
  await expect(
    column(page, 'New').getByRole('listitem', { name: /^1 Leak under the kitchen sink/ }),
  ).toBeVisible()
  await card(page, '1').click()
  await expect(panel(page, '1')).toBeVisible()
  await page.keyboard.press('a')
  await page
    .getByRole('option', { name: /Marek Novak/ })
    .or(page.getByRole('menuitem', { name: /Marek Novak/ }))
    .or(page.getByRole('button', { name: /Marek Novak/ }))
    .first()
    .click()
  await expect(column(page, 'Assigned').getByRole('listitem', { name: /^1 / })).toBeVisible()

  // The technician takes, starts and finishes it.
  for (const step of ['Take', 'Start', 'Done']) {
    const job = await eventually(
      () => marek.messages().find((message) => message.buttons.flat().some(({ text }) => text === step)),
      (message) => message !== undefined,
    )
    await marek.press(job?.messageId ?? 0, { text: step })
  }
  await expect(column(page, 'Resolved').getByRole('listitem', { name: /^1 / })).toBeVisible()

  // The resident was told of each milestone and confirms.
  const question = await eventually(
    () => anna.messages().find((message) => message.buttons.flat().some(({ text }) => text === 'Fixed')),
    (message) => message !== undefined,
  )
  expect(anna.messages().some(({ text }) => text === 'No. 1: Marek Novak takes care of it.')).toBe(true)
  await anna.press(question?.messageId ?? 0, { text: 'Fixed' })
  await expect(card(page, '1')).toHaveCount(0)
  await page.getByRole('link', { name: 'Archive' }).click()
  await expect(page.getByRole('main').getByText('Leak under the kitchen sink').first()).toBeVisible()
})
