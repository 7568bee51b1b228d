import { createReadStream } from 'node:fs'
import { type Api, InputFile } from 'grammy'
import type { Message } from 'grammy/types'
import type { Call, Picture } from './render/call'

/** Makes a call and gives the ids of the messages that it made. Throws what grammY throws. */
export type Perform = (call: Call, signal: AbortSignal) => Promise<readonly number[]>

/** Makes calls through grammY's client; pictures without a handle of Telegram's are uploaded from `pathOf`. */
export function createPerform(api: Pick<Api, 'raw'>, pathOf: (sha256: string) => string): Perform {
  return async (call, abort) => {
    // grammY's own type for signals is that of a polyfill; it uses nothing that AbortSignal lacks.
    const signal = abort as never
    switch (call.do) {
      case 'send':
        return [idOf(await api.raw.sendMessage(sendPayload(call), signal))]
      case 'edit':
        await api.raw.editMessageText(editPayload(call), signal)
        return []
      case 'pictures':
        return sendPictures(api, call, pathOf, signal)
      case 'react':
        await api.raw.setMessageReaction(
          { chat_id: call.chatId, message_id: call.messageId, reaction: [{ type: 'emoji', emoji: '👀' }] },
          signal,
        )
        return []
      case 'answer':
        await api.raw.answerCallbackQuery(
          {
            callback_query_id: call.queryId,
            ...(call.text === null ? {} : { text: call.text.slice(0, 200) }),
          },
          signal,
        )
        return []
    }
  }
}

async function sendPictures(
  api: Pick<Api, 'raw'>,
  call: Extract<Call, { do: 'pictures' }>,
  pathOf: (sha256: string) => string,
  signal: never,
): Promise<readonly number[]> {
  const media = ({ fileId, sha256 }: Picture) => {
    if (fileId !== '' || sha256 === null) return fileId
    return new InputFile(() => createReadStream(pathOf(sha256)), `${sha256.slice(0, 12)}.jpg`)
  }
  const common = { chat_id: call.chatId, disable_notification: call.silent }
  const [only, ...rest] = call.pictures
  if (only === undefined) return []
  if (rest.length === 0) {
    return [idOf(await api.raw.sendPhoto({ ...common, photo: media(only), caption: call.caption }, signal))]
  }
  const album = call.pictures.map((picture, index) => ({
    type: 'photo' as const,
    media: media(picture),
    ...(index === 0 ? { caption: call.caption } : {}),
  }))
  const sent = await api.raw.sendMediaGroup({ ...common, media: album }, signal)
  return sent.map(idOf)
}

function editPayload(call: Extract<Call, { do: 'edit' }>) {
  return {
    chat_id: call.chatId,
    message_id: call.messageId,
    ...call.text,
    reply_markup: { inline_keyboard: call.keyboard },
    link_preview_options: { is_disabled: true },
  }
}

function sendPayload(call: Extract<Call, { do: 'send' }>) {
  return {
    chat_id: call.chatId,
    ...call.text,
    link_preview_options: { is_disabled: true },
    disable_notification: call.silent,
    ...(call.keyboard.length === 0 ? {} : { reply_markup: { inline_keyboard: call.keyboard } }),
    ...(call.replyTo === null
      ? {}
      : { reply_parameters: { message_id: call.replyTo, allow_sending_without_reply: true } }),
  }
}

/** The id of a sent message. Throws when the answer is none: then nobody knows what became of it. */
function idOf(message: unknown): number {
  const id = (message as Partial<Message> | null)?.message_id
  if (typeof id !== 'number' || !Number.isSafeInteger(id))
    throw new TypeError('Telegram answered without a message id')
  return id
}
