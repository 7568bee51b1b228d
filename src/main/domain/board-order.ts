import type { Priority, Status } from '../../shared/model/vocabulary'

const rank: Readonly<Record<Priority, number>> = { URGENT: 0, HIGH: 1, MEDIUM: 2, LOW: 3 }
const RANKS = 4

/** Later than every due time: such requests stand at the end of their column. Year 3000, in ms. */
const NEVER = Date.UTC(3000, 0, 1)

type Ordered = {
  readonly status: Status
  readonly priority: Priority
  readonly responseDueAt: number | null
  readonly resolutionDueAt: number | null
  readonly firstRespondedAt: number | null
  readonly holdUntil: number | null
  readonly completedAt: number | null
}

/** Whether the promise to have it done runs in a status. */
const resolutionRuns: Readonly<Record<Status, boolean>> = {
  OPEN: true,
  ASSIGNED: true,
  IN_PROGRESS: true,
  ON_HOLD: false,
  RESOLVED: false,
  CLOSED: false,
  DUPLICATE: false,
  DECLINED: false,
  CANCELLED: false,
}

/** When the next promise to the resident ends, in UTC ms; null when none runs. */
export function dueAt(request: Ordered): number | null {
  if (request.status === 'OPEN' && request.firstRespondedAt === null) return request.responseDueAt
  return resolutionRuns[request.status] ? request.resolutionDueAt : null
}

/**
 * The position of a request within its column, as one number that an index can hold: by due time, then by
 * priority. On hold it is the day it is waiting for; among the resolved the latest stands first.
 */
export function boardOrder(request: Ordered): number {
  const time =
    request.status === 'RESOLVED'
      ? NEVER - (request.completedAt ?? 0)
      : ((request.status === 'ON_HOLD' ? request.holdUntil : dueAt(request)) ?? NEVER)
  return time * RANKS + rank[request.priority]
}
