import type { InlineKeyboardButton } from 'grammy/types'
import type { ApiServices } from './api-context'
import { messageJson } from './message-json'
import type { ButtonChoice, Person } from './phone'
import { seededNumber } from './seeded'
import { type Chat, chatOf, userOf } from './world'

type Presses = Pick<Person, 'press' | 'pressForged' | 'pressKey'>

/** The buttons of a phone; `person` is asked for late, because it is made with them. */
export function presses(services: ApiServices, chat: Chat, person: () => Person): Presses {
  const send = (messageId: number, data: string): ReturnType<Person['press']> => {
    const { world, updates, callbacks } = services
    const { profile } = chat.person
    const { id, result } = callbacks.open(profile.id)
    const message = chat.messages.get(messageId)
    updates.push('callback_query', {
      id,
      from: userOf(profile),
      // A message that is gone is told of only by its id.
      message: message
        ? messageJson(world, chat, message)
        : { chat: chatOf(profile), message_id: messageId, date: 0 },
      chat_instance: String(seededNumber(`instance/${world.bot.id}/${profile.id}`, 2 ** 47)),
      data,
    })
    return result
  }
  return {
    press: (messageId, choice) => send(messageId, callbackData(chat, messageId, choice)),
    pressForged: (data, messageId = 1) => send(messageId, data),
    pressKey: (text) => {
      const key = chat.keyboard?.rows.flat().find((one) => one.text === text)
      if (!key) throw new Error(`there is no key "${text}"`)
      if (key.shares === 'contact') return person().sendContact()
      return key.shares === 'location' ? person().sendLocation() : person().write(text)
    },
  }
}

function callbackData(chat: Chat, messageId: number, choice: ButtonChoice): string {
  const rows = chat.messages.get(messageId)?.markup?.inline_keyboard ?? []
  const button =
    'row' in choice ? rows[choice.row]?.[choice.column] : rows.flat().find((one) => fits(one, choice))
  if (!button) throw new Error(`message ${messageId} has no button ${JSON.stringify(choice)}`)
  if (!('callback_data' in button)) throw new Error(`the button "${button.text}" asks the bot nothing`)
  return button.callback_data
}

function fits(button: InlineKeyboardButton, choice: { text: string } | { data: string }): boolean {
  if ('text' in choice) return button.text === choice.text
  return 'callback_data' in button && button.callback_data === choice.data
}
