import type { ApiContext } from './api-context'
import { badRequest } from './api-error'
import { messageJson } from './message-json'
import { booleanParam, integerParam, jsonParam } from './params'
import { inlineOrNothing, type ReplyMarkup } from './reply-markup'
import type { MessageDraft, StoredMessage } from './state'
import { isRecord } from './unknown-value'
import type { Chat } from './world'

type Options = Pick<MessageDraft, 'replyTo' | 'silent' | 'markup' | 'fixed'>

/** What every sending method takes beside its content; throws ApiError 400 for a missing replied message. */
export function sendOptions(context: ApiContext, chat: Chat, markup: ReplyMarkup | undefined): Options {
  const replyTo = readReply(context, chat)
  const inline = inlineOrNothing(markup)
  return {
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(booleanParam(context.call, 'disable_notification') ? { silent: true } : {}),
    ...(inline === undefined ? {} : { markup: inline }),
    ...(markup !== undefined && markup.kind !== 'inline' ? { fixed: true } : {}),
  }
}

/** Puts the bot's messages into the chat, counted against the flood limits; throws ApiError 429. */
export function deliver(
  context: ApiContext,
  chat: Chat,
  drafts: readonly MessageDraft[],
  markup?: ReplyMarkup,
): StoredMessage[] {
  context.flood.spend(chat.person.profile.id, drafts.length)
  if (markup?.kind === 'keyboard') chat.keyboard = markup.keyboard
  if (markup?.kind === 'remove') chat.keyboard = undefined
  return drafts.map((draft) => context.world.addMessage(chat, 'bot', draft))
}

/** Delivers one message and returns it as the call's result. */
export function deliverOne(
  context: ApiContext,
  chat: Chat,
  draft: MessageDraft,
  markup: ReplyMarkup | undefined,
): unknown {
  const [message] = deliver(context, chat, [draft], markup)
  return message && messageJson(context.world, chat, message)
}

function readReply(context: ApiContext, chat: Chat): number | undefined {
  const wanted = replyParameters(context)
  if (wanted.messageId === undefined) return undefined
  const sameChat = wanted.chatId === undefined || Number(wanted.chatId) === chat.person.profile.id
  const message = sameChat ? chat.messages.get(wanted.messageId) : undefined
  if (!message) {
    if (wanted.optional) return undefined
    throw badRequest('message to be replied not found')
  }
  const said = message.text ?? message.caption ?? ''
  if (wanted.quote !== undefined && !said.includes(wanted.quote)) throw badRequest('QUOTE_TEXT_INVALID')
  return message.id
}

function replyParameters(context: ApiContext): {
  messageId: number | undefined
  chatId?: unknown
  quote?: string
  optional: boolean
} {
  const { call } = context
  const raw = jsonParam(call, 'reply_parameters')
  if (raw === undefined) {
    const messageId = integerParam(call, 'reply_to_message_id')
    return { messageId, optional: booleanParam(call, 'allow_sending_without_reply') }
  }
  if (!isRecord(raw)) throw badRequest("can't parse reply parameters: expected an Object")
  const id = Number(raw['message_id'])
  if (!Number.isSafeInteger(id) || id <= 0) {
    throw badRequest("can't parse reply parameters: message identifier is not specified")
  }
  return {
    messageId: id,
    chatId: raw['chat_id'],
    ...(typeof raw['quote'] === 'string' ? { quote: raw['quote'] } : {}),
    optional: raw['allow_sending_without_reply'] === true,
  }
}
