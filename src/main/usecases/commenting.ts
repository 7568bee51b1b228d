import { CommentId, type PersonId, type RequestId } from '../../shared/model/ids'
import { Refusal } from '../../shared/model/refusal'
import type { Visibility } from '../../shared/model/vocabulary'
import { linkMessage } from '../db/cards'
import { addComment, editComment, findComment } from '../db/comments'
import type { WritableDb } from '../db/database'
import type { UpdateKey } from '../db/inbox'
import type { Person } from '../db/people'
import { findRequest, saveRequest } from '../db/requests'
import { cleanText } from '../domain/plain-text'
import { isEnded, noteAnswer, recount, type Request } from '../domain/request'
import type { Deps } from './deps'
import { managerIdOf, managerOf } from './people'
import { attachFiles, fetchFile, type IncomingFile } from './registering'
import { rowId, updateName } from './row-ids'
import { acknowledge, type Cause, passOn, redrawCards } from './telling'

/** A reply in Telegram to a message about a request. Instants are UTC ms. */
export type Reply = {
  readonly update: UpdateKey
  readonly person: Person
  readonly chatId: number
  readonly messageId: number
  readonly writtenAt: number
  readonly requestId: RequestId
  readonly text: string
  readonly file: (IncomingFile & { readonly sizeBytes: number | undefined }) | null
}

/** How people talk about a request. */
export type Commenting = ReturnType<typeof createCommenting>

/** Creates the use cases by which people talk about a request. */
export function createCommenting({ transact, now, newId }: Deps) {
  return {
    /** A comment from the desk: to the resident, or for the staff only. */
    fromDesk: (requestId: RequestId, text: string, visibility: Visibility): Request =>
      transact((db) => {
        const request = requestOrRefused(db, requestId)
        const clean = cleanText(text)
        if (clean === '') throw new Refusal('text-missing')
        const author = managerOf(db)
        const cause: Cause = { name: newId(), at: now() }
        const id = CommentId.parse(newId())
        write(db, { id, requestId, userId: author.id, comment: clean, visibility }, now())
        const spoken = recount(request, { commentCount: request.commentCount + 1 }, now())
        const after = visibility === 'public' ? noteAnswer(spoken, now()) : spoken
        saveRequest(db, request, after, { actor: author.id, at: now() })
        if (visibility === 'public') passOn(db, after, request.userId, { id, kind: 'comment' }, cause)
        if (request.assignedTo !== null) {
          passOn(db, after, request.assignedTo, { id, kind: 'job-comment' }, cause)
        }
        return after
      }),

    /**
     * A reply from Telegram: from the reporter it is read by everybody, from the technician by the staff only.
     * Refuses people who have nothing to do with the request, in the same words as for a request that is not there.
     */
    fromTelegram: (reply: Reply): Request =>
      transact((db) => {
        const request = requestOrRefused(db, reply.requestId)
        const visibility = voiceOf(request, reply.person)
        const by = { actor: reply.person.id, at: reply.writtenAt }
        const said = cleanText(reply.text) !== ''
        if (said) writeReply(db, reply, visibility)
        const heard = recount(
          request,
          {
            commentCount: request.commentCount + (said ? 1 : 0),
            unreadCount: request.unreadCount + 1,
          },
          now(),
        )
        saveRequest(db, request, heard, by)
        const after = reply.file === null ? heard : attachReplyFile(db, heard, reply, reply.file, now())
        acknowledge(db, reply.chatId, reply.messageId, { name: updateName(reply.update), at: now() })
        return after
      }),

    /** Follows an edit of a message that became a description or a comment; false when it became neither. */
    edit: (
      edited: {
        readonly person: Person
        readonly update: UpdateKey
        readonly chatId: number
        readonly at: number
      },
      link: { readonly requestId: string; readonly part: string; readonly commentId: string | null },
      text: string,
    ): boolean =>
      transact((db) => {
        const clean = cleanText(text)
        if (clean === '') return false
        if (link.part === 'comment') return editOwnComment(db, edited, link.commentId, clean)
        return link.part === 'description' && editDescription(db, edited, link.requestId, clean)
      }),

    /** The manager has seen what people wrote. */
    markRead: (requestId: RequestId) => {
      transact((db) => {
        const request = requestOrRefused(db, requestId)
        if (request.unreadCount === 0) return
        const after = recount(request, { unreadCount: 0 }, request.updatedAt)
        saveRequest(db, request, after, { actor: managerIdOf(db), at: now() })
      })
    },
  }
}

/** The request, or the refusal that does not tell whether it exists. */
export function requestOrRefused(db: WritableDb, id: RequestId): Request {
  const request = findRequest(db, id)
  if (!request) throw new Refusal('not-found')
  return request
}

function write(
  db: WritableDb,
  comment: {
    readonly id: CommentId
    readonly requestId: RequestId
    readonly userId: PersonId
    readonly comment: string
    readonly visibility: Visibility
  },
  createdAt: number,
): void {
  addComment(db, { ...comment, createdAt, editedAt: null })
}

function writeReply(db: WritableDb, reply: Reply, visibility: Visibility): void {
  const { requestId, chatId, messageId } = reply
  const id = CommentId.parse(rowId(reply.update, 'comment'))
  write(
    db,
    { id, requestId, userId: reply.person.id, comment: cleanText(reply.text), visibility },
    reply.writtenAt,
  )
  linkMessage(db, { chatId, messageId, requestId, part: 'comment', commentId: id })
}

function attachReplyFile(
  db: WritableDb,
  request: Request,
  reply: Reply,
  file: IncomingFile & { readonly sizeBytes: number | undefined },
  now: number,
): Request {
  fetchFile(db, file, file.sizeBytes, now)
  const by = { actor: reply.person.id, at: reply.writtenAt }
  return attachFiles(db, request, [{ ...file, id: rowId(reply.update, 'file') }], by)
}

/** In which voice this person speaks about the request. Refuses everybody else. */
function voiceOf(request: Request, person: Person): Visibility {
  // Somebody can be both; then the job card decides, where remarks stay among the staff.
  if (person.role === 'technician' && person.isActive && request.assignedTo === person.id) return 'internal'
  if (request.userId === person.id) return 'public'
  throw new Refusal('not-found')
}

function editOwnComment(
  db: WritableDb,
  edited: { readonly person: Person; readonly at: number },
  commentId: string | null,
  text: string,
): boolean {
  const comment = commentId === null ? undefined : findComment(db, CommentId.parse(commentId))
  if (comment?.userId !== edited.person.id) return false
  editComment(db, comment, text, edited.at)
  return true
}

/** An edit of the description is added to the thread: what somebody has read must not change unseen. */
function editDescription(
  db: WritableDb,
  edited: { readonly person: Person; readonly update: UpdateKey; readonly at: number },
  requestId: string,
  text: string,
): boolean {
  const request = findRequest(db, requestId as RequestId)
  if (request?.userId !== edited.person.id || isEnded(request.status)) return false
  const by = { actor: edited.person.id, at: edited.at }
  const id = CommentId.parse(rowId(edited.update, 'comment'))
  write(db, { id, requestId: request.id, userId: by.actor, comment: text, visibility: 'public' }, edited.at)
  const counts = { commentCount: request.commentCount + 1, unreadCount: request.unreadCount + 1 }
  const after = recount(request, counts, edited.at)
  saveRequest(db, request, after, by)
  redrawCards(db, after, { name: updateName(edited.update), at: edited.at })
  return true
}
