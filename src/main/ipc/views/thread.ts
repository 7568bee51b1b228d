import { z } from 'zod'
import { PersonId } from '../../../shared/model/ids'
import type { EventKind, PersonRef, ThreadEntry } from '../../../shared/model/request'
import { Priority, Status } from '../../../shared/model/vocabulary'
import { type CommentWithDelivery, findComments } from '../../db/comments'
import type { ReadableDb } from '../../db/database'
import { findManager, findPerson, type Person } from '../../db/people'
import { findChanges, type RequestChange } from '../../db/timeline'
import type { Request } from '../../domain/request'

/** The columns of a journal entry that tell something; the rest is bookkeeping. */
const Told = z.looseObject({
  status: Status.optional(),
  priority: Priority.optional(),
  assignedTo: PersonId.nullable().optional(),
  takenAt: z.int().nullable().optional(),
  holdReason: z.string().nullable().optional(),
  endedReason: z.string().nullable().optional(),
  description: z.string().optional(),
})
type Told = z.infer<typeof Told>

/** Names people as a thread shows them, looking up each only once. */
export function createNaming(db: ReadableDb): (id: string | null) => PersonRef | null {
  const managerId = findManager(db)?.id
  const known = new Map<string, PersonRef | null>()
  const refOf = (person: Person): PersonRef => {
    const { id, name, role } = person
    return { id, name, role, isYou: id === managerId }
  }
  return (id) => {
    if (id === null) return null
    const cached = known.get(id)
    if (cached !== undefined) return cached
    const person = findPerson(db, PersonId.parse(id))
    const ref = person ? refOf(person) : null
    known.set(id, ref)
    return ref
  }
}

type Naming = ReturnType<typeof createNaming>

/** Everything that happened and was said, in one thread, oldest first. */
export function threadOf(db: ReadableDb, request: Request, nameOf: Naming): ThreadEntry[] {
  const comments = findComments(db, request.id).map((comment) => commentEntry(comment, nameOf))
  const spoken = comments.map((entry) => ({ entry, at: entry.at }))
  // What happened keeps its order, even where Telegram's clock and this computer's differ.
  let latest = 0
  const happened = eventsOf(findChanges(db, request.id), nameOf).map((entry) => {
    latest = Math.max(latest, entry.at)
    return { entry, at: latest }
  })
  return [...happened, ...spoken].sort((a, b) => a.at - b.at).map(({ entry }) => entry)
}

function commentEntry(comment: CommentWithDelivery, nameOf: Naming): ThreadEntry {
  const { outboxId, delivery, deliveryAt } = comment
  const unnamed: PersonRef = { id: comment.userId, name: '', role: 'user', isYou: false }
  return {
    type: 'comment',
    id: comment.id,
    at: comment.createdAt,
    author: nameOf(comment.userId) ?? unnamed,
    visibility: comment.visibility,
    text: comment.comment,
    editedAt: comment.editedAt,
    delivery:
      outboxId === null || delivery === null
        ? null
        : { state: delivery, outboxId, at: deliveryAt ?? comment.createdAt },
  }
}

/** Reads the journal: what it tells depends on how the row stood before each entry. */
function eventsOf(entries: readonly RequestChange[], nameOf: Naming): ThreadEntry[] {
  let before: Told = {}
  const events: ThreadEntry[] = []
  for (const entry of entries) {
    const patch = Told.parse(JSON.parse(entry.patch))
    const kind = kindOf(before, patch)
    if (kind !== null) events.push(eventEntry(entry, kind, before, patch, nameOf))
    before = { ...before, ...patch }
  }
  return events
}

function eventEntry(
  entry: RequestChange,
  kind: EventKind,
  before: Told,
  patch: Told,
  nameOf: Naming,
): ThreadEntry {
  const now = { ...before, ...patch }
  return {
    type: 'event',
    id: `${entry.deviceId}:${String(entry.seq)}`,
    at: entry.at,
    kind,
    actor: nameOf(entry.actor),
    subject: nameOf(subjectOf(kind, entry, before, now))?.name ?? null,
    note: noteOf(kind, now),
    fromPriority: kind === 'priority' ? (before.priority ?? null) : null,
    toPriority: kind === 'priority' ? (patch.priority ?? null) : null,
  }
}

function noteOf(kind: EventKind, now: Told): string | null {
  if (kind === 'held') return now.holdReason ?? null
  if (kind === 'resolved' || kind === 'declined') return now.endedReason ?? null
  return null
}

const byStatus: Readonly<Record<Status, EventKind>> = {
  OPEN: 'unassigned',
  ASSIGNED: 'assigned',
  IN_PROGRESS: 'started',
  ON_HOLD: 'held',
  RESOLVED: 'resolved',
  CLOSED: 'closed',
  DUPLICATE: 'duplicate',
  DECLINED: 'declined',
  CANCELLED: 'cancelled',
}

const isOpen: Readonly<Record<Status, boolean>> = {
  OPEN: true,
  ASSIGNED: true,
  IN_PROGRESS: true,
  ON_HOLD: true,
  RESOLVED: false,
  CLOSED: false,
  DUPLICATE: false,
  DECLINED: false,
  CANCELLED: false,
}

function kindOf(before: Told, patch: Told): EventKind | null {
  if (before.status === undefined) return 'reported'
  if (patch.status !== undefined) return movedKind(before.status, patch.status, patch)
  if (isGiven(patch)) return 'assigned'
  if (patch.takenAt !== undefined && patch.takenAt !== null) return 'taken'
  if (patch.priority !== undefined) return 'priority'
  return patch.description === undefined ? null : 'edited'
}

/** An action that was taken back reads as what it comes to: taken up again, or given to somebody again. */
function movedKind(from: Status, to: Status, patch: Told): EventKind {
  if (isOpen[to] && !isOpen[from]) return 'reopened'
  return isGiven(patch) ? 'assigned' : byStatus[to]
}

function isGiven({ assignedTo }: Told): boolean {
  return assignedTo !== undefined && assignedTo !== null
}

/** The technician whom the event names: who got the job, or from whom somebody else took it. */
function subjectOf(kind: EventKind, entry: RequestChange, before: Told, now: Told): string | null {
  if (kind === 'assigned') return now.assignedTo ?? null
  return kind === 'unassigned' && before.assignedTo !== entry.actor ? (before.assignedTo ?? null) : null
}
