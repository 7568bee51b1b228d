import { randomBytes } from 'node:crypto'
import type { Call } from '../src/main/bot/render/call'
import { renderOutgoing } from '../src/main/bot/render/render-outgoing'
import { setCardMessage } from '../src/main/db/cards'
import type { Database } from '../src/main/db/database'
import { findDue, settleOutgoing } from '../src/main/db/outbox'
import type { UseCases } from '../src/main/office'
import { must } from '../src/shared/model/refusal'

type TextMessage = {
  readonly message_id: number
  readonly date: number
  readonly text: string
  readonly chat: { readonly id: number }
  readonly from: { readonly id: number; readonly first_name: string }
}

type Drawn = {
  readonly method: 'sendMessage' | 'editMessageText'
  readonly payload: object
  /** Notes which message shows the card. */
  readonly sent: (messageId: number) => void
}

const NO_CHATS: ReadonlySet<number> = new Set()

/** A bot as most are written: each update is handled when it comes, in one commit, and then answered. */
export type PlainBot = {
  readonly database: Database
  readonly handle: (updateId: number, message: TextMessage) => Drawn
}

/** Makes the plain bot over the same use cases and the same cards as ours. */
export function createPlainBot(database: Database, { people, drafting }: UseCases): PlainBot {
  const newCode = () => randomBytes(16).toString('base64url')
  /** Message ids that the next commit of their chat writes: a commit for each alone would only slow the peers down. */
  const shown = new Map<number, { readonly cardId: string; readonly messageId: number }>()

  return {
    database,
    handle: (updateId, message) => {
      const chatId = message.chat.id
      const key = { botId: 1, epoch: 0, updateId }
      return database.transact((db) => {
        const known = shown.get(chatId)
        if (known) setCardMessage(db, known.cardId, known.messageId)
        const { id: telegramId, first_name: name } = message.from
        const person = people.meet({ telegramId, name, username: null, language: 'en' }, key)
        const at = { messageId: message.message_id, writtenAt: message.date * 1000 }
        drafting.text({ update: key, person, chatId, ...at }, message.text)
        const row = must(findDue(db, Date.now(), 1, NO_CHATS)[0], 'the card that the use case asked for')
        const call = must(renderOutgoing(db, row, { now: Date.now(), newCode }), 'the drawn card')
        settleOutgoing(db, row, { state: 'sent', at: Date.now() })
        return drawnOf(call, (messageId) => {
          if (row.cardId !== null) shown.set(chatId, { cardId: row.cardId, messageId })
        })
      })
    },
  }
}

function drawnOf(call: Call, sent: Drawn['sent']): Drawn {
  if (call.do !== 'send' && call.do !== 'edit') throw new Error('A draft is answered by its card only')
  const common = {
    chat_id: call.chatId,
    ...call.text,
    reply_markup: { inline_keyboard: call.keyboard },
    link_preview_options: { is_disabled: true },
  }
  return call.do === 'send'
    ? { method: 'sendMessage', payload: common, sent }
    : { method: 'editMessageText', payload: { ...common, message_id: call.messageId }, sent }
}
