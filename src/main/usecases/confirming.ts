import type { CommentId, RequestId } from '../../shared/model/ids'
import { Refusal } from '../../shared/model/refusal'
import { linkMessage } from '../db/cards'
import { addComment } from '../db/comments'
import type { WritableDb } from '../db/database'
import { findPerson, type Person } from '../db/people'
import { findRequest, findResolvedBefore, saveRequest } from '../db/requests'
import { cleanText } from '../domain/plain-text'
import { AUTO_CLOSE_MS, autoClose, cancel, confirm, recount, reopen, type Request } from '../domain/request'
import { requestOrRefused } from './commenting'
import type { Deps } from './deps'
import { readDialogue, writeDialogue } from './dialogue-store'
import { drawCard, redrawCards, redrawJob, say } from './telling'
import type { Pressed, Spoken } from './drafting'

/** Most requests that one sweep closes, so that the windows stay alive meanwhile. */
const SWEEP = 200

/** What a resident decides about a request that was sent. */
export type Confirming = ReturnType<typeof createConfirming>

/** Creates the use cases by which a resident confirms, reopens or cancels. */
export function createConfirming({ transact, now, newId }: Deps) {
  const decide = (pressed: Pressed, rule: (request: Request, now: number) => Request): Request =>
    transact((db) => {
      const before = ownRequest(db, pressed.person, pressed.requestId)
      const after = rule(before, now())
      saveRequest(db, before, after, { actor: pressed.person.id, at: now() })
      redrawAll(db, before, after, pressed)
      return after
    })

  return {
    /** "Fixed": closes the request. */
    fixed: (pressed: Pressed): Request => decide(pressed, confirm),

    /** "Not fixed": opens the request again, unread, and asks what is still wrong. */
    notFixed: (pressed: Pressed): Request =>
      transact((db) => {
        const after = decide(pressed, (request, at) => {
          const opened = reopen(request, at)
          return { ...recount(opened, { unreadCount: opened.unreadCount + 1 }, at), version: opened.version }
        })
        const { draft } = readDialogue(db, pressed.chatId)
        writeDialogue(
          db,
          pressed.chatId,
          { draft, question: { kind: 'not-fixed', requestId: after.id, cardId: null } },
          now(),
        )
        say(db, pressed.chatId, 'askNotFixed', pressed.cause)
        return after
      }),

    /** The resident takes the request back. */
    cancel: (pressed: Pressed): Request => decide(pressed, cancel),

    /** Closes what nobody has confirmed for 72 hours; how many requests that were. */
    closeUnanswered: (): number =>
      transact((db) => {
        const at = now()
        const due = findResolvedBefore(db, at - AUTO_CLOSE_MS, SWEEP)
        for (const before of due) {
          const after = autoClose(before, at)
          saveRequest(db, before, after, { actor: null, at })
          const cause = { name: newId(), at }
          redrawCards(db, after, cause)
          redrawConfirm(db, before, cause)
        }
        return due.length
      }),

    /** Adds the answer to "what is still wrong" to the thread. Refuses empty words. */
    explain: (
      spoken: Spoken,
      requestId: RequestId,
      said: { readonly commentId: CommentId; readonly text: string },
    ) => {
      transact((db) => {
        const { person, chatId, messageId, writtenAt } = spoken
        const before = ownRequest(db, person, requestId)
        const text = cleanText(said.text)
        if (text === '') throw new Refusal('text-missing')
        const comment = { id: said.commentId, requestId, userId: person.id, comment: text } as const
        addComment(db, { ...comment, createdAt: writtenAt, visibility: 'public', editedAt: null })
        linkMessage(db, { chatId, messageId, requestId, part: 'comment', commentId: said.commentId })
        const counts = { commentCount: before.commentCount + 1, unreadCount: before.unreadCount + 1 }
        saveRequest(db, before, recount(before, counts, now()), { actor: person.id, at: writtenAt })
        const { draft } = readDialogue(db, chatId)
        writeDialogue(db, chatId, { draft, question: null }, now())
      })
    },
  }
}

/** The request, when this person reported it: otherwise the same refusal as for one that is not there. */
function ownRequest(db: WritableDb, person: Person, id: RequestId): Request {
  const request = requestOrRefused(db, id)
  if (request.userId !== person.id) throw new Refusal('not-found')
  return request
}

function redrawAll(db: WritableDb, before: Request, after: Request, pressed: Pressed): void {
  redrawCards(db, after, pressed.cause)
  redrawConfirm(db, before, pressed.cause)
  const former = before.assignedTo
  if (former !== null && former !== after.assignedTo) redrawJob(db, after, former, pressed.cause)
}

/** The question whether it is fixed loses its buttons once it is answered. */
export function redrawConfirm(db: WritableDb, before: Request, cause: Pressed['cause']): void {
  if (before.status !== 'RESOLVED') return
  const request = findRequest(db, before.id)
  const id = `confirm:${before.id}:${String(before.completedAt)}`
  const chatId = findPerson(db, before.userId)?.telegramId ?? null
  if (request && chatId !== null) drawCard(db, { id, kind: 'confirm', chatId, request, cause })
}
