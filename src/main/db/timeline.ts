import { and, eq, sql } from 'drizzle-orm'
import type { RequestId } from '../../shared/model/ids'
import { type ReadableDb, reading } from './database'
import { changes } from './schema/desk'

const ofRequest = reading((orm) =>
  orm
    .select({
      seq: changes.seq,
      deviceId: changes.deviceId,
      hlc: changes.hlc,
      patch: changes.patch,
      actor: changes.actor,
      at: changes.at,
    })
    .from(changes)
    .where(and(sql`${changes.tableName} = 'requests'`, eq(changes.rowId, sql.placeholder('id'))))
    .prepare(),
)

/** One entry of the journal about a request. */
export type RequestChange = ReturnType<ReturnType<typeof ofRequest>['all']>[number]

/** Everything that happened to a request's own row, in the order in which it happened. */
export function findChanges(db: ReadableDb, id: RequestId): RequestChange[] {
  // Not by `at`: Telegram's clock may be ahead of this computer's, and each entry builds on the one before.
  return ofRequest(db)
    .all({ id })
    .sort((a, b) => (a.hlc < b.hlc ? -1 : 1))
}
