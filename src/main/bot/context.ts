import { Composer, type Context } from 'grammy'
import type { RequestId } from '../../shared/model/ids'
import type { UpdateKey } from '../db/inbox'
import type { Person } from '../db/people'
import type { ReadableDb, Transact } from '../db/database'
import type { Commenting } from '../usecases/commenting'
import type { Confirming } from '../usecases/confirming'
import type { Drafting, Pressed, Spoken } from '../usecases/drafting'
import type { Fieldwork } from '../usecases/fieldwork'
import type { Linking } from '../usecases/linking'
import type { People } from '../usecases/people'
import { updateName } from '../usecases/row-ids'
import type { Action } from './actions'

/** The use cases that the bot calls. */
export type BotUseCases = {
  readonly people: People
  readonly drafting: Drafting
  readonly commenting: Commenting
  readonly confirming: Confirming
  readonly fieldwork: Fieldwork
  readonly linking: Linking
}

/** What every feature of the bot is given. */
export type BotDeps = BotUseCases & {
  readonly read: ReadableDb
  readonly transact: Transact
  readonly now: () => number
}

/** What our own middleware adds to grammY's context. */
export type BotContext = Context & {
  /** The stored update that is being handled. */
  update: Context['update']
  key: UpdateKey
  /** Who wrote or pressed; set before any feature runs. */
  person: Person
  /** What the pressed button means; set for presses on a live button. */
  pressedAction: {
    readonly action: Action
    readonly requestId: RequestId | null
    readonly cardId: string
  } | null
  /** True once a feature has left the update aside by rule. */
  ignored: boolean
}

/** A group of handlers for one feature. */
export type Feature = Composer<BotContext>

/** Begins a feature: only private chats, since cases are nobody else's business. */
export function feature(): { readonly composer: Feature; readonly chat: Feature } {
  const composer = new Composer<BotContext>()
  // The filter narrows the type of the chat only; the features need nothing of that.
  return { composer, chat: composer.chatType('private') as unknown as Feature }
}

/** Somebody's message, as the use cases want it. Throws when the update is no message. */
export function spoken(ctx: BotContext): Spoken {
  const message = ctx.msg
  if (!message) throw new Error('This update is no message')
  return {
    update: ctx.key,
    person: ctx.person,
    chatId: message.chat.id,
    messageId: message.message_id,
    writtenAt: message.date * 1000,
  }
}

/** Somebody's press, as the use cases want it. */
export function pressed(ctx: BotContext, requestId: RequestId, now: number): Pressed {
  const cause = { name: updateName(ctx.key), at: now }
  return { person: ctx.person, chatId: ctx.chatId ?? ctx.person.telegramId ?? 0, requestId, cause }
}
