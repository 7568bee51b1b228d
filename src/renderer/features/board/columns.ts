import type { RequestCard } from '../../../shared/model/request'
import type { BoardStatus, Status } from '../../../shared/model/vocabulary'

/** The columns of the board, in their order. */
export const COLUMNS = [
  'OPEN',
  'ASSIGNED',
  'IN_PROGRESS',
  'ON_HOLD',
  'RESOLVED',
] as const satisfies readonly BoardStatus[]

/** The column in which a status stands; null for requests that are over. */
export function columnOf(status: Status): BoardStatus | null {
  return COLUMNS.find((column) => column === status) ?? null
}

/** The moment that the header's calm fact is about: the oldest, the next, how many today. */
export function factTime(card: RequestCard): number | null {
  if (card.status === 'ON_HOLD') return card.holdUntil
  if (card.status === 'RESOLVED') return card.completedAt
  return card.createdAt
}

/** When the card becomes overdue; null when it can't. */
export function lateTime(card: RequestCard): number | null {
  return card.status === 'ON_HOLD' || card.status === 'RESOLVED' ? null : card.dueAt
}
