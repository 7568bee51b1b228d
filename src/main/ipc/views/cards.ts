import { BoardStatus, Status } from '../../../shared/model/vocabulary'
import type { ColumnCursor, ColumnPage, RequestCard, StatusCounts } from '../../../shared/model/request'
import type { RequestId } from '../../../shared/model/ids'
import type { ReadableDb } from '../../db/database'
import { type CardRow, countByStatus, findCards, findColumn } from '../../db/requests'
import { dueAt } from '../../domain/board-order'
import { numberOf } from '../../domain/request'

/** Cards in the first page of each column: more than any screen shows. */
const FIRST_PAGE = 25

/** A card as the windows see it. */
export function cardOf(row: CardRow): RequestCard {
  const due = dueAt(row)
  const { assignedTo, assigneeName } = row
  return {
    id: row.id,
    number: numberOf(row),
    title: row.title,
    place: row.location,
    status: row.status,
    priority: row.priority,
    boardOrder: row.boardOrder,
    createdAt: row.createdAt,
    dueAt: due,
    dueFrom: due === null ? null : row.createdAt,
    holdReason: row.holdReason,
    holdUntil: row.holdUntil,
    completedAt: row.completedAt,
    assignee: assignedTo === null ? null : { id: assignedTo, name: assigneeName ?? '' },
    takenAt: row.takenAt,
    photoCount: row.photoCount,
    commentCount: row.commentCount,
    unreadCount: row.unreadCount,
    reopenedCount: row.reopenedCount,
    thumbnail: row.status === 'OPEN' ? row.thumbnail : null,
    version: row.version,
  }
}

/** How many requests stand in each status; every status is named. */
export function countsOf(db: ReadableDb): StatusCounts {
  const counted = countByStatus(db)
  const counts = Object.fromEntries(Status.options.map((status) => [status, counted.get(status) ?? 0]))
  // Built from all the options, so every status has its number.
  return counts as StatusCounts
}

/** One page of a column, after the given place or from the top. */
export function pageOf(
  db: ReadableDb,
  status: BoardStatus,
  after: ColumnCursor | null,
  limit: number,
): ColumnPage {
  const rows = findColumn(db, status, after, limit + 1)
  return { status, cards: rows.slice(0, limit).map(cardOf), hasMore: rows.length > limit }
}

/** The board as a window opens it: the first page of each column, and the counts. */
export function openBoard(db: ReadableDb): { columns: ColumnPage[]; counts: StatusCounts } {
  return {
    columns: BoardStatus.options.map((status) => pageOf(db, status, null, FIRST_PAGE)),
    counts: countsOf(db),
  }
}

/** Changed cards with the counts that go with them. */
export function changedCards(db: ReadableDb, ids: readonly RequestId[]) {
  return { cards: findCards(db, ids).map(cardOf), counts: countsOf(db) }
}
