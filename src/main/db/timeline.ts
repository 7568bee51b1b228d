import { and, asc, eq, sql } from 'drizzle-orm'
import type { RequestId } from '../../shared/model/ids'
import { type ReadableDb, reading } from './database'
import { changes } from './schema/desk'

const ofRequest = reading((orm) =>
  orm
    .select({
      seq: changes.seq,
      deviceId: changes.deviceId,
      patch: changes.patch,
      actor: changes.actor,
      at: changes.at,
    })
    .from(changes)
    .where(and(sql`${changes.tableName} = 'requests'`, eq(changes.rowId, sql.placeholder('id'))))
    .orderBy(asc(changes.at), asc(changes.seq))
    .prepare(),
)

/** One entry of the journal about a request. */
export type RequestChange = ReturnType<ReturnType<typeof ofRequest>['all']>[number]

/** Everything that happened to a request's own row, in order. */
export function findChanges(db: ReadableDb, id: RequestId): RequestChange[] {
  return ofRequest(db).all({ id })
}
