import { Refusal } from '../../../shared/model/refusal'
import { setCardMessage } from '../../db/cards'
import { updateName } from '../../usecases/row-ids'
import { drawCard, say } from '../../usecases/telling'
import { type BotContext, type BotDeps, type Feature, feature, spoken } from '../context'

/** /start with and without a link, /new, /my, /jobs and /help. */
export function commands(deps: BotDeps): Feature {
  const { composer, chat } = feature()
  const tell = (ctx: BotContext, key: string, payload: Readonly<Record<string, unknown>> = {}) => {
    deps.transact((db) => {
      say(db, spoken(ctx).chatId, key, { name: updateName(ctx.key), at: deps.now() }, payload)
    })
  }
  const list = (ctx: BotContext, kind: 'list' | 'jobs') => {
    deps.transact((db) => {
      const { chatId } = spoken(ctx)
      const id = `${kind}:${String(chatId)}`
      // Asked for again, the list belongs at the end of the chat.
      setCardMessage(db, id, null)
      drawCard(db, { id, kind, chatId, request: null, cause: { name: updateName(ctx.key), at: deps.now() } })
    })
  }
  const join = (ctx: BotContext, code: string) => {
    try {
      const technician = deps.people.join(ctx.person, code)
      tell(ctx, 'welcomeTechnician', { name: technician.name })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      tell(ctx, 'inviteUsed')
    }
  }

  chat.command('start', (ctx) => {
    const link = /^(u|b|inv)_([\w-]{1,60})$/u.exec(ctx.match)
    const [, kind, code] = link ?? []
    if (kind === undefined || code === undefined) tell(ctx, 'welcome')
    else if (kind === 'inv') join(ctx, code)
    else if (deps.drafting.beginAt(spoken(ctx), { kind: kind === 'u' ? 'unit' : 'building', code })) return
    else tell(ctx, 'placeUnknown')
  })
  chat.command('new', (ctx) => {
    deps.drafting.begin(spoken(ctx))
  })
  chat.command('my', (ctx) => {
    list(ctx, 'list')
  })
  chat.command('jobs', (ctx) => {
    list(ctx, 'jobs')
  })
  chat.command('help', (ctx) => {
    tell(ctx, ctx.person.role === 'technician' ? 'helpTechnician' : 'help')
  })
  return composer
}
