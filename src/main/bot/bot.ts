import { Bot, BotError } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import type { Incoming } from '../db/inbox'
import type { BotContext, BotDeps } from './context'
import { barrier } from './features/barrier'
import { buttons } from './features/buttons'
import { commands } from './features/commands'
import { messages } from './features/messages'
import type { Handled } from './processor'
import { languageOf } from './texts'
import { HandledUpdate } from './updates'

/** Handles one stored update. Rejects when a handler throws. */
export type HandleUpdate = (row: Incoming) => Promise<Handled>

/** Makes the bot: it only installs the features. `me` is what getMe told. */
export function createBot(token: string, me: UserFromGetMe, deps: BotDeps): HandleUpdate {
  const bot = new Bot<BotContext>(token, { botInfo: me })
  // Updates are handled one by one, so one place holds what belongs to the present one.
  const present: { row: Incoming | null; ignored: boolean } = { row: null, ignored: true }

  bot.use(async (ctx, next) => {
    const { row } = present
    if (!row || !ctx.from || ctx.from.is_bot || ctx.chat?.type === 'channel') return
    ctx.key = { botId: row.botId, epoch: row.epoch, updateId: row.updateId }
    ctx.ignored = false
    // Cases are private: in groups the bot stays silent.
    if (ctx.chat !== undefined && ctx.chat.type !== 'private') return
    if (ctx.myChatMember) {
      present.ignored = false
      const { status } = ctx.myChatMember.new_chat_member
      deps.people.setBlocked(ctx.from.id, status === 'kicked' || status === 'left')
      return
    }
    ctx.person = deps.people.meet(contactOf(ctx.from), ctx.key)
    await next()
    present.ignored = ctx.ignored
  })
  bot.use(barrier(deps), buttons(deps), commands(deps), messages(deps))

  const became = (): Handled => (present.ignored ? 'ignored' : 'done')
  return async (row) => {
    const update = HandledUpdate.safeParse(JSON.parse(row.payload))
    if (!update.success) return 'ignored'
    present.row = row
    present.ignored = true
    try {
      // The schema has checked every field that the features read, which is less than grammY's type promises.
      await bot.handleUpdate(update.data as unknown as Parameters<typeof bot.handleUpdate>[0])
    } catch (error) {
      // grammY's error carries the context and with it the token; only its cause goes on.
      throw error instanceof BotError ? error.error : error
    }
    return became()
  }
}

function contactOf(from: NonNullable<BotContext['from']>) {
  return {
    telegramId: from.id,
    name: [from.first_name, from.last_name].filter((part) => part !== undefined && part !== '').join(' '),
    username: from.username ?? null,
    language: languageOf(from.language_code),
  }
}
