import { z } from 'zod'
import { type PersonId, RequestId } from '../../../shared/model/ids'
import { assertNever, must } from '../../../shared/model/refusal'
import { Language } from '../../../shared/model/vocabulary'
import { findCard, saveCard } from '../../db/cards'
import { findComment } from '../../db/comments'
import type { WritableDb } from '../../db/database'
import { findFiles } from '../../db/files'
import type { Outgoing, OutgoingMethod } from '../../db/outbox'
import { findByTelegramId, findPerson, type Person } from '../../db/people'
import { findJobsOf, findOpenOf, findRequest } from '../../db/requests'
import { numberOf, type Request } from '../../domain/request'
import { readDialogue } from '../../usecases/dialogue-store'
import { type Button, keyboardOf } from '../actions'
import { Notice } from '../answer-press'
import { type Line, richText } from '../rich-text'
import { textsIn, timeIn } from '../texts'
import { drawAlertCard } from './alert-card'
import type { Call } from './call'
import { drawDraft } from './draft-card'
import type { Drawn } from './drawn'
import { drawJob } from './job-card'
import { drawConfirm, drawStatus } from './status-card'

/** What rendering needs besides the row. */
export type RenderContext = { readonly now: number; readonly newCode: () => string }

/** Pictures in one album (Bot API, sendMediaGroup). */
const LARGEST_ALBUM = 10
/** Requests in one list. */
const LISTED = 20
/** Hours between which only urgent matters make a sound, local time. */
const QUIET_FROM = 22
const QUIET_UNTIL = 8

/**
 * Turns a row of the outbox into a call, with the facts of this moment and in the reader's language. Runs in the
 * transaction that marks the row as being sent. Null when there is nothing to send any more.
 */
export function renderOutgoing(db: WritableDb, row: Outgoing, context: RenderContext): Call | null {
  const reader: Reader = { chatId: row.chatId, person: findByTelegramId(db, row.chatId), ...context }
  const method = row.method as OutgoingMethod
  switch (method) {
    case 'card':
      return renderCard(db, row, reader)
    case 'message':
      return renderMessage(db, row, reader)
    case 'album':
      return renderAlbum(db, row, reader)
    case 'reaction':
      return { do: 'react', chatId: row.chatId, messageId: Reaction.parse(JSON.parse(row.payload)).messageId }
    case 'answer':
      return renderAnswer(row)
    default:
      return assertNever(method)
  }
}

type Reader = RenderContext & { readonly chatId: number; readonly person: Person | undefined }

const Reaction = z.object({ messageId: z.int() })
const Answer = z.object({
  queryId: z.string(),
  key: Notice,
  params: z.record(z.string(), z.string()),
  language: Language,
})
const Said = z.object({ key: z.string(), name: z.string().optional() })
const Comment = z.object({ commentId: z.string() })

function languageOf({ person }: Reader): Language {
  return person?.language ?? 'en'
}

function renderCard(db: WritableDb, row: Outgoing, reader: Reader): Call | null {
  const id = must(row.cardId, 'the card of an outgoing row')
  const card = findCard(db, id)
  const drawn = draw(db, row, id, { ...reader, shownBefore: card?.messageId != null })
  if (drawn === null) return null
  const actions = JSON.stringify(drawn.buttons.flat().map(({ action }) => action))
  // The same buttons keep their ids; other ones get new ids, so that a press on the old ones does nothing.
  const isKept = card?.actions === actions && card.chatId === row.chatId
  const token = isKept ? card.token : reader.newCode()
  const messageId = card?.messageId ?? null
  const requestId = requestIdOf(id)
  if (!isKept) {
    const { chatId, kind } = row
    saveCard(db, { id, chatId, kind, requestId, messageId, token, actions, updatedAt: reader.now })
  }
  return cardCall(
    db,
    row,
    { messageId, requestId, drawn, keyboard: keyboardOf(drawn.buttons, token) },
    reader,
  )
}

type DrawnCard = {
  readonly messageId: number | null
  readonly requestId: RequestId | null
  readonly drawn: Drawn
  readonly keyboard: ReturnType<typeof keyboardOf>
}

