import type { ApiContext } from './api-context'
import { badRequest, forbidden } from './api-error'
import { integerParam, textParam } from './params'
import type { StoredMessage } from './state'
import type { Chat } from './world'

/** The chat a call names, whoever may write to it; throws ApiError 400. */
export function findChat(context: ApiContext): Chat {
  const given = textParam(context.call, 'chat_id') ?? ''
  if (given === '') throw badRequest('chat_id is empty')
  const id = integerParam(context.call, 'chat_id')
  const chat = id === undefined ? undefined : context.world.chat(id)
  if (!chat || !(chat.person.started || chat.person.seen)) throw badRequest('chat not found')
  return chat
}

/** The chat a call wants to write to; throws ApiError 400 or 403. */
export function writableChat(context: ApiContext): Chat {
  if (integerParam(context.call, 'chat_id') === context.world.bot.id) {
    throw forbidden("bot can't send messages to bots")
  }
  const chat = findChat(context)
  if (chat.person.deactivated) throw forbidden('user is deactivated')
  if (!chat.person.started) throw forbidden("bot can't initiate conversation with a user")
  if (chat.person.blocked) throw forbidden('bot was blocked by the user')
  return chat
}

/** The message a call names, or undefined when the chat has no such message; throws ApiError 400 without an id. */
export function namedMessage(context: ApiContext, chat: Chat): StoredMessage | undefined {
  const id = integerParam(context.call, 'message_id')
  if (id === undefined || id <= 0) throw badRequest('message identifier is not specified')
  return chat.messages.get(id)
}
