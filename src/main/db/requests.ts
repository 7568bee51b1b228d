import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, sql } from 'drizzle-orm'
import type { PersonId, RequestId } from '../../shared/model/ids'
import type { BoardStatus, Status } from '../../shared/model/vocabulary'
import { numberOf, type Request } from '../domain/request'
import { addToContext } from '../telemetry/context'
import { noteChange, type ReadableDb, reading, touch, type WritableDb, writing } from './database'
import { columnsAsPlaceholders, hiddenValue, limitPlaceholder } from './placeholders'
import { recordChange } from './save-row'
import { counters } from './schema/desk'
import { requests, users } from './schema/office'

const byId = reading((orm) =>
  orm
    .select()
    .from(requests)
    .where(eq(requests.id, sql.placeholder('id')))
    .prepare(),
)

/** The request, or undefined when there is none. */
export function findRequest(db: ReadableDb, id: RequestId): Request | undefined {
  return byId(db).get({ id })
}

const insertRow = writing((orm) => orm.insert(requests).values(columnsAsPlaceholders(requests)).prepare())
/** Updates of certain columns: naming one that has not changed would rewrite its indexes all the same. */
const updates = new Map<string, ReturnType<typeof updateOf>>()

function updateOf(columns: readonly string[]) {
  return writing((orm) => {
    const placeholders = columnsAsPlaceholders(requests)
    const set = Object.fromEntries(Object.entries(placeholders).filter(([name]) => columns.includes(name)))
    return orm.update(requests).set(set).where(eq(requests.id, placeholders.id)).prepare()
  })
}

function updateRow(db: WritableDb, after: Request, columns: readonly string[]): void {
  const key = columns.join()
  const update = updates.get(key) ?? updateOf(columns)
  updates.set(key, update)
  update(db).run(after)
}

/** Writes a request as it is now, with its journal entry, and tells the windows. `before` is null for a new one. */
export function saveRequest(
  db: WritableDb,
  before: Request | null,
  after: Request,
  by: { readonly actor: PersonId | null; readonly at: number },
): void {
  const patch = recordChange(db, { table: 'requests', before, after, ...by })
  if (patch === null) return
  if (before === null) insertRow(db).run(after)
  else updateRow(db, after, Object.keys(patch))
  touch(db, 'requests', after.id)
  const number = numberOf(after)
  addToContext({ requestId: after.id, requestNumber: number })
  const columns = Object.keys(patch)
  noteChange(db, { requestId: after.id, number, isNew: before === null, status: after.status, columns })
}

const numberById = reading((orm) =>
  orm
    .select({ desk: requests.desk, sequence: requests.sequence })
    .from(requests)
    .where(eq(requests.id, sql.placeholder('id')))
    .prepare(),
)

/** What the board calls the request with this id; null when there is none. */
export function findNumber(db: ReadableDb, id: RequestId): string | null {
  const found = numberById(db).get({ id })
  return found === undefined ? null : numberOf(found)
}

/** A row of the board: what a card shows, with the assignee's name. */
const cardColumns = {
  id: requests.id,
  desk: requests.desk,
  sequence: requests.sequence,
  title: requests.title,
  location: requests.location,
  status: requests.status,
  priority: requests.priority,
  boardOrder: requests.boardOrder,
  createdAt: requests.createdAt,
  responseDueAt: requests.responseDueAt,
  resolutionDueAt: requests.resolutionDueAt,
  firstRespondedAt: requests.firstRespondedAt,
  startedAt: requests.startedAt,
  holdReason: requests.holdReason,
  holdUntil: requests.holdUntil,
  completedAt: requests.completedAt,
  assignedTo: requests.assignedTo,
  assigneeName: users.name,
  takenAt: requests.takenAt,
  photoCount: requests.photoCount,
  commentCount: requests.commentCount,
  unreadCount: requests.unreadCount,
  reopenedCount: requests.reopenedCount,
  thumbnail: requests.thumbnail,
  version: requests.version,
}

const firstCards = reading((orm) =>
  orm
    .select(cardColumns)
    .from(requests)
    .leftJoin(users, eq(users.id, requests.assignedTo))
    .where(and(eq(requests.status, hiddenValue('status')), isNull(requests.endedAt)))
    .orderBy(asc(requests.boardOrder), asc(requests.id))
    .limit(limitPlaceholder())
    .prepare(),
)
const nextCards = reading((orm) =>
  orm
    .select(cardColumns)
    .from(requests)
    .leftJoin(users, eq(users.id, requests.assignedTo))
    .where(
      and(
        eq(requests.status, hiddenValue('status')),
        isNull(requests.endedAt),
        // A row value keeps to the index, where `or` would not.
        sql`(${requests.boardOrder}, ${requests.id}) > (${sql.placeholder('boardOrder')}, ${sql.placeholder('id')})`,
      ),
    )
    .orderBy(asc(requests.boardOrder), asc(requests.id))
    .limit(limitPlaceholder())
    .prepare(),
)

/** A row as the board's queries give it. */
export type CardRow = ReturnType<ReturnType<typeof firstCards>['all']>[number]

/** Up to `limit` rows of a column in its order, after the given place or from the top. */
export function findColumn(
  db: ReadableDb,
  status: BoardStatus,
  after: { readonly boardOrder: number; readonly id: RequestId } | null,
  limit: number,
): CardRow[] {
  if (after === null) return firstCards(db).all({ status, limit })
  return nextCards(db).all({ status, limit, ...after })
}

