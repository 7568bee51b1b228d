import type { Page } from '@playwright/test'
import type { ChatMessage } from '../src/main/practice/simulator/chat-message'
import type { Person } from '../src/main/practice/simulator/phone'
import type { Simulator } from '../src/main/practice/simulator/simulator'
import { eventually, expect } from './fixtures'

/** Somebody with a phone who has pressed Start. */
export function resident(simulator: Simulator, id: number, name: string, language = 'en'): Person {
  const person = simulator.people.addPerson({ id, first_name: name, language_code: language })
  person.start()
  return person
}

/** The newest message that has a button with this text, once there is one. */
export async function messageWith(person: Person, button: string): Promise<ChatMessage> {
  const find = () =>
    person.messages().findLast((message) => message.buttons.flat().some(({ text }) => text === button))
  const found = await eventually(find, (message) => message !== undefined)
  if (!found) throw new Error(`No message with the button ${button}`)
  return found
}

/** Presses the newest button with this text, once there is one; gives the small notice. */
export async function press(person: Person, button: string): Promise<string | undefined> {
  const message = await messageWith(person, button)
  return (await person.press(message.messageId, { text: button })).text
}

/** Waits until the bot has said something that contains the text. */
export async function hears(person: Person, text: string): Promise<void> {
  await eventually(
    () => person.messages().some((message) => message.from === 'bot' && (message.text ?? '').includes(text)),
    (heard) => heard,
  )
}

/** Reports something the way a resident does, in an office that has no buildings yet. */
export async function report(
  person: Person,
  what: { readonly text?: string; readonly photos?: readonly Uint8Array[]; readonly place: string },
): Promise<void> {
  if (what.text !== undefined) person.write(what.text)
  for (const photo of what.photos ?? []) person.sendPhoto(photo)
  await hears(person, 'Where is it?')
  person.write(what.place)
  await press(person, 'Send')
}

/** Invites a technician at the desk, who joins from the phone by the link. */
export async function joinAsTechnician(page: Page, person: Person, name: string): Promise<void> {
  await page.getByRole('link', { name: 'People' }).click()
  await page
    .getByRole('button', { name: /Invite/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(name)
  await dialog.getByRole('button', { name: /Invite|Make/ }).click()
  const link = await dialog
    .getByText(/https:\/\/t\.me\//)
    .first()
    .textContent()
  person.start(new URL(link?.trim() ?? '').searchParams.get('start') ?? '')
  await hears(person, name)
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Board' }).click()
}

/** Gives the open request to a technician, from the keyboard. */
export async function assignFromPanel(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('complementary', { name: /request/i })).toBeVisible()
  await page.keyboard.press('a')
  const choice = page
    .getByRole('option', { name })
    .or(page.getByRole('menuitem', { name }))
    .or(page.getByRole('dialog').getByRole('button', { name }))
  await choice.first().click()
}
