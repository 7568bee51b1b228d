import type { BuildingId, PersonId, RequestId, UnitId } from '../../shared/model/ids'
import { Refusal } from '../../shared/model/refusal'
import type { RequestAction } from '../../shared/model/request'
import type { Priority, Status, Urgency } from '../../shared/model/vocabulary'
import { boardOrder } from './board-order'
import { addWorkingTime, dueTimes, workingTimeBetween } from './sla'

/** A resident's report and all that became of it. Instants are UTC ms. */
export type Request = {
  readonly id: RequestId
  readonly userId: PersonId
  readonly title: string
  readonly description: string
  readonly location: string
  readonly status: Status
  readonly priority: Priority
  readonly assignedTo: PersonId | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly completedAt: number | null
  readonly desk: string
  readonly sequence: number
  readonly source: 'telegram' | 'desk'
  readonly urgency: Urgency | null
  readonly buildingId: BuildingId | null
  readonly unitId: UnitId | null
  readonly categoryId: string | null
  readonly responseDueAt: number | null
  readonly resolutionDueAt: number | null
  readonly firstRespondedAt: number | null
  readonly takenAt: number | null
  readonly startedAt: number | null
  readonly holdReason: string | null
  readonly holdUntil: number | null
  readonly holdRemainingMs: number | null
  readonly endedReason: string | null
  readonly endedAt: number | null
  readonly duplicateOf: RequestId | null
  readonly reopenedCount: number
  readonly photoCount: number
  readonly commentCount: number
  readonly unreadCount: number
  readonly thumbnail: string | null
  readonly boardOrder: number
  readonly version: number
}

const OPEN_STATUSES = ['OPEN', 'ASSIGNED', 'IN_PROGRESS', 'ON_HOLD'] as const satisfies readonly Status[]

type Edge = { readonly from: readonly Status[]; readonly to: Status }

/** The one table that decides which action is allowed from which status, and where it leads. */
export const transitions: Readonly<Record<RequestAction, Edge>> = {
  assign: { from: OPEN_STATUSES, to: 'ASSIGNED' },
  unassign: { from: ['ASSIGNED', 'IN_PROGRESS', 'ON_HOLD'], to: 'OPEN' },
  take: { from: ['ASSIGNED'], to: 'ASSIGNED' },
  start: { from: ['ASSIGNED', 'ON_HOLD'], to: 'IN_PROGRESS' },
  hold: { from: ['ASSIGNED', 'IN_PROGRESS'], to: 'ON_HOLD' },
  resolve: { from: OPEN_STATUSES, to: 'RESOLVED' },
  confirm: { from: ['RESOLVED'], to: 'CLOSED' },
  autoClose: { from: ['RESOLVED'], to: 'CLOSED' },
  reopen: { from: ['RESOLVED', 'CLOSED'], to: 'OPEN' },
  decline: { from: OPEN_STATUSES, to: 'DECLINED' },
  cancel: { from: OPEN_STATUSES, to: 'CANCELLED' },
  markDuplicate: { from: OPEN_STATUSES, to: 'DUPLICATE' },
}

/** A resolved request closes by itself after this time, in ms: 72 hours. */
export const AUTO_CLOSE_MS = 72 * 3_600_000
/** How long after its resolution a request can be opened again, in ms: 7 days. */
export const REOPEN_MS = 7 * 24 * 3_600_000

/** The actions that the table allows from a status. */
export function actionsFrom(status: Status): RequestAction[] {
  return (Object.keys(transitions) as RequestAction[]).filter((action) => allows(action, status))
}

/** Whether the table allows the action from the status. */
export function allows(action: RequestAction, status: Status): boolean {
  return transitions[action].from.includes(status)
}

/** What the board calls a request: `142`, or `B-17` when another desk numbered it. */
export function numberOf(request: Pick<Request, 'desk' | 'sequence'>): string {
  return request.desk === '' ? String(request.sequence) : `${request.desk}-${String(request.sequence)}`
}