/** A card that is shown already is edited in place; a new one is sent. */
function cardCall(db: WritableDb, row: Outgoing, card: DrawnCard, reader: Reader): Call {
  const { chatId, kind } = row
  const { messageId, requestId, keyboard } = card
  const text = { text: card.drawn.text, entities: card.drawn.entities }
  if (messageId !== null) return { do: 'edit', chatId, messageId, text, keyboard }
  const replyTo = kind === 'confirm' && requestId !== null ? statusMessage(db, requestId) : null
  const silent = (kind === 'job' || kind === 'confirm') && isQuiet(db, row, reader.now)
  return { do: 'send', chatId, text, keyboard, replyTo, silent }
}

/** Card ids are `<kind>:<request id>…`, or `<kind>:<chat>` for lists. */
function requestIdOf(cardId: string): RequestId | null {
  return RequestId.safeParse(cardId.split(':')[1]).data ?? null
}

function draw(
  db: WritableDb,
  row: Outgoing,
  id: string,
  reader: Reader & { shownBefore: boolean },
): Drawn | null {
  const language = languageOf(reader)
  if (row.kind === 'alert') return drawAlertCard(db, id, { ...reader, language })
  const requestId = requestIdOf(id)
  if (requestId === null) return drawList(db, row.kind, reader)
  const request = findRequest(db, requestId)
  if (!request) return drawUnsent(db, requestId, reader)
  const tail = id.split(':').slice(2).join(':')
  switch (row.kind) {
    case 'job':
      return drawJob(db, request, tail as PersonId, {
        language,
        now: reader.now,
        shownBefore: reader.shownBefore,
      })
    case 'confirm':
      return drawConfirm(request, Number(tail), language)
    case 'cannot':
      return drawCannot(db, id, reader)
    default:
      return drawStatus(db, request, language, reader.now)
  }
}

function drawUnsent(db: WritableDb, requestId: RequestId, reader: Reader): Drawn {
  const { draft } = readDialogue(db, reader.chatId)
  if (draft?.requestId === requestId) return drawDraft(db, draft, languageOf(reader))
  return { ...richText([textsIn(languageOf(reader))('draft.discarded')]), buttons: [] }
}

function drawCannot(db: WritableDb, cardId: string, reader: Reader): Drawn {
  const t = textsIn(languageOf(reader))
  if (readDialogue(db, reader.chatId).question?.cardId !== cardId)
    return { ...richText([t('thanksNoted')]), buttons: [] }
  const reasons = (['cannotBusy', 'cannotParts', 'cannotTrade'] as const).map((reason): Button[] => [
    { text: t(`button.${reason}`), action: { do: 'reason', reason } },
  ])
  return { ...richText([t('askCannot')]), buttons: reasons }
}

function drawList(db: WritableDb, kind: string, reader: Reader): Drawn | null {
  const { person } = reader
  if (!person) return null
  const t = textsIn(person.language)
  const isJobs = kind === 'jobs'
  const found = isJobs ? findJobsOf(db, person.id, LISTED) : findOpenOf(db, person.id, LISTED)
  if (found.length === 0) return { ...richText([isJobs ? t('noJobs') : t('noRequests')]), buttons: [] }
  const buttons = found.map((request): Button[] => [
    { text: listed(request, person.language), action: { do: 'open', requestId: request.id } },
  ])
  return { ...richText([{ bold: isJobs ? t('myJobs') : t('myRequests') }, t('listHint')]), buttons }
}

function listed(request: Request, language: Language): string {
  const title = request.title === '' ? textsIn(language)('emptyTitle') : request.title
  const text = `${numberOf(request)} · ${title}`
  return text.length <= 60 ? text : `${text.slice(0, 59).toWellFormed()}…`
}

function renderMessage(db: WritableDb, row: Outgoing, reader: Reader): Call | null {
  if (row.kind === 'say') return renderSaid(row, reader)
  const request = row.requestId === null ? undefined : findRequest(db, row.requestId)
  if (!request) return null
  const lines = messageLines(db, row, request, reader)
  if (lines === null) return null
  return {
    do: 'send',
    chatId: row.chatId,
    text: richText(lines),
    keyboard: [],
    replyTo: row.kind === 'job-comment' ? jobMessage(db, request, reader) : statusMessage(db, request.id),
    silent: isQuiet(db, row, reader.now),
  }
}

