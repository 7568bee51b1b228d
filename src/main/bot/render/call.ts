import type { InlineKeyboardButton } from 'grammy/types'
import type { RichText } from '../rich-text'

/** A picture to send: by Telegram's own handle, or from this computer by content hash. */
export type Picture = { readonly fileId: string; readonly sha256: string | null }

/** One call to Telegram, ready to be made. */
export type Call =
  | {
      readonly do: 'send'
      readonly chatId: number
      readonly text: RichText
      readonly keyboard: InlineKeyboardButton[][]
      readonly replyTo: number | null
      readonly silent: boolean
    }
  | {
      readonly do: 'edit'
      readonly chatId: number
      readonly messageId: number
      readonly text: RichText
      readonly keyboard: InlineKeyboardButton[][]
    }
  | {
      readonly do: 'pictures'
      readonly chatId: number
      readonly pictures: readonly Picture[]
      readonly caption: string
      readonly silent: boolean
    }
  | { readonly do: 'react'; readonly chatId: number; readonly messageId: number }
  | { readonly do: 'answer'; readonly queryId: string; readonly text: string | null }