/** Whether a request is over and belongs to the archive. */
export function isEnded(status: Status): boolean {
  return status === 'CLOSED' || status === 'DUPLICATE' || status === 'DECLINED' || status === 'CANCELLED'
}

/** The priority that a resident's urgency suggests until somebody has looked: a hint for triage, not a verdict. */
export function suggestedPriority(urgency: Urgency | null): Priority {
  if (urgency === 'DANGER') return 'HIGH'
  return urgency === 'CAN_WAIT' ? 'LOW' : 'MEDIUM'
}

/** What a new request is made of. */
export type NewRequest = Pick<
  Request,
  | 'id'
  | 'userId'
  | 'title'
  | 'description'
  | 'location'
  | 'sequence'
  | 'source'
  | 'urgency'
  | 'unitId'
  | 'buildingId'
> & { readonly desk: string; readonly createdAt: number; readonly priority: Priority }

/** Opens a request. Its clock starts when the resident wrote, not when this computer read it. */
export function openRequest(given: NewRequest): Request {
  const blank = {
    status: 'OPEN',
    assignedTo: null,
    updatedAt: given.createdAt,
    completedAt: null,
    categoryId: null,
    firstRespondedAt: null,
    takenAt: null,
    startedAt: null,
    holdReason: null,
    holdUntil: null,
    holdRemainingMs: null,
    endedReason: null,
    endedAt: null,
    duplicateOf: null,
    reopenedCount: 0,
    photoCount: 0,
    commentCount: 0,
    unreadCount: 1,
    thumbnail: null,
    boardOrder: 0,
    version: 1,
  } as const
  return placed({ ...blank, ...given, ...dueTimes(given.priority, given.createdAt) })
}

/** Gives the job to a technician, who has to take it. */
export function assign(request: Request, technicianId: PersonId, now: number): Request {
  const next = move(request, 'assign', now)
  return placed({
    ...next,
    ...resumed(request, now),
    assignedTo: technicianId,
    takenAt: null,
    startedAt: null,
    ...answered(request, now),
  })
}

/** Takes the job back to triage. */
export function unassign(request: Request, now: number): Request {
  const next = move(request, 'unassign', now)
  return placed({ ...next, ...resumed(request, now), assignedTo: null, takenAt: null, startedAt: null })
}

/** The technician says yes to the job. */
export function take(request: Request, now: number): Request {
  if (request.takenAt !== null) throw new Refusal('not-allowed-now', { status: request.status })
  return placed({ ...move(request, 'take', now), takenAt: now })
}

/** Work begins, or goes on after a hold. The table starts only what somebody has. */
export function start(request: Request, now: number): Request {
  const next = move(request, 'start', now)
  return placed({
    ...next,
    ...resumed(request, now),
    takenAt: request.takenAt ?? now,
    startedAt: request.startedAt ?? now,
    ...answered(request, now),
  })
}

/** Pauses the work and with it the resolution clock. */
export function hold(request: Request, reason: string, until: number | null, now: number): Request {
  const next = move(request, 'hold', now)
  const remaining =
    request.resolutionDueAt === null
      ? null
      : workingTimeBetween(request.priority, now, request.resolutionDueAt)
  return placed({
    ...next,
    holdReason: reason,
    holdUntil: until,
    holdRemainingMs: remaining,
    resolutionDueAt: null,
    ...answered(request, now),
  })
}

/** The work is done; the resident is asked to confirm. */
export function resolve(request: Request, note: string, now: number): Request {
  const next = move(request, 'resolve', now)
  return placed({
    ...next,
    ...notHeld,
    completedAt: now,
    endedReason: note === '' ? null : note,
    ...answered(request, now),
  })
}

/** The resident says that it is fixed. */
export function confirm(request: Request, now: number): Request {
  return placed({ ...move(request, 'confirm', now), endedAt: now })
}

