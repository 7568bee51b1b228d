import { Refusal } from '../../../shared/model/refusal'
import { setCardMessage } from '../../db/cards'
import { updateName } from '../../usecases/row-ids'
import { readDialogue } from '../../usecases/dialogue-store'
import { drawCard, say, statusCardId } from '../../usecases/telling'
import { type BotContext, type BotDeps, type Feature, feature, spoken } from '../context'

/** /start with and without a link, /new, /my, /jobs and /help; any other command gets the help too. */
export function commands(deps: BotDeps): Feature {
  const { composer, chat } = feature()
  chat.command('start', (ctx) => {
    const link = /^(u|b|inv|mgr)_([\w-]{1,60})$/u.exec(ctx.match)
    const [, kind, code] = link ?? []
    if (kind === undefined || code === undefined) tell(deps, ctx, works(ctx) ? 'helpTechnician' : 'welcome')
    else if (kind === 'inv') join(deps, ctx, code)
    else if (kind === 'mgr') linkChat(deps, ctx, code)
    else if (deps.drafting.beginAt(spoken(ctx), { kind: kind === 'u' ? 'unit' : 'building', code })) return
    else tell(deps, ctx, 'placeUnknown')
  })
  chat.command('new', (ctx) => {
    beginAnew(deps, ctx)
  })
  chat.command('my', (ctx) => {
    list(deps, ctx, 'list')
  })
  chat.command('jobs', (ctx) => {
    list(deps, ctx, 'jobs')
  })
  const help = (ctx: BotContext) => {
    tell(deps, ctx, works(ctx) ? 'helpTechnician' : 'help')
  }
  chat.command('help', help)
  chat.on('message:entities:bot_command', async (ctx, next) => {
    const { entities, text } = ctx.message
    const isAll = entities.some(({ type, length }) => type === 'bot_command' && length === text.length)
    if (isAll) help(ctx)
    else await next()
  })
  return composer
}

function works({ person }: BotContext): boolean {
  return person.role === 'technician' && person.isActive
}

function tell(
  { transact, now }: BotDeps,
  ctx: BotContext,
  key: string,
  payload: Readonly<Record<string, unknown>> = {},
): void {
  transact((db) => {
    say(db, spoken(ctx).chatId, key, { name: updateName(ctx.key), at: now() }, payload)
  })
}

function join(deps: BotDeps, ctx: BotContext, code: string): void {
  try {
    const technician = deps.people.join(ctx.person, code)
    tell(deps, ctx, 'welcomeTechnician', { name: technician.name })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // The same link pressed twice by whoever has joined with it is no mistake.
    tell(deps, ctx, works(ctx) ? 'helpTechnician' : 'inviteUsed')
  }
}

/** The manager's own chat, which gets alerts from then on. */
function linkChat(deps: BotDeps, ctx: BotContext, code: string): void {
  try {
    deps.linking.link(ctx.person, code)
    tell(deps, ctx, 'chatLinked')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    tell(deps, ctx, 'inviteUsed')
  }
}

function beginAnew(deps: BotDeps, ctx: BotContext): void {
  deps.transact((db) => {
    const { draft } = readDialogue(db, spoken(ctx).chatId)
    // The card of an unsent draft may be far up: it belongs where the chat goes on.
    if (draft !== null) setCardMessage(db, statusCardId({ id: draft.requestId }), null)
  })
  deps.drafting.begin(spoken(ctx))
}

function list({ transact, now }: BotDeps, ctx: BotContext, kind: 'list' | 'jobs'): void {
  transact((db) => {
    const { chatId } = spoken(ctx)
    const id = `${kind}:${String(chatId)}`
    // Asked for again, the list belongs at the end of the chat.
    setCardMessage(db, id, null)
    drawCard(db, { id, kind, chatId, request: null, cause: { name: updateName(ctx.key), at: now() } })
  })
}
