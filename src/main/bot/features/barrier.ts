import { Composer } from 'grammy'
import { say } from '../../usecases/telling'
import { answerPress } from '../answer-press'
import type { BotContext, BotDeps, Feature } from '../context'

/** An invitation may bring somebody back. */
const INVITATION = /^\/start inv_/u

/** Whoever the desk has shut out is told so once: what they write is stored, and nothing comes of it. */
export function barrier(deps: BotDeps): Feature {
  const composer = new Composer<BotContext>()
  composer.use(async (ctx, next) => {
    if (ctx.person.isActive || INVITATION.test(ctx.message?.text ?? '')) {
      await next()
      return
    }
    ctx.ignored = true
    deps.transact((db) => {
      const at = deps.now()
      if (ctx.callbackQuery) answerPress(db, ctx, 'noLonger', at)
      // The cause is the person, not the message: the same words are not said twice.
      else if (ctx.message) say(db, ctx.message.chat.id, 'inactive', { name: ctx.person.id, at })
    })
  })
  return composer
}
