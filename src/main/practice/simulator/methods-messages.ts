import type { ApiContext, ApiMethod } from './api-context'
import { badRequest } from './api-error'
import { findChat, namedMessage, writableChat } from './chat-access'
import { readText } from './formatted-text'
import { limits } from './limits'
import { booleanParam, integerParam, jsonParam, textParam } from './params'
import { reactionEmoji } from './reaction-emoji'
import { readReplyMarkup } from './reply-markup'
import { deliverOne, sendOptions } from './send-options'
import { isRecord } from './unknown-value'

const chatActions = new Set(
  (
    'typing upload_photo record_video upload_video record_voice upload_voice upload_document ' +
    'choose_sticker find_location record_video_note upload_video_note'
  ).split(' '),
)

function sendMessage(context: ApiContext): unknown {
  const { call, world } = context
  const { text, entities } = readText(call, (id) => world.knownUser(id))
  const markup = readReplyMarkup(call)
  const chat = writableChat(context)
  const options = sendOptions(context, chat, markup)
  return deliverOne(context, chat, { text, entities, ...options }, markup)
}

function deleteMessage(context: ApiContext): unknown {
  const chat = findChat(context)
  const message = namedMessage(context, chat)
  if (!message) throw badRequest('message to delete not found')
  if (context.world.seconds() - message.date > limits.deleteAge) {
    throw badRequest("message can't be deleted for everyone")
  }
  context.world.deleteMessage(chat, message.id)
  return true
}

function answerCallbackQuery(context: ApiContext): unknown {
  const { call, callbacks } = context
  const text = textParam(call, 'text') ?? ''
  if (text.length > limits.callbackAnswer) throw badRequest('MESSAGE_TOO_LONG')
  // Only games and t.me links of the bot itself may be opened, and this bot has neither.
  if ((textParam(call, 'url') ?? '') !== '') throw badRequest('URL_INVALID')
  callbacks.answer(textParam(call, 'callback_query_id') ?? '', text, booleanParam(call, 'show_alert'))
  return true
}

function setMessageReaction(context: ApiContext): unknown {
  const chat = writableChat(context)
  const message = namedMessage(context, chat)
  if (!message) throw badRequest('message to react not found')
  const reactions = readReactions(jsonParam(context.call, 'reaction'))
  context.world.put(chat, { ...message, reactions })
  return true
}

function readReactions(raw: unknown): string[] {
  if (raw === undefined) return []
  if (!Array.isArray(raw)) throw badRequest("can't parse reaction types: expected an Array of ReactionType")
  const emoji = (raw as unknown[]).map((item) => {
    if (!isRecord(item) || item['type'] !== 'emoji' || typeof item['emoji'] !== 'string') {
      throw badRequest('REACTION_INVALID')
    }
    return item['emoji']
  })
  if (emoji.some((one) => !reactionEmoji.has(one))) throw badRequest('REACTION_INVALID')
  // Bots, like everybody without Premium, may leave one reaction.
  if (emoji.length > 1) throw badRequest('REACTIONS_TOO_MANY')
  return emoji
}

function sendChatAction(context: ApiContext): unknown {
  const action = textParam(context.call, 'action') ?? ''
  if (!chatActions.has(action.toLowerCase())) throw badRequest('wrong parameter action in request')
  writableChat(context)
  return true
}

/** A thread id means nothing in a private chat without topics, and the server says so. */
function withoutThread(method: ApiMethod): ApiMethod {
  return (context) => {
    if (integerParam(context.call, 'message_thread_id') !== undefined) {
      throw badRequest('message thread not found')
    }
    return method(context)
  }
}

/** Methods that write to a chat and need no file. */
export const messageMethods: Readonly<Record<string, ApiMethod>> = {
  sendMessage: withoutThread(sendMessage),
  deleteMessage,
  answerCallbackQuery,
  setMessageReaction,
  sendChatAction,
}
