import type { InlineKeyboardButton, MessageEntity } from 'grammy/types'
import { present } from './present'
import type { PassiveContent, StoredMessage } from './state'

/** One button under a message, as a phone shows it. */
type ChatButton = {
  readonly text: string
  readonly callbackData?: string
  readonly url?: string
  readonly copyText?: string
  readonly style?: 'danger' | 'success' | 'primary'
}

/** A message as the person sees it; dates in Unix seconds. */
export type ChatMessage = {
  readonly messageId: number
  readonly from: 'bot' | 'person'
  readonly date: number
  readonly editedAt?: number
  readonly text?: string
  readonly entities?: readonly MessageEntity[]
  readonly photo?: { readonly fileId: string; readonly width: number; readonly height: number }
  readonly document?: {
    readonly fileId: string
    readonly fileName?: string
    readonly mimeType?: string
    readonly size: number
  }
  /** Sticker, voice, location, contact or poll, as in the Bot API. */
  readonly passive?: PassiveContent
  readonly caption?: string
  readonly captionEntities?: readonly MessageEntity[]
  readonly replyToMessageId?: number
  readonly buttons: readonly (readonly ChatButton[])[]
  readonly mediaGroupId?: string
  readonly silent?: true
  /** Emoji the bot has put on it. */
  readonly reactions: readonly string[]
}

/** Turns a stored message into what the phone draws. */
export function chatMessage(message: StoredMessage): ChatMessage {
  const { entities, caption, captionEntities } = message
  return present({
    messageId: message.id,
    from: message.from,
    date: message.date,
    editedAt: message.editDate,
    text: message.text,
    entities: entities?.length ? entities : undefined,
    photo: photo(message),
    document: document(message),
    passive: message.passive,
    caption: caption === '' ? undefined : caption,
    captionEntities: captionEntities?.length ? captionEntities : undefined,
    replyToMessageId: message.replyTo,
    buttons: (message.markup?.inline_keyboard ?? []).map((row) => row.map(chatButton)),
    mediaGroupId: message.mediaGroupId,
    silent: message.silent,
    reactions: message.reactions,
  })
}

function photo(message: StoredMessage): ChatMessage['photo'] {
  const largest = message.photo?.at(-1)
  return largest && { fileId: largest.file_id, width: largest.width, height: largest.height }
}

function document({ document }: StoredMessage): ChatMessage['document'] {
  return (
    document &&
    present({
      fileId: document.file_id,
      fileName: document.file_name,
      mimeType: document.mime_type,
      size: document.file_size ?? 0,
    })
  )
}

function chatButton(button: InlineKeyboardButton): ChatButton {
  return {
    text: button.text,
    ...('callback_data' in button ? { callbackData: button.callback_data } : {}),
    ...('url' in button ? { url: button.url } : {}),
    ...('copy_text' in button ? { copyText: button.copy_text.text } : {}),
    ...(button.style === undefined ? {} : { style: button.style }),
  }
}