const CARDS_AT_ONCE = 50
const cardsById = reading((orm) =>
  orm
    .select(cardColumns)
    .from(requests)
    .leftJoin(users, eq(users.id, requests.assignedTo))
    .where(
      inArray(
        requests.id,
        Array.from({ length: CARDS_AT_ONCE }, (_, index) => sql.placeholder(`id${String(index)}`)),
      ),
    )
    .prepare(),
)

/** The rows with these ids, in no order; ids without a row are left out. */
export function findCards(db: ReadableDb, ids: readonly RequestId[]): CardRow[] {
  const found: CardRow[] = []
  for (let from = 0; from < ids.length; from += CARDS_AT_ONCE) {
    const slots: Record<string, string | null> = {}
    for (let index = 0; index < CARDS_AT_ONCE; index += 1)
      slots[`id${String(index)}`] = ids[from + index] ?? null
    found.push(...cardsById(db).all(slots))
  }
  return found
}

const statusCounters = reading((orm) =>
  orm
    .select()
    .from(counters)
    .where(and(gt(counters.name, 'status:'), lt(counters.name, 'status;')))
    .prepare(),
)

/** How many requests stand in each status, from the counters kept with the rows. */
export function countByStatus(db: ReadableDb): Map<Status, number> {
  // The names after the prefix are statuses: the trigger writes no others.
  return new Map(
    statusCounters(db)
      .all()
      .map(({ name, value }) => [name.slice('status:'.length) as Status, value]),
  )
}

const archived = reading((orm) =>
  orm
    .select({
      id: requests.id,
      desk: requests.desk,
      sequence: requests.sequence,
      title: requests.title,
      location: requests.location,
      status: requests.status,
      priority: requests.priority,
      createdAt: requests.createdAt,
      endedAt: requests.endedAt,
      assigneeName: users.name,
    })
    .from(requests)
    .leftJoin(users, eq(users.id, requests.assignedTo))
    .where(
      and(
        isNotNull(requests.endedAt),
        sql`(${requests.endedAt}, ${requests.id}) < (${sql.placeholder('endedAt')}, ${sql.placeholder('id')})`,
      ),
    )
    .orderBy(desc(requests.endedAt), desc(requests.id))
    .limit(limitPlaceholder())
    .prepare(),
)

/** Later than any instant and any id: the start of the archive, which is read from its newest end. */
const NEWEST = { endedAt: Number.MAX_SAFE_INTEGER, id: '~' }

/** Up to `limit` ended requests, newest first, after the given place. */
export function findArchived(
  db: ReadableDb,
  after: { readonly endedAt: number; readonly id: string } | null,
  limit: number,
) {
  return archived(db).all({ limit, ...(after ?? NEWEST) })
}

const ofReporter = reading((orm) =>
  orm
    .select()
    .from(requests)
    .where(and(eq(requests.userId, sql.placeholder('userId')), isNull(requests.endedAt)))
    .orderBy(desc(requests.createdAt))
    .limit(limitPlaceholder())
    .prepare(),
)

/** The newest requests of a resident that are not over. */
export function findOpenOf(db: ReadableDb, userId: PersonId, limit: number): Request[] {
  return ofReporter(db).all({ userId, limit })
}

const sentBetween = reading((orm) =>
  orm
    .select({ count: sql<number>`count(*)` })
    .from(requests)
    .where(
      and(
        eq(requests.userId, sql.placeholder('userId')),
        sql`${requests.createdAt} between ${sql.placeholder('from')} and ${sql.placeholder('to')}`,
      ),
    )
    .prepare(),
)

/** How many requests a resident made in a span of time, UTC ms. */
export function countOf(db: ReadableDb, userId: PersonId, from: number, to: number): number {
  return sentBetween(db).get({ userId, from, to })?.count ?? 0
}

const jobs = reading((orm) =>
  orm
    .select()
    .from(requests)
    .where(
      and(
        eq(requests.assignedTo, sql.placeholder('userId')),
        inArray(requests.status, ['ASSIGNED', 'IN_PROGRESS', 'ON_HOLD']),
      ),
    )
    .limit(limitPlaceholder())
    .prepare(),
)

/** The jobs that a technician has on hand. */
export function findJobsOf(db: ReadableDb, userId: PersonId, limit: number): Request[] {
  return jobs(db).all({ userId, limit })
}

const unanswered = reading((orm) =>
  orm
    .select()
    .from(requests)
    .where(and(sql`${requests.status} = 'RESOLVED'`, lte(requests.completedAt, sql.placeholder('before'))))
    .orderBy(asc(requests.completedAt))
    .limit(limitPlaceholder())
    .prepare(),
)

/** Resolved requests that nobody has confirmed since before the given instant. */
export function findResolvedBefore(db: ReadableDb, before: number, limit: number): Request[] {
  return unanswered(db).all({ before, limit })
}

const takeNumber = writing((orm) =>
  orm
    .insert(counters)
    .values({ name: 'sequence', value: 1 })
    .onConflictDoUpdate({ target: counters.name, set: { value: sql`${counters.value} + 1` } })
    .returning({ value: counters.value })
    .prepare(),
)

/** The next number for a request of this desk; numbers are never given twice. */
export function nextSequence(db: WritableDb): number {
  return takeNumber(db).get().value
}
