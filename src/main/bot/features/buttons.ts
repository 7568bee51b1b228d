import { assertNever, Refusal } from '../../../shared/model/refusal'
import type { RequestId } from '../../../shared/model/ids'
import { findCardByToken, setCardMessage } from '../../db/cards'
import { findRequest } from '../../db/requests'
import { numberOf } from '../../domain/request'
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
  try {
    return perform(deps, ctx, found.action, found.requestId)
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
    default:
      return { notice: 'noLonger' }
  }
}

/** What the button means to this person in this chat; null when it means nothing. */
function meaningOf(deps: BotDeps, ctx: BotContext): { action: Action; requestId: RequestId | null } | null {
  const id = parseButtonId(ctx.callbackQuery?.data ?? '')
  const card = id === null ? undefined : findCardByToken(deps.read, id.token)
  if (id === null || !card) return null
  // In a private chat the chat's id is the person's: a forwarded or forged button comes from another one.
  const chatId = ctx.callbackQuery?.message?.chat.id ?? ctx.from?.id
  if (card.chatId !== ctx.from?.id || card.chatId !== chatId) return null
  const action = StoredActions.parse(JSON.parse(card.actions))[id.index]
  return action === undefined ? null : { action, requestId: card.requestId }
}

function perform(deps: BotDeps, ctx: BotContext, action: Action, requestId: RequestId | null): Answer {
  if (action.do === 'open') return open(deps, ctx, action.requestId)
  if (requestId === null) return { notice: 'noLonger' }
  const press = pressed(ctx, requestId, deps.now())
  const { drafting, confirming, fieldwork } = deps
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
    case 'cancel':
      confirming.cancel(press)
      return { notice: 'saved' }
    case 'fixed':
      confirming.fixed(press)
      return { notice: 'saved' }
    case 'notFixed':
      confirming.notFixed(press)
      return { notice: 'saved' }
    case 'take':
      fieldwork.take(press)
      return { notice: 'saved' }
    case 'start':
      fieldwork.start(press)
      return { notice: 'saved' }
    case 'done':
      fieldwork.done(press)
      return { notice: 'saved' }
    case 'cannot':
      fieldwork.askWhyNot(press)
      return { notice: null }
    case 'reason':
      fieldwork.giveBack(
        press,
        textsIn(ctx.person.language)(`button.${action.reason}`),
        rowId(ctx.key, 'comment'),
      )
      return { notice: 'saved' }
    default:
      return assertNever(action)
  }
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