/** Nobody objected for {@link AUTO_CLOSE_MS}. */
export function autoClose(request: Request, now: number): Request {
  if (request.completedAt === null || now - request.completedAt < AUTO_CLOSE_MS) {
    throw new Refusal('not-allowed-now', { status: request.status })
  }
  return placed({ ...move(request, 'autoClose', now), endedAt: now })
}

/** Opens a finished request again, within {@link REOPEN_MS}: it goes back to triage with fresh targets. */
export function reopen(request: Request, now: number): Request {
  const next = move(request, 'reopen', now)
  if (request.completedAt === null || now - request.completedAt > REOPEN_MS)
    throw new Refusal('reopen-too-late')
  return placed({
    ...next,
    ...notHeld,
    ...dueTimes(request.priority, now),
    assignedTo: null,
    takenAt: null,
    startedAt: null,
    completedAt: null,
    endedAt: null,
    endedReason: null,
    firstRespondedAt: null,
    reopenedCount: request.reopenedCount + 1,
  })
}

/** Says no to a request, with the reason that the resident is told. */
export function decline(request: Request, reason: string, now: number): Request {
  const next = move(request, 'decline', now)
  return placed({ ...next, ...notHeld, endedReason: reason, endedAt: now, ...answered(request, now) })
}

/** The resident takes the request back. */
export function cancel(request: Request, now: number): Request {
  return placed({ ...move(request, 'cancel', now), ...notHeld, endedAt: now })
}

/**
 * Changes how important the staff judge it. The targets are measured from the report; of a request that was
 * opened again, whose report is long past, from now.
 */
export function setPriority(request: Request, priority: Priority, now: number): Request {
  if (isEnded(request.status) || request.status === 'RESOLVED') {
    throw new Refusal('not-allowed-now', { status: request.status })
  }
  const due = dueTimes(priority, request.reopenedCount === 0 ? request.createdAt : now)
  const held = request.status === 'ON_HOLD'
  return placed({
    ...request,
    ...due,
    resolutionDueAt: held ? null : due.resolutionDueAt,
    holdRemainingMs: held ? workingTimeBetween(priority, now, due.resolutionDueAt) : null,
    priority,
    updatedAt: now,
    version: request.version + 1,
  })
}

/** Notes that the resident heard from a person for the first time. */
export function noteAnswer(request: Request, now: number): Request {
  if (request.firstRespondedAt !== null) return request
  return placed({ ...request, firstRespondedAt: now, updatedAt: now, version: request.version + 1 })
}

/** Changes what a card counts: photos, comments, unread messages. */
export function recount(
  request: Request,
  counts: Partial<Pick<Request, 'photoCount' | 'commentCount' | 'unreadCount' | 'thumbnail'>>,
  now: number,
): Request {
  return { ...request, ...counts, updatedAt: now, version: request.version + 1 }
}

const notHeld = { holdReason: null, holdUntil: null, holdRemainingMs: null } as const

function move(request: Request, action: RequestAction, now: number): Request {
  const edge = transitions[action]
  if (!edge.from.includes(request.status)) throw new Refusal('not-allowed-now', { status: request.status })
  return { ...request, status: edge.to, updatedAt: now, version: request.version + 1 }
}

/** The first message or deed that reaches the resident ends the response clock. */
function answered(request: Request, now: number) {
  return { firstRespondedAt: request.firstRespondedAt ?? now }
}

/** Ends a hold: what was left of the target runs on from now. */
function resumed(request: Request, now: number) {
  if (request.status !== 'ON_HOLD') return {}
  const left = request.holdRemainingMs
  return { ...notHeld, resolutionDueAt: left === null ? null : addWorkingTime(request.priority, now, left) }
}

/** The request with its position in the column worked out anew. */
export function placed(request: Request): Request {
  return { ...request, boardOrder: boardOrder(request) }
}
