import type { Message } from 'grammy/types'
import type { StoredMessage } from './state'
import { type Chat, chatOf, userOf, type World } from './world'

type ReplyMessage = NonNullable<Message['reply_to_message']>

/** A message in the Bot API's shape, the message it replies to included once. */
export function messageJson(world: World, chat: Chat, message: StoredMessage): Message {
  const replied = message.replyTo === undefined ? undefined : chat.messages.get(message.replyTo)
  return {
    ...headJson(world, chat, message),
    // Telegram cuts the chain here: a replied message never tells what it replied to itself.
    ...(replied === undefined
      ? {}
      : { reply_to_message: shallowJson(world, chat, replied) satisfies Message as ReplyMessage }),
    ...bodyJson(message),
  }
}

function shallowJson(world: World, chat: Chat, message: StoredMessage): Message {
  return { ...headJson(world, chat, message), ...bodyJson(message) }
}

function headJson(world: World, chat: Chat, message: StoredMessage): Message {
  const { profile } = chat.person
  return {
    message_id: message.id,
    from: message.from === 'bot' ? world.bot.user() : userOf(profile),
    chat: chatOf(profile),
    date: message.date,
    ...(message.editDate === undefined ? {} : { edit_date: message.editDate }),
    ...(message.forwardOrigin === undefined ? {} : { forward_origin: message.forwardOrigin }),
    ...(message.mediaGroupId === undefined ? {} : { media_group_id: message.mediaGroupId }),
  }
}

function bodyJson(message: StoredMessage): Partial<Message> {
  return {
    ...(message.text === undefined ? {} : { text: message.text }),
    ...(message.entities?.length ? { entities: message.entities } : {}),
    ...(message.photo === undefined ? {} : { photo: message.photo }),
    ...(message.document === undefined ? {} : { document: message.document }),
    ...message.passive,
    ...(message.caption ? { caption: message.caption } : {}),
    ...(message.captionEntities?.length ? { caption_entities: message.captionEntities } : {}),
    ...(message.markup === undefined ? {} : { reply_markup: message.markup }),
  }
}
