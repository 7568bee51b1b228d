import { must } from '../../shared/model/refusal'
import { asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { AlertDetails } from '../../shared/model/alerts'
import type { Unassigned } from '../domain/alert-rules'
import type { TrackedAlert } from '../domain/alert-steps'
import { numberOf } from '../domain/request'
import { type ReadableDb, reading, touch, type WritableDb, writing } from './database'
import { columnsAsPlaceholders, fixedLimit } from './placeholders'
import { alerts } from './schema/health'
import { requests } from './schema/office'
import { listening, outbox } from './schema/telegram'

/** How many alerts that are over are kept. */
export const PAST_ALERTS_KEPT = 200
const PAST_ALERTS_SHOWN = 20

/** An alert with its row. */
export type StoredAlert = TrackedAlert & { readonly id: number }

type Row = typeof alerts.$inferSelect

const openRows = reading((orm) =>
  orm.select().from(alerts).where(isNull(alerts.endedAt)).orderBy(asc(alerts.key)).prepare(),
)
const pastRows = reading((orm) =>
  orm
    .select()
    .from(alerts)
    .where(isNotNull(alerts.endedAt))
    .orderBy(desc(alerts.id))
    .limit(fixedLimit(PAST_ALERTS_SHOWN))
    .prepare(),
)
const byId = reading((orm) =>
  orm
    .select()
    .from(alerts)
    .where(eq(alerts.id, sql.placeholder('id')))
    .prepare(),
)
const toldSince = reading((orm) =>
  orm
    .select({ count: sql<number>`count(*)` })
    .from(alerts)
    .where(sql`${alerts.toldAt} >= ${sql.placeholder('since')}`)
    .prepare(),
)

function alertOf({ details, ...row }: Row): StoredAlert {
  return { ...row, details: AlertDetails.parse(JSON.parse(details)) }
}

/** Every alert that has not ended, raised or still waiting to be. */
export function findOpenAlerts(db: ReadableDb): StoredAlert[] {
  return openRows(db).all().map(alertOf)
}

/** The alerts that ended last, newest first. */
export function findPastAlerts(db: ReadableDb): StoredAlert[] {
  return pastRows(db).all().map(alertOf)
}

/** The alert with this id, or undefined. */
export function findAlert(db: ReadableDb, id: number): StoredAlert | undefined {
  const row = byId(db).get({ id })
  return row && alertOf(row)
}

/** How many alerts were told since an instant. */
export function countToldSince(db: ReadableDb, since: number): number {
  return must(toldSince(db).get({ since }), 'the counted row').count
}

const insertRow = writing((orm) => {
  const { id: _assignedBySqlite, ...rest } = columnsAsPlaceholders(alerts)
  return orm.insert(alerts).values(rest).returning({ id: alerts.id }).prepare()
})
const updateRow = writing((orm) => {
  const { id, ...rest } = columnsAsPlaceholders(alerts)
  // drizzle's types know no placeholders in `set`, though its builder takes them.
  const set = rest as unknown as Partial<typeof alerts.$inferInsert>
  return orm.update(alerts).set(set).where(eq(alerts.id, id)).prepare()
})
const removeRow = writing((orm) =>
  orm
    .delete(alerts)
    .where(eq(alerts.id, sql.placeholder('id')))
    .prepare(),
)
const removePast = writing((orm) =>
  orm
    .delete(alerts)
    .where(
      sql`${alerts.endedAt} is not null and ${alerts.id} not in
        (select id from alerts where ended_at is not null order by id desc limit ${sql.raw(String(PAST_ALERTS_KEPT))})`,
    )
    .prepare(),
)

/** Writes a new alert and gives its id. Throws when one of its kind is open. */
export function addAlert(db: WritableDb, alert: TrackedAlert): number {
  touch(db, 'alerts')
  const row = insertRow(db).get({ ...alert, details: JSON.stringify(alert.details) })
  return row.id
}

/** Writes an alert as it is now; of those that are over only the newest are kept. */
export function saveAlert(db: WritableDb, alert: StoredAlert): void {
  updateRow(db).run({ ...alert, details: JSON.stringify(alert.details) })
  if (alert.endedAt !== null) removePast(db).run()
  touch(db, 'alerts')
}

/** Forgets an alert that never counted. */
export function removeAlert(db: WritableDb, id: number): void {
  removeRow(db).run({ id })
}

const unassigned = {
  id: requests.id,
  desk: requests.desk,
  sequence: requests.sequence,
  at: requests.createdAt,
}
const isUnassigned = sql`${requests.status} = 'OPEN' and ${requests.endedAt} is null`
const longestUnassigned = reading((orm) =>
  orm
    .select(unassigned)
    .from(requests)
    .where(isUnassigned)
    .orderBy(asc(requests.createdAt))
    .limit(fixedLimit(1))
    .prepare(),
)
const longestUrgent = reading((orm) =>
  orm
    .select(unassigned)
    .from(requests)
    .where(sql`${isUnassigned} and ${requests.priority} = 'URGENT'`)
    .orderBy(asc(requests.createdAt))
    .limit(fixedLimit(1))
    .prepare(),
)

/** The requests that wait longest for somebody, the urgent one and whichever. */
export function findLongestUnassigned(db: ReadableDb): {
  readonly urgent: Unassigned | null
  readonly any: Unassigned | null
} {
  const named = (row: ReturnType<ReturnType<typeof longestUnassigned>['get']>): Unassigned | null =>
    row ? { id: row.id, number: numberOf(row), at: row.at } : null
  return { urgent: named(longestUrgent(db).get()), any: named(longestUnassigned(db).get()) }
}

const retrying = reading((orm) =>
  orm
    .select({ since: sql<number | null>`min(${outbox.createdAt})` })
    .from(outbox)
    // The second condition is always so: with it SQLite says that it searches the index instead of scanning it.
    .where(sql`${outbox.state} = 'pending' and ${outbox.notBefore} > 0 and ${outbox.attempts} > 0`)
    .prepare(),
)

/** When the oldest message that was tried in vain and still waits was written, UTC ms; each try puts it off anew. */
export function retryingSince(db: ReadableDb): number | null {
  return must(retrying(db).get(), 'the counted row').since
}

const lastHeard = reading((orm) =>
  orm
    .select({ at: sql<number | null>`max(${listening.lastOkAt})` })
    .from(listening)
    .prepare(),
)

/** When Telegram last answered any bot of this desk; null before the first time. */
export function lastHeardAt(db: ReadableDb): number | null {
  return must(lastHeard(db).get(), 'the counted row').at
}
