import type { Message } from 'grammy/types'
import { CommentId, RequestId } from '../../../shared/model/ids'
import { Refusal } from '../../../shared/model/refusal'
import { findLink } from '../../db/cards'
import { findRequest } from '../../db/requests'
import { isEnded } from '../../domain/request'
import { readDialogue } from '../../usecases/dialogue-store'
import type { Question } from '../../domain/dialogue'
import type { IncomingFile } from '../../usecases/registering'
import { rowId, updateName } from '../../usecases/row-ids'
import { acknowledge, say } from '../../usecases/telling'
import { type BotContext, type BotDeps, type Feature, feature, pressed, spoken } from '../context'
import { fileOf } from '../file-of'

/** Everything that people write: answers to a question, replies to a card, and first words of a request. */
export function messages(deps: BotDeps): Feature {
  const { composer, chat } = feature()
  chat.on('message', (ctx) => {
    const { message } = ctx
    const text = message.text ?? message.caption ?? ''
    const file = fileOf(message)
    if (text === '' && file === null) {
      regret(deps, ctx, message)
      return
    }
    if (asAnswer(deps, ctx, message, text, file)) return
    if (asReply(deps, ctx, message, text, file)) return
    asDraft(deps, ctx, text, file)
  })
  chat.on('edited_message', (ctx) => {
    follow(deps, ctx, ctx.editedMessage)
  })
  return composer
}

type File = IncomingFile & { readonly sizeBytes: number | undefined }

/** What people send on purpose and what can't be passed on; everything else, such as a pinned message, is no message. */
const UNHEARD = [
  'sticker',
  'location',
  'venue',
  'contact',
  'poll',
  'dice',
  'story',
  'game',
  'checklist',
  'paid_media',
]

function regret(deps: BotDeps, ctx: BotContext, message: Message): void {
  ctx.ignored = !UNHEARD.some((kind) => kind in message)
  if (ctx.ignored) return
  deps.transact((db) => {
    say(db, message.chat.id, 'onlyTextAndPhotos', { name: updateName(ctx.key), at: deps.now() })
  })
}

/** A reply to a message about a request becomes a comment on it. False when it is no such reply. */
function asReply(deps: BotDeps, ctx: BotContext, message: Message, text: string, file: File | null): boolean {
  const link = linkOfReply(deps, message)
  const request = link === undefined ? undefined : findRequest(deps.read, link.requestId)
  // The card of a draft has no request yet, and to one that is over nothing can be added: both begin anew.
  if (!request || isEnded(request.status)) return false
  try {
    deps.commenting.fromTelegram({ ...spoken(ctx), requestId: request.id, text, file })
    return true
  } catch (error) {
    // A technician who has lost the job starts a request of his own instead.
    if (error instanceof Refusal && error.code === 'not-found') return false
    throw error
  }
}

function linkOfReply(deps: BotDeps, message: Message) {
  const repliedTo = message.reply_to_message?.message_id
  return repliedTo === undefined ? undefined : findLink(deps.read, message.chat.id, repliedTo)
}

/** What the bot has asked for. False when it has asked nothing, or this is a reply about something else. */
function asAnswer(
  deps: BotDeps,
  ctx: BotContext,
  message: Message,
  text: string,
  file: File | null,
): boolean {
  const { question } = readDialogue(deps.read, message.chat.id)
  if (question === null) return false
  const link = linkOfReply(deps, message)
  if (link !== undefined && link.requestId !== question.requestId) return false
  try {
    if (file !== null) keepFile(deps, ctx, question, file)
    if (text !== '') answer(deps, ctx, question, text)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** A picture says more than words, but the words may still come. */
function keepFile(deps: BotDeps, ctx: BotContext, question: Question, file: File): void {
  const requestId = RequestId.parse(question.requestId)
  deps.commenting.fromTelegram({ ...spoken(ctx), requestId, text: '', file })
}

function answer(deps: BotDeps, ctx: BotContext, question: Question, text: string): void {
  const said = spoken(ctx)
  const requestId = RequestId.parse(question.requestId)
  const commentId = CommentId.parse(rowId(ctx.key, 'comment'))
  if (question.kind === 'cannot') {
    deps.fieldwork.giveBack(pressed(ctx, requestId, deps.now()), text, commentId)
  } else {
    deps.confirming.explain(said, requestId, { commentId, text })
  }
  deps.transact((db) => {
    acknowledge(db, said.chatId, said.messageId, { name: updateName(ctx.key), at: deps.now() })
  })
}

function asDraft(deps: BotDeps, ctx: BotContext, text: string, file: File | null): void {
  if (file === null) deps.drafting.text(spoken(ctx), text)
  else deps.drafting.file(spoken(ctx), file, { sizeBytes: file.sizeBytes, caption: text })
}

/** An edit changes what the message has become: part of a draft, a comment or a description. */
function follow(deps: BotDeps, ctx: BotContext, message: Message): void {
  const text = message.text ?? message.caption ?? ''
  const said = spoken(ctx)
  if (deps.drafting.edit(said, text)) return
  const link = findLink(deps.read, said.chatId, said.messageId)
  const at = (message.edit_date ?? message.date) * 1000
  const edited = { person: ctx.person, update: ctx.key, chatId: said.chatId, at }
  ctx.ignored = link === undefined || !deps.commenting.edit(edited, link, text)
}
