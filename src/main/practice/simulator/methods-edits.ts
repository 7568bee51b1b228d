import type { InlineKeyboardMarkup } from 'grammy/types'
import type { ApiContext, ApiMethod } from './api-context'
import { badRequest } from './api-error'
import { namedMessage, writableChat } from './chat-access'
import { readCaption, readText } from './formatted-text'
import { messageJson } from './message-json'
import { readInlineMarkup } from './reply-markup'
import type { StoredMessage } from './state'
import type { Chat } from './world'

function editMessageText(context: ApiContext): unknown {
  const { call, world } = context
  const { text, entities } = readText(call, (id) => world.knownUser(id))
  const { chat, message } = editable(context)
  if (message.text === undefined) throw badRequest('there is no text in the message to edit')
  return replace(context, chat, message, { ...withoutMarkup(message), text, entities })
}

function editMessageCaption(context: ApiContext): unknown {
  const { call, world } = context
  const { text: caption, entities } = readCaption(call, (id) => world.knownUser(id))
  const { chat, message } = editable(context)
  if (!message.photo && !message.document) throw badRequest('there is no caption in the message to edit')
  return replace(context, chat, message, { ...withoutMarkup(message), caption, captionEntities: entities })
}

function editMessageReplyMarkup(context: ApiContext): unknown {
  const { chat, message } = editable(context)
  return replace(context, chat, message, withoutMarkup(message))
}

function editable(context: ApiContext): { chat: Chat; message: StoredMessage } {
  const chat = writableChat(context)
  const message = namedMessage(context, chat)
  if (!message) throw badRequest('message to edit not found')
  if (message.from !== 'bot' || message.fixed) throw badRequest("message can't be edited")
  return { chat, message }
}

function withoutMarkup(message: StoredMessage): StoredMessage {
  const rest: Omit<StoredMessage, 'markup'> & { markup?: InlineKeyboardMarkup } = { ...message }
  delete rest.markup
  return rest
}

/** An edit without reply_markup takes the old buttons away. */
function replace(context: ApiContext, chat: Chat, old: StoredMessage, edited: StoredMessage): unknown {
  const markup = readInlineMarkup(context.call)
  const next: StoredMessage = markup === undefined ? edited : { ...edited, markup }
  if (visible(old) === visible(next)) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same ' +
        'as a current content and reply markup of the message',
    )
  }
  // Telegram counts a change of buttons alone as no edit of the message.
  const textChanged = visible(withoutMarkup(old)) !== visible(withoutMarkup(next))
  const message: StoredMessage = textChanged ? { ...next, editDate: context.world.seconds() } : next
  context.world.put(chat, message)
  return messageJson(context.world, chat, message)
}

function visible(message: StoredMessage): string {
  const { text, entities, caption, captionEntities, markup } = message
  return JSON.stringify([text, entities ?? [], caption ?? '', captionEntities ?? [], markup ?? null])
}

/** Methods that change a message the bot has sent. */
export const editMethods: Readonly<Record<string, ApiMethod>> = {
  editMessageText,
  editMessageCaption,
  editMessageReplyMarkup,
}
