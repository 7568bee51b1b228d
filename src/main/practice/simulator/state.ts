import type {
  BotCommand,
  Document,
  InlineKeyboardMarkup,
  Message,
  MessageEntity,
  MessageOrigin,
  PhotoSize,
} from 'grammy/types'
import type { ReplyKeyboard } from './reply-keyboard'

/** Who a person is to Telegram; names as in the Bot API's User. */
export type PersonProfile = {
  readonly id: number
  readonly first_name: string
  readonly last_name?: string
  readonly username?: string
  readonly language_code?: string
}

/** A person and how things stand between them and the bot. */
export type StoredPerson = {
  readonly profile: PersonProfile
  readonly started: boolean
  readonly blocked: boolean
  readonly deactivated: boolean
  /** The bot has met the id (a forward, a contact), though the person never wrote to it. */
  readonly seen: boolean
}

/** Kinds of content the simulator passes through without looking inside. */
export type PassiveContent = Partial<Pick<Message, 'sticker' | 'voice' | 'location' | 'contact' | 'poll'>>

/** A message as the server keeps it; dates in Unix seconds. */
export type StoredMessage = {
  readonly id: number
  readonly chatId: number
  readonly from: 'bot' | 'person'
  readonly date: number
  readonly editDate?: number
  readonly text?: string
  readonly entities?: MessageEntity[]
  readonly photo?: PhotoSize[]
  readonly document?: Document
  readonly passive?: PassiveContent
  readonly caption?: string
  readonly captionEntities?: MessageEntity[]
  readonly replyTo?: number
  readonly markup?: InlineKeyboardMarkup
  /** It carried a reply keyboard or a forced reply: such messages cannot be edited. */
  readonly fixed?: true
  readonly mediaGroupId?: string
  readonly forwardOrigin?: MessageOrigin
  readonly silent?: true
  readonly reactions: readonly string[]
}

/** What a sender decides of a new message. */
export type MessageDraft = Omit<StoredMessage, 'id' | 'chatId' | 'from' | 'date' | 'reactions' | 'editDate'>

/** A file the server knows by its file_id; the bytes lie in the file store under contentId. */
export type StoredFile = {
  readonly fileId: string
  readonly uniqueId: string
  readonly kind: 'photo' | 'document' | 'voice' | 'sticker'
  /** Sizes of one photo share it. */
  readonly group: string
  readonly contentId?: string
  readonly size: number
  readonly path: string
  readonly mimeType?: string
  readonly fileName?: string
  readonly width?: number
  readonly height?: number
}

/** One chat: the person, what was said, and the keyboard in place of the person's letters. */
export type StoredChat = {
  readonly person: StoredPerson
  readonly messages: readonly StoredMessage[]
  readonly keyboard?: ReplyKeyboard
}

/** An update not yet confirmed; `at` in milliseconds. */
export type QueuedUpdate = { readonly id: number; readonly update: unknown; readonly at: number }

/** Texts the bot has set about itself, by language code ('' for all). */
export type BotTexts = Readonly<Record<string, string>>

/** Everything a restart must keep; JSON-serialisable, file bytes excepted. */
export type SimulatorState = {
  readonly version: 1
  readonly botId: number
  readonly tokenNumber: number
  readonly tokenRevoked: boolean
  readonly nextMessageId: number
  readonly nextUpdateId: number
  readonly nextFileNumber: number
  readonly updates: readonly QueuedUpdate[]
  readonly allowedUpdates?: readonly string[]
  readonly webhookUrl: string
  readonly chats: readonly StoredChat[]
  readonly files: readonly StoredFile[]
  readonly names: BotTexts
  readonly descriptions: BotTexts
  readonly shortDescriptions: BotTexts
  /** By scope and language, as `all_private_chats:ru` or `chat/42:`. */
  readonly commands: Readonly<Record<string, readonly BotCommand[]>>
}
