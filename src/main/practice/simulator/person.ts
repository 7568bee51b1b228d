import type { MessageOrigin } from 'grammy/types'
import type { ApiServices } from './api-context'
import { chatMessage } from './chat-message'
import { detectEntities } from './detect-entities'
import { imageInfo } from './image-size'
import { limits } from './limits'
import { messageJson } from './message-json'
import { passiveSenders } from './person-passive'
import { presses } from './person-presses'
import type { AlbumPhoto, DocumentOptions, Person, PhotoOptions, WriteOptions } from './phone'
import type { Say } from './say'
import { seededNumber } from './seeded'
import type { MessageDraft, StoredMessage } from './state'
import { type Chat, chatOf, userOf } from './world'

/** A person whose chat is already in the world. */
export function createPerson(services: ApiServices, chat: Chat): Person {
  const { world } = services
  const say = sayFor(services, chat)
  const id = (): number => chat.person.profile.id
  const person: Person = {
    get profile() {
      return chat.person.profile
    },
    start: (parameter) => {
      if (parameter !== undefined) assertStartParameter(parameter)
      if (chat.person.blocked) person.unblock()
      const text = parameter === undefined ? '/start' : `/start ${parameter}`
      return say({ text, entities: detectEntities(text, []) })
    },
    write: (text, options) => write(services, say, text, options),
    sendPhoto: (bytes, options) => say(photoDraft(services, bytes, options)),
    sendAlbum: (photos, options) => sendAlbum(services, chat, say, photos, options?.replyTo),
    sendDocument: (bytes, options) => say(documentDraft(services, bytes, options)),
    ...passiveSenders(services, chat, say),
    edit: (messageId, text) => {
      edit(services, chat, messageId, text)
    },
    deleteMessage: (messageId) => {
      world.deleteMessage(chat, messageId)
    },
    ...presses(services, chat, () => person),
    block: () => {
      setBlocked(services, chat, true)
    },
    unblock: () => {
      setBlocked(services, chat, false)
    },
    deactivate: () => {
      chat.person = { ...chat.person, deactivated: true }
      world.changed(id())
    },
    isBlocked: () => chat.person.blocked,
    hasStarted: () => chat.person.started,
    messages: () => [...chat.messages.values()].map(chatMessage),
    keyboard: () => chat.keyboard,
    commands: () => world.bot.commandsFor(id(), chat.person.profile.language_code ?? ''),
  }
  return person
}

function assertStartParameter(parameter: string): void {
  if (!/^[\w-]+$/.test(parameter) || parameter.length > limits.startParameter) {
    throw new Error(`no deep link carries the parameter "${parameter}"`)
  }
}

function sayFor(services: ApiServices, chat: Chat): Say {
  const { world, updates } = services
  return (draft) => {
    if (chat.person.blocked) throw new Error('a person who blocks the bot cannot write to it')
    if (!chat.person.started) chat.person = { ...chat.person, started: true }
    const message = world.addMessage(chat, 'person', draft)
    updates.push('message', messageJson(world, chat, message))
    return message.id
  }
}

function write(services: ApiServices, say: Say, text: string, options: WriteOptions = {}): number {
  if (text.trim() === '' || text.length > limits.text)
    throw new Error('no phone sends such a text in one message')
  const origin = options.forwardedFrom && forwardOrigin(services, options.forwardedFrom)
  return say({
    text,
    entities: detectEntities(text, options.entities ?? []),
    ...(options.replyTo === undefined ? {} : { replyTo: options.replyTo }),
    ...(origin === undefined ? {} : { forwardOrigin: origin }),
  })
}

/** A bot that sees a forward has met its author, though it may not write first. */
function forwardOrigin(
  services: ApiServices,
  from: NonNullable<WriteOptions['forwardedFrom']>,
): MessageOrigin {
  const { world } = services
  const date = world.seconds() - 60
  if ('hiddenName' in from) return { type: 'hidden_user', date, sender_user_name: from.hiddenName }
  const author = world.addPerson(from)
  author.person = { ...author.person, seen: true }
  return { type: 'user', date, sender_user: userOf(from) }
}

function captioned(options: { caption?: string; replyTo?: number; mediaGroupId?: string }): MessageDraft {
  const { caption, replyTo, mediaGroupId } = options
  if (caption !== undefined && caption.length > limits.caption)
    throw new Error('no phone sends such a caption')
  return {
    ...(caption ? { caption, captionEntities: detectEntities(caption, []) } : {}),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(mediaGroupId === undefined ? {} : { mediaGroupId }),
  }
}

function photoDraft(services: ApiServices, bytes: Uint8Array, options: PhotoOptions = {}): MessageDraft {
  const info = imageInfo(bytes)
  // Phones turn whatever they send as a photo into a JPEG, so odd bytes get a usual size.
  const size = options.size ?? info ?? { width: 1280, height: 960 }
  const photo = services.world.files.addPhoto(bytes, info?.extension ?? 'jpg', size.width, size.height)
  return { photo, ...captioned(options) }
}

function documentDraft(services: ApiServices, bytes: Uint8Array, options: DocumentOptions): MessageDraft {
  return { document: services.world.files.addDocument(bytes, options), ...captioned(options) }
}

function sendAlbum(
  services: ApiServices,
  chat: Chat,
  say: Say,
  photos: readonly AlbumPhoto[],
  replyTo: number | undefined,
): number[] {
  if (photos.length < limits.albumMinimum || photos.length > limits.albumMaximum) {
    throw new Error('an album has 2 to 10 photos')
  }
  const seed = `album/${chat.person.profile.id}/${services.world.nextMessageId}`
  const mediaGroupId = `1${String(seededNumber(seed, 10 ** 14)).padStart(16, '0')}`
  return photos.map(({ bytes, ...rest }) =>
    say(
      photoDraft(services, bytes, { ...rest, mediaGroupId, ...(replyTo === undefined ? {} : { replyTo }) }),
    ),
  )
}

function edit(services: ApiServices, chat: Chat, messageId: number, text: string): void {
  const { world, updates } = services
  const old = chat.messages.get(messageId)
  if (old?.from !== 'person') throw new Error(`message ${messageId} is not the person's own`)
  const message: StoredMessage = { ...old, ...editedContent(old, text), editDate: world.seconds() }
  world.put(chat, message)
  updates.push('edited_message', messageJson(world, chat, message))
}

function editedContent(old: StoredMessage, text: string): MessageDraft {
  const entities = detectEntities(text, [])
  if (old.text !== undefined) return { text, entities }
  if (old.photo || old.document) return { caption: text, captionEntities: entities }
  throw new Error(`message ${old.id} has no text to edit`)
}

function setBlocked(services: ApiServices, chat: Chat, blocked: boolean): void {
  const { world, updates } = services
  if (chat.person.blocked === blocked) return
  chat.person = { ...chat.person, blocked }
  const user = world.bot.user()
  const member = { user, status: 'member' }
  const kicked = { user, status: 'kicked', until_date: 0 }
  const { profile } = chat.person
  updates.push('my_chat_member', {
    chat: chatOf(profile),
    from: userOf(profile),
    date: world.seconds(),
    old_chat_member: blocked ? member : kicked,
    new_chat_member: blocked ? kicked : member,
  })
  world.changed(profile.id)
}
