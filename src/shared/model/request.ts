import { z } from 'zod'
import { CommentId, FileId, Instant, PersonId, RequestId } from './ids'
import {
  BoardStatus,
  DeliveryState,
  FileKind,
  FileState,
  Language,
  Priority,
  Role,
  Status,
  Urgency,
  Visibility,
} from './vocabulary'

/** A person as named on a card or in a thread. `isYou` marks the manager at this desk. */
export const PersonRef = z.object({ id: PersonId, name: z.string(), role: Role, isYou: z.boolean() })
export type PersonRef = z.infer<typeof PersonRef>

/** Everything that a card on the board shows. Instants are UTC ms. */
export const RequestCard = z.object({
  id: RequestId,
  /** What people call it: `142`, or `B-17` from a second desk. */
  number: z.string(),
  /** Empty when the resident sent only pictures; the screens then say so in words. */
  title: z.string(),
  place: z.string(),
  status: Status,
  priority: Priority,
  /** Position within its column: ascending, then by id. */
  boardOrder: z.int(),
  createdAt: Instant,
  /** When the next promise ends (first response while new, resolution afterwards); null when none runs. */
  dueAt: Instant.nullable(),
  /** When the clock of that promise started, for "the last quarter of the target". */
  dueFrom: Instant.nullable(),
  holdReason: z.string().nullable(),
  holdUntil: Instant.nullable(),
  completedAt: Instant.nullable(),
  assignee: z.object({ id: PersonId, name: z.string() }).nullable(),
  /** When the assignee pressed Take; null until then. */
  takenAt: Instant.nullable(),
  photoCount: z.int(),
  commentCount: z.int(),
  /** Messages from people in Telegram that nobody at the desk has opened yet. */
  unreadCount: z.int(),
  reopenedCount: z.int(),
  /** Content hash of the first photo, for the small picture on a new card; null when there is none yet. */
  thumbnail: z.string().nullable(),
  /** Rises with every change; a late answer with a lower one is dropped by the windows. */
  version: z.int(),
})
export type RequestCard = z.infer<typeof RequestCard>

/** A file of a request. The bytes are fetched as `app://files/<sha256>` once `state` is `stored`. */
export const RequestFile = z.object({
  id: FileId,
  kind: FileKind,
  state: FileState,
  sha256: z.string().nullable(),
  name: z.string(),
  uploadedBy: PersonRef.nullable(),
  uploadedAt: Instant,
})
export type RequestFile = z.infer<typeof RequestFile>

/** What can have happened to a request; the words are in the catalogues under `event`. */
export const EventKind = z.enum([
  'reported',
  'assigned',
  'unassigned',
  'taken',
  'started',
  'held',
  'resolved',
  'closed',
  'reopened',
  'declined',
  'cancelled',
  'duplicate',
  'priority',
  'edited',
])
export type EventKind = z.infer<typeof EventKind>

/** One line of a request's thread: something that happened, or something that was said. */
export const ThreadEntry = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('event'),
    id: z.string(),
    at: Instant,
    kind: EventKind,
    /** Who did it; null when the program did (for example closing after 72 h). */
    actor: PersonRef.nullable(),
    /** The technician an assignment names. */
    subject: z.string().nullable(),
    /** The reason or note given with it. */
    note: z.string().nullable(),
    fromPriority: Priority.nullable(),
    toPriority: Priority.nullable(),
  }),
  z.object({
    type: z.literal('comment'),
    id: CommentId,
    at: Instant,
    author: PersonRef,
    visibility: Visibility,
    text: z.string(),
    editedAt: Instant.nullable(),
    /** How far the copy for the resident has come; null when it is not sent to anyone. */
    delivery: z.object({ state: DeliveryState, outboxId: z.int(), at: Instant }).nullable(),
  }),
])
export type ThreadEntry = z.infer<typeof ThreadEntry>

/** What can be done to a request; which of them are allowed now comes with its details. */
export const RequestAction = z.enum([
  'assign',
  'unassign',
  'take',
  'start',
  'hold',
  'resolve',
  'confirm',
  'autoClose',
  'reopen',
  'decline',
  'cancel',
  'markDuplicate',
])
export type RequestAction = z.infer<typeof RequestAction>

/** Everything that the side panel shows about a request. */
export const RequestDetails = z.object({
  card: RequestCard,
  description: z.string(),
  urgency: Urgency.nullable(),
  source: z.enum(['telegram', 'desk']),
  reporter: z.object({
    person: PersonRef,
    username: z.string().nullable(),
    language: Language,
    /** False when there is no Telegram to reach this person by, or the bot was blocked. */
    reachable: z.boolean(),
  }),
  responseDueAt: Instant.nullable(),
  resolutionDueAt: Instant.nullable(),
  firstRespondedAt: Instant.nullable(),
  endedReason: z.string().nullable(),
  files: z.array(RequestFile),
  thread: z.array(ThreadEntry),
  /** Actions that the transition table allows from the present status. */
  actions: z.array(RequestAction),
})
export type RequestDetails = z.infer<typeof RequestDetails>

/** How many requests stand in each status. */
export const StatusCounts = z.record(Status, z.int())
export type StatusCounts = z.infer<typeof StatusCounts>

/** Where the next page of a column starts: after this card. */
export const ColumnCursor = z.object({ boardOrder: z.int(), id: RequestId })
export type ColumnCursor = z.infer<typeof ColumnCursor>

/** One page of a column. */
export const ColumnPage = z.object({ status: BoardStatus, cards: z.array(RequestCard), hasMore: z.boolean() })
export type ColumnPage = z.infer<typeof ColumnPage>

/** A line of the archive. */
export const ArchivedRequest = z.object({
  id: RequestId,
  number: z.string(),
  title: z.string(),
  place: z.string(),
  status: Status,
  priority: Priority,
  createdAt: Instant,
  endedAt: Instant,
  assignee: z.string().nullable(),
})
export type ArchivedRequest = z.infer<typeof ArchivedRequest>
