import type { BotCommand, MessageEntity } from 'grammy/types'
import type { PressResult } from './callback-queries'
import type { ChatMessage } from './chat-message'
import type { ReplyKeyboard } from './reply-keyboard'
import type { PersonProfile } from './state'

/** Beside the text of a message a person writes. */
export type WriteOptions = {
  readonly replyTo?: number
  readonly entities?: MessageEntity[]
  /** A known sender, or the bare name of one who hides the account. */
  readonly forwardedFrom?: PersonProfile | { readonly hiddenName: string }
}

/** Beside the bytes of a photo; `size` in pixels overrides what the bytes say. */
export type PhotoOptions = {
  readonly caption?: string
  readonly replyTo?: number
  readonly mediaGroupId?: string
  readonly size?: { readonly width: number; readonly height: number }
}

/** Beside the bytes of a document; `declaredSize` in bytes lets it claim to be larger. */
export type DocumentOptions = {
  readonly fileName: string
  readonly mimeType: string
  readonly caption?: string
  readonly replyTo?: number
  readonly mediaGroupId?: string
  readonly declaredSize?: number
}

/** One picture of an album. */
export type AlbumPhoto = {
  readonly bytes: Uint8Array
  readonly caption?: string
  readonly size?: { readonly width: number; readonly height: number }
}

/** A contact a person shares; without options it is their own. */
type SharedContact = {
  readonly phoneNumber: string
  readonly firstName: string
  readonly userId?: number
}

/** Which button to press; the first that fits. */
export type ButtonChoice =
  | { readonly row: number; readonly column: number }
  | { readonly text: string }
  | { readonly data: string }

/** A person with a phone. Sending returns the message id and throws while the person blocks the bot. */
export type Person = {
  readonly profile: PersonProfile
  /** Presses Start, unblocking first if need be; throws for a parameter no deep link can carry. */
  start(parameter?: string): number
  write(text: string, options?: WriteOptions): number
  sendPhoto(bytes: Uint8Array, options?: PhotoOptions): number
  sendAlbum(photos: readonly AlbumPhoto[], options?: { readonly replyTo?: number }): number[]
  sendDocument(bytes: Uint8Array, options: DocumentOptions): number
  sendSticker(): number
  sendVoice(seconds?: number): number
  sendLocation(latitude?: number, longitude?: number): number
  sendContact(contact?: SharedContact): number
  sendPoll(): number
  /** Throws for a message that is not the person's own text or captioned media. */
  edit(messageId: number, text: string): void
  /** Removes a message for both sides; the Bot API tells bots nothing of it. */
  deleteMessage(messageId: number): void
  /** Resolves when the bot answers, or after 5 s without; throws when there is no such callback button. */
  press(messageId: number, choice: ButtonChoice): Promise<PressResult>
  /** A callback no phone would send: any data, on any message id. */
  pressForged(data: string, messageId?: number): Promise<PressResult>
  /** Presses a key of the reply keyboard: writes its text or shares what it asks for; throws without it. */
  pressKey(text: string): number
  block(): void
  unblock(): void
  /** Deletes the account: the bot gets 403 from now on. */
  deactivate(): void
  isBlocked(): boolean
  hasStarted(): boolean
  /** Oldest first. */
  messages(): ChatMessage[]
  keyboard(): ReplyKeyboard | undefined
  /** What the person's menu offers. */
  commands(): readonly BotCommand[]
}