function messageLines(db: WritableDb, row: Outgoing, request: Request, reader: Reader): Line[] | null {
  const language = languageOf(reader)
  const t = textsIn(language)
  const number = numberOf(request)
  switch (row.kind) {
    case 'assigned': {
      const technician = request.assignedTo === null ? undefined : findPerson(db, request.assignedTo)
      return technician === undefined ? null : [t('milestone.assigned', { number, name: technician.name })]
    }
    case 'held': {
      if (request.status !== 'ON_HOLD') return null
      const reason = request.holdReason ?? ''
      if (request.holdUntil === null) return [t('milestone.held', { number, reason })]
      return [
        t('milestone.heldUntil', { number, reason, time: timeIn(language, request.holdUntil, reader.now) }),
      ]
    }
    case 'declined':
      return [t('milestone.declined', { number, reason: request.endedReason ?? '' })]
    case 'closed':
      return [t('milestone.closed', { number })]
    default:
      return commentLines(db, row, number, language)
  }
}

function commentLines(db: WritableDb, row: Outgoing, number: string, language: Language): Line[] | null {
  const t = textsIn(language)
  const { commentId } = Comment.parse(JSON.parse(row.payload))
  const comment = findComment(db, commentId as Parameters<typeof findComment>[1])
  if (!comment) return null
  if (row.kind === 'comment') {
    return [{ bold: t('milestone.comment', { number }) }, comment.comment, '', t('milestone.commentHint')]
  }
  const title =
    comment.visibility === 'public'
      ? t('milestone.jobCommentPublic', { number })
      : t('milestone.jobComment', { number })
  return [{ bold: title }, comment.comment]
}

function renderSaid(row: Outgoing, reader: Reader): Call {
  const t = textsIn(languageOf(reader))
  const { key, name } = Said.parse(JSON.parse(row.payload))
  // `say` is called with keys of the catalogue only; a test walks through all of them.
  const text = t(key as 'welcomeTechnician', { name: name ?? '' })
  return {
    do: 'send',
    chatId: row.chatId,
    text: richText([text]),
    keyboard: [],
    replyTo: null,
    silent: false,
  }
}

function renderAlbum(db: WritableDb, row: Outgoing, reader: Reader): Call | null {
  const request = row.requestId === null ? undefined : findRequest(db, row.requestId)
  if (!request) return null
  const pictures = findFiles(db, request.id)
    .filter(({ fileType, fileId, sha256 }) => fileType === 'photo' && (fileId !== '' || sha256 !== null))
    .slice(0, LARGEST_ALBUM)
    .map(({ fileId, sha256 }) => ({ fileId, sha256 }))
  if (pictures.length === 0) return null
  const caption = textsIn(languageOf(reader))('photosOfJob', { number: numberOf(request) })
  return { do: 'pictures', chatId: row.chatId, pictures, caption, silent: true }
}

function renderAnswer(row: Outgoing): Call {
  const { queryId, key, params, language } = Answer.parse(JSON.parse(row.payload))
  const t = textsIn(language)
  if (key === null) return { do: 'answer', queryId, text: null }
  const status = params['status']
  // The status comes from our own refusal; the catalogue has a word for each.
  const known = status === undefined ? {} : { status: t(`status.${status as Request['status']}`) }
  return {
    do: 'answer',
    queryId,
    text: t(`notice.${key}`, { number: params['number'] ?? '', status: '', ...known }),
  }
}

function statusMessage(db: WritableDb, id: RequestId): number | null {
  return findCard(db, `status:${id}`)?.messageId ?? null
}

function jobMessage(db: WritableDb, request: Request, reader: Reader): number | null {
  return reader.person === undefined
    ? null
    : (findCard(db, `job:${request.id}:${reader.person.id}`)?.messageId ?? null)
}

function isQuiet(db: WritableDb, row: Outgoing, now: number): boolean {
  const hour = new Date(now).getHours()
  if (hour >= QUIET_UNTIL && hour < QUIET_FROM) return false
  return row.requestId === null || findRequest(db, row.requestId)?.priority !== 'URGENT'
}
