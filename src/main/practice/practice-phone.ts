import type { Handlers } from '../../shared/ipc/contract'
import type { PhoneButton, PhoneMessage, PracticePerson } from '../../shared/model/practice'
import { Refusal } from '../../shared/model/refusal'
import { playable } from './playable'
import { placeOf } from './sample-places'
import type { ChatMessage } from './simulator/chat-message'
import type { Person } from './simulator/phone'
import type { Simulator } from './simulator/simulator'

/** What a link that opens the bot may carry (Bot API, deep linking). */
const START_PARAMETER = /^[\w-]{0,64}$/u

/** The phone on the screen: its part of the contract, and what the edges need besides. */
export type PracticePhone = Pick<
  Handlers['practice'],
  'people' | 'chat' | 'write' | 'sendPhoto' | 'press' | 'openStartLink'
> & {
  /** Calls the listener with the Telegram id of everybody whose chat has changed; returns its end. */
  readonly onChange: (listener: (telegramId: number) => void) => () => void
  /** The bytes of a picture in a chat; undefined when there is none of this id. */
  readonly fileBytes: (fileId: string) => Uint8Array | undefined
}

/** Creates the phone over a running simulator. Its methods refuse people and messages that are not there. */
export function createPracticePhone(simulator: Simulator, botName: string): PracticePhone {
  const personOf = (telegramId: number): Person => {
    const person = simulator.people.list().find(({ profile }) => profile.id === telegramId)
    if (!person) throw new Refusal('not-found')
    return person
  }
  return {
    people: () => listPeople(simulator),
    chat: ({ telegramId }) => ({ botName, messages: messagesOf(personOf(telegramId)) }),
    write: ({ telegramId, text, replyTo }) => {
      const person = personOf(telegramId)
      if (text.trim() === '') throw new Refusal('text-missing')
      person.write(text, quoting(person, replyTo))
    },
    sendPhoto: ({ telegramId, bytes, caption, replyTo }) => {
      const person = personOf(telegramId)
      person.sendPhoto(bytes, { caption, ...quoting(person, replyTo) })
    },
    press: ({ telegramId, ...where }) => press(personOf(telegramId), where),
    openStartLink: ({ telegramId, parameter }) => {
      const person = personOf(telegramId)
      if (!START_PARAMETER.test(parameter)) throw new Refusal('bad-request')
      person.start(parameter === '' ? undefined : parameter)
    },
    onChange: (listener) => simulator.onChange(listener),
    fileBytes: (fileId) => simulator.fileBytes(fileId),
  }
}

function listPeople(simulator: Simulator): PracticePerson[] {
  const present = new Map(simulator.people.list().map(({ profile }) => [profile.id, profile]))
  return playable.flatMap(({ telegramId, role, unit }) => {
    const profile = present.get(telegramId)
    if (!profile) return []
    const name = [profile.first_name, profile.last_name].filter((part) => part !== undefined).join(' ')
    const language = profile.language_code === 'ru' ? 'ru' : 'en'
    return [{ telegramId, name, role, place: unit === null ? '' : placeOf(unit, language) }]
  })
}

function messagesOf(person: Person): PhoneMessage[] {
  const messages = person.messages()
  const texts = new Map(messages.map((message) => [message.messageId, textOf(message)]))
  return messages.map((message) => phoneMessage(message, texts))
}

function phoneMessage(message: ChatMessage, texts: ReadonlyMap<number, string>): PhoneMessage {
  const { replyToMessageId: quoted, editedAt, photo } = message
  return {
    messageId: message.messageId,
    from: message.from,
    at: message.date * 1000,
    editedAt: editedAt === undefined ? null : editedAt * 1000,
    text: textOf(message),
    entities: (message.entities ?? message.captionEntities ?? []).map(({ type, offset, length }) => ({
      type,
      offset,
      length,
    })),
    photo: photo === undefined ? null : `app://practice/${photo.fileId}`,
    replyTo: quoted === undefined ? null : { messageId: quoted, text: texts.get(quoted) ?? '' },
    reactions: [...message.reactions],
    buttons: message.buttons.flatMap((inRow, row) =>
      inRow.map(({ text }, column): PhoneButton => ({ row, column, text })),
    ),
  }
}

function textOf({ text, caption, document }: ChatMessage): string {
  return text ?? caption ?? document?.fileName ?? ''
}

function quoting(person: Person, replyTo: number | null): { readonly replyTo?: number } {
  if (replyTo === null) return {}
  if (!person.messages().some(({ messageId }) => messageId === replyTo)) throw new Refusal('not-found')
  return { replyTo }
}

async function press(
  person: Person,
  { messageId, row, column }: { readonly messageId: number; readonly row: number; readonly column: number },
): Promise<{ notice: string | null }> {
  const message = person.messages().find((one) => one.messageId === messageId)
  const button = message?.buttons[row]?.[column]
  if (!button) throw new Refusal('not-found')
  // A button that opens a link or copies something tells the bot nothing.
  if (button.callbackData === undefined) return { notice: null }
  const { text } = await person.press(messageId, { row, column })
  return { notice: text ?? null }
}
