import { CommentId } from '../../shared/model/ids'
import { Refusal } from '../../shared/model/refusal'
import { addComment } from '../db/comments'
import type { WritableDb } from '../db/database'
import type { Person } from '../db/people'
import { saveRequest } from '../db/requests'
import { cleanText } from '../domain/plain-text'
import { recount, type Request, resolve, start, take, unassign } from '../domain/request'
import { requestOrRefused } from './commenting'
import type { Deps } from './deps'
import { readDialogue, writeDialogue } from './dialogue-store'
import type { Pressed } from './drafting'
import { askWhetherFixed, drawCard, redrawCards, redrawJob } from './telling'

/** What a technician does about a job. */
export type Fieldwork = ReturnType<typeof createFieldwork>

/** Creates the use cases by which a technician works. */
export function createFieldwork({ transact, now }: Deps) {
  const act = (pressed: Pressed, rule: (request: Request, now: number) => Request): Request =>
    transact((db) => {
      const before = ownJob(db, pressed)
      const after = rule(before, now())
      saveRequest(db, before, after, { actor: pressed.person.id, at: now() })
      redrawCards(db, after, pressed.cause)
      return after
    })

  return {
    /** "Take": the technician says yes to the job. */
    take: (pressed: Pressed): Request => act(pressed, take),

    /** "Start": work begins, or goes on. */
    start: (pressed: Pressed): Request => act(pressed, start),

    /** "Done": resolves the request and asks the resident. */
    done: (pressed: Pressed): Request =>
      transact((db) => {
        const after = act(pressed, (request, at) => resolve(request, '', at))
        askWhetherFixed(db, after, pressed.cause)
        return after
      }),

    /** "Can't": asks for the reason, which comes with the next message or button. */
    askWhyNot: (pressed: Pressed) => {
      transact((db) => {
        const job = ownJob(db, pressed)
        // The table is asked now already, so that nobody explains themselves in vain.
        unassign(job, now())
        const { draft } = readDialogue(db, pressed.chatId)
        const cardId = `cannot:${job.id}:${pressed.cause.name}`
        const question = { kind: 'cannot', requestId: job.id, cardId } as const
        writeDialogue(db, pressed.chatId, { draft, question }, now())
        drawCard(db, {
          id: cardId,
          kind: 'cannot',
          chatId: pressed.chatId,
          request: job,
          cause: pressed.cause,
        })
      })
    },

    /** Gives the job back with the reason, which stays among the staff. Refuses an empty reason. */
    giveBack: (pressed: Pressed, reason: string, commentId: string): Request =>
      transact((db) => {
        const before = ownJob(db, pressed)
        const text = cleanText(reason)
        if (text === '') throw new Refusal('text-missing')
        const at = now()
        // Decided before anything is written: the refusal may be answered within a larger transaction.
        const returned = unassign(before, at)
        addComment(db, {
          id: CommentId.parse(commentId),
          requestId: before.id,
          userId: pressed.person.id,
          comment: text,
          createdAt: at,
          visibility: 'internal',
          editedAt: null,
        })
        const after = {
          ...recount(
            returned,
            { commentCount: before.commentCount + 1, unreadCount: before.unreadCount + 1 },
            at,
          ),
          version: returned.version,
        }
        saveRequest(db, before, after, { actor: pressed.person.id, at })
        redrawCards(db, after, pressed.cause)
        redrawJob(db, after, pressed.person.id, pressed.cause)
        const { draft, question } = readDialogue(db, pressed.chatId)
        writeDialogue(db, pressed.chatId, { draft, question: null }, at)
        if (question !== null && question.cardId !== null) {
          const card = { id: question.cardId, kind: 'cannot', chatId: pressed.chatId }
          drawCard(db, { ...card, request: after, cause: pressed.cause })
        }
        return after
      }),
  }
}

/** The job, when this person is the active technician who has it; otherwise the refusal that tells nothing. */
function ownJob(
  db: WritableDb,
  { person, requestId }: { person: Person; requestId: Pressed['requestId'] },
): Request {
  const request = requestOrRefused(db, requestId)
  const works = person.role === 'technician' && person.isActive
  if (!works || request.assignedTo !== person.id) throw new Refusal('not-found')
  return request
}
