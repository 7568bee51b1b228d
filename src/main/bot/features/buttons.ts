import { Refusal } from '../../../shared/model/refusal'
import type { RequestId } from '../../../shared/model/ids'
import { type Card, findCardByToken, linkMessage, setCardMessage } from '../../db/cards'
import { settleUncertainCard } from '../../db/outbox'
import { findRequest } from '../../db/requests'
import { numberOf } from '../../domain/request'
import type { Pressed } from '../../usecases/drafting'
import { rowId } from '../../usecases/row-ids'
import { drawCard, jobCardId, statusCardId } from '../../usecases/telling'
import { type Action, parseButtonId, StoredActions } from '../actions'
import { answerPress, type Notice } from '../answer-press'
import { type BotContext, type BotDeps, type Feature, feature, pressed } from '../context'
import { textsIn } from '../texts'

type Answer = { readonly notice: Notice; readonly params?: Readonly<Record<string, string>> }

/**
 * Every press of a button. The id is looked up on our side: somebody else's, a used or an old one does nothing
 * and says so, and does not tell whether there ever was such a button.
 */
export function buttons(deps: BotDeps): Feature {
  const { composer } = feature()
  composer.on('callback_query', (ctx) => {
    const answer = act(deps, ctx)
    deps.transact((db) => {
      answerPress(db, ctx, answer.notice, deps.now(), answer.params)
    })
  })
  return composer
}

function act(deps: BotDeps, ctx: BotContext): Answer {
  const found = meaningOf(deps, ctx)
  if (found === null) return { notice: 'noLonger' }
  learnMessage(deps, ctx, found.card)
  try {
    return perform(deps, ctx, found.action, found.card.requestId)
  } catch (error) {
    if (error instanceof Refusal) return refused(error)
    throw error
  }
}

function refused(refusal: Refusal): Answer {
  switch (refusal.code) {
    case 'not-allowed-now':
      return { notice: 'notNow', params: { status: String(refusal.details['status']) } }
    case 'reopen-too-late':
      return { notice: 'tooLate' }
    case 'nothing-to-send':
      return { notice: 'missing' }
    case 'too-many-requests':
      return { notice: 'tooMany' }
    default:
      return { notice: 'noLonger' }
  }
}

/** What the button means to this person in this chat; null when it means nothing. */
function meaningOf(deps: BotDeps, ctx: BotContext): { action: Action; card: Card } | null {
  const id = parseButtonId(ctx.callbackQuery?.data ?? '')
  const card = id === null ? undefined : findCardByToken(deps.read, id.token)
  if (id === null || card?.chatId !== privateChatOf(ctx)) return null
  const action = StoredActions.parse(JSON.parse(card.actions))[id.index]
  return action === undefined ? null : { action, card }
}

/**
 * Whoever presses a button of a card has it: where the answer to its sending was lost, the press tells which message
 * it is. Otherwise the card would never be edited again, and its person would see the old one.
 */
function learnMessage({ transact }: BotDeps, { callbackQuery }: BotContext, card: Card): void {
  const messageId = callbackQuery?.message?.message_id
  if (card.messageId !== null || messageId === undefined) return
  transact((db) => {
    setCardMessage(db, card.id, messageId)
    settleUncertainCard(db, card.id, messageId)
    const { chatId, requestId } = card
    if (requestId !== null) linkMessage(db, { chatId, messageId, requestId, part: 'bot' })
  })
}

/** In a private chat the chat's id is the person's: a forwarded or forged button comes from another one. */
function privateChatOf({ callbackQuery, from }: BotContext): number | null {
  const chatId = callbackQuery?.message?.chat.id ?? from?.id
  return from === undefined || chatId !== from.id ? null : from.id
}

function perform(deps: BotDeps, ctx: BotContext, action: Action, requestId: RequestId | null): Answer {
  if (action.do === 'open') return open(deps, ctx, action.requestId)
  if (requestId === null) return { notice: 'noLonger' }
  const press = pressed(ctx, requestId, deps.now())
  return aboutDraft(deps, press, action) ?? aboutRequest(deps, ctx, press, action)
}

/** What is pressed while a request is being written; null when the button is none of these. */
function aboutDraft({ drafting }: BotDeps, press: Pressed, action: Action): Answer | null {
  switch (action.do) {
    case 'urgency':
      drafting.urgency(press, action.urgency)
      return { notice: null }
    case 'buildings':
      drafting.show(press, { kind: 'buildings' })
      return { notice: null }
    case 'units':
      drafting.show(press, { kind: 'units', buildingId: action.buildingId, page: action.page })
      return { notice: null }
    case 'closePicker':
      drafting.show(press, null)
      return { notice: null }
    case 'place':
      drafting.place(press, action.unitId)
      return { notice: null }
    case 'otherPlace':
      drafting.otherPlace(press)
      return { notice: null }
    case 'discard':
      drafting.discard(press)
      return { notice: null }
    case 'send':
      return { notice: 'sent', params: { number: numberOf(drafting.send(press)) } }
    default:
      return null
  }
}

/** What residents and technicians press about a request that was sent. */
function aboutRequest(deps: BotDeps, ctx: BotContext, press: Pressed, action: Action): Answer {
  const { confirming, fieldwork } = deps
  switch (action.do) {
    case 'cancel':
      confirming.cancel(press)
      break
    case 'fixed':
      confirming.fixed(press)
      break
    case 'notFixed':
      confirming.notFixed(press)
      break
    case 'take':
      fieldwork.take(press)
      break
    case 'start':
      fieldwork.start(press)
      break
    case 'done':
      fieldwork.done(press)
      break
    case 'cannot':
      fieldwork.askWhyNot(press)
      return { notice: null }
    case 'reason': {
      const reason = textsIn(ctx.person.language)(`button.${action.reason}`)
      fieldwork.giveBack(press, reason, rowId(ctx.key, 'comment'))
      break
    }
    default:
      throw new Error(`Nobody answers the button ${action.do}`)
  }
  return { notice: 'saved' }
}

/** Shows a request's card anew at the end of the chat. */
function open(deps: BotDeps, ctx: BotContext, requestId: RequestId): Answer {
  return deps.transact((db): Answer => {
    const request = findRequest(db, requestId)
    const isJob = request?.assignedTo === ctx.person.id && ctx.person.role === 'technician'
    if (!request || (!isJob && request.userId !== ctx.person.id)) return { notice: 'noLonger' }
    const id = isJob ? jobCardId(request, ctx.person.id) : statusCardId(request)
    setCardMessage(db, id, null)
    const { chatId, cause } = pressed(ctx, requestId, deps.now())
    drawCard(db, { id, kind: isJob ? 'job' : 'status', chatId, request, cause })
    return { notice: null }
  })
}
