import { Refusal } from '../../../shared/model/refusal'
import { setCardMessage } from '../../db/cards'
import { updateName } from '../../usecases/row-ids'
import { readDialogue } from '../../usecases/dialogue-store'
import { drawCard, say, statusCardId } from '../../usecases/telling'
import { type BotContext, type BotDeps, type Feature, feature, spoken } from '../context'

function works({ person }: BotContext): boolean {
  return person.role === 'technician' && person.isActive
}

/** /start with and without a link, /new, /my, /jobs and /help; any other command gets the help too. */
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
      // The same link pressed twice by whoever has joined with it is no mistake.
      tell(ctx, works(ctx) ? 'helpTechnician' : 'inviteUsed')
    }
  }

  chat.command('start', (ctx) => {
    const link = /^(u|b|inv)_([\w-]{1,60})$/u.exec(ctx.match)
    const [, kind, code] = link ?? []
    if (kind === undefined || code === undefined) tell(ctx, works(ctx) ? 'helpTechnician' : 'welcome')
    else if (kind === 'inv') join(ctx, code)
    else if (deps.drafting.beginAt(spoken(ctx), { kind: kind === 'u' ? 'unit' : 'building', code })) return
    else tell(ctx, 'placeUnknown')
  })
  chat.command('new', (ctx) => {
    deps.transact((db) => {
      const { draft } = readDialogue(db, spoken(ctx).chatId)
      // The card of an unsent draft may be far up: it belongs where the chat goes on.
      if (draft !== null) setCardMessage(db, statusCardId({ id: draft.requestId }), null)
    })
    deps.drafting.begin(spoken(ctx))
  })
  chat.command('my', (ctx) => {
    list(ctx, 'list')
  })
  chat.command('jobs', (ctx) => {
    list(ctx, 'jobs')
  })
  const help = (ctx: BotContext) => {
    tell(ctx, works(ctx) ? 'helpTechnician' : 'help')
  }
  chat.command('help', help)
  chat.on('message:entities:bot_command', async (ctx, next) => {
    const [entity] = ctx.message.entities
    const isAll = entity?.type === 'bot_command' && entity.length === ctx.message.text?.length
    if (isAll) help(ctx)
    else await next()
  })
  return composer
}
