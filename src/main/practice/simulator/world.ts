import type { Chat as ApiChat, User } from 'grammy/types'
import type { BotProfile } from './bot-profile'
import type { Files } from './files'
import type { ReplyKeyboard } from './reply-keyboard'
import type { MessageDraft, PersonProfile, StoredChat, StoredMessage, StoredPerson } from './state'

/** One private chat in memory. */
export type Chat = {
  person: StoredPerson
  readonly messages: Map<number, StoredMessage>
  keyboard: ReplyKeyboard | undefined
}

/** What the world needs from outside. */
export type WorldParts = {
  readonly bot: BotProfile
  readonly files: Files
  /** Milliseconds. */
  readonly now: () => number
  readonly nextMessageId: number
  readonly chats: readonly StoredChat[]
}

/** All chats of the simulated Telegram, as the server keeps them. */
export class World {
  readonly bot: BotProfile
  readonly files: Files
  readonly now: () => number
  readonly #chats = new Map<number, Chat>()
  readonly #listeners = new Set<(chatId: number) => void>()
  #nextMessageId: number

  constructor(parts: WorldParts) {
    this.bot = parts.bot
    this.files = parts.files
    this.now = parts.now
    this.#nextMessageId = parts.nextMessageId
    for (const { person, messages, keyboard } of parts.chats) {
      const byId = new Map(messages.map((message) => [message.id, message]))
      this.#chats.set(person.profile.id, { person, messages: byId, keyboard })
    }
  }

  get nextMessageId(): number {
    return this.#nextMessageId
  }

  /** Unix seconds. */
  seconds(): number {
    return Math.floor(this.now() / 1000)
  }

  chats(): Chat[] {
    return [...this.#chats.values()]
  }

  chat(id: number): Chat | undefined {
    return this.#chats.get(id)
  }

  /** Adds a person who has not met the bot, or renames one who is there already. */
  addPerson(profile: PersonProfile): Chat {
    const known = this.#chats.get(profile.id)
    if (known) {
      known.person = { ...known.person, profile }
      this.changed(profile.id)
      return known
    }
    const person = { profile, started: false, blocked: false, deactivated: false, seen: false }
    const chat: Chat = { person, messages: new Map(), keyboard: undefined }
    this.#chats.set(profile.id, chat)
    this.changed(profile.id)
    return chat
  }

  /** The user behind an id the bot has met; undefined for anybody else. */
  knownUser(id: number): User | undefined {
    const person = this.#chats.get(id)?.person
    return person && (person.started || person.seen) ? userOf(person.profile) : undefined
  }

  addMessage(chat: Chat, from: StoredMessage['from'], draft: MessageDraft): StoredMessage {
    const id = this.#nextMessageId
    this.#nextMessageId += 1
    const chatId = chat.person.profile.id
    const message: StoredMessage = { id, chatId, from, date: this.seconds(), reactions: [], ...draft }
    this.put(chat, message)
    return message
  }

  /** Stores a new or changed message. */
  put(chat: Chat, message: StoredMessage): void {
    chat.messages.set(message.id, message)
    this.changed(message.chatId)
  }

  deleteMessage(chat: Chat, messageId: number): void {
    chat.messages.delete(messageId)
    this.changed(chat.person.profile.id)
  }

  changed(chatId: number): void {
    for (const listener of this.#listeners) listener(chatId)
  }

  onChange(listener: (chatId: number) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }
}

/** A person as the Bot API's User. */
export function userOf(profile: PersonProfile): User {
  const { id, ...names } = profile
  return { id, is_bot: false, ...names }
}

/** The private chat with a person as the Bot API's Chat. */
export function chatOf(profile: PersonProfile): ApiChat.PrivateChat {
  const { id, first_name, last_name, username } = profile
  return {
    id,
    first_name,
    ...(last_name === undefined ? {} : { last_name }),
    ...(username === undefined ? {} : { username }),
    type: 'private',
  }
}
