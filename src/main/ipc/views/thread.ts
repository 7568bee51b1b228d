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
  reopenedCount: z.int().optional(),
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
  const events = eventsOf(findChanges(db, request.id), nameOf)
  const comments = findComments(db, request.id).map((comment) => commentEntry(comment, nameOf))
  return [...events, ...comments].sort((a, b) => a.at - b.at)
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
    subject: kind === 'assigned' ? (nameOf(now.assignedTo ?? null)?.name ?? null) : null,
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

function kindOf(before: Told, patch: Told): EventKind | null {
  if (before.status === undefined) return 'reported'
  if (patch.status !== undefined)
    return patch.reopenedCount === undefined ? byStatus[patch.status] : 'reopened'
  if (patch.assignedTo !== undefined && patch.assignedTo !== null) return 'assigned'
  if (patch.takenAt !== undefined && patch.takenAt !== null) return 'taken'
  if (patch.priority !== undefined) return 'priority'
  return patch.description === undefined ? null : 'edited'
}
