import type { Database } from './db/database'
import { inContext } from './telemetry/context'
import type { Log } from './telemetry/log'

/** Logs what happened to each request once it has been committed, with the update or call that has caused it. */
export function logChanges(database: Pick<Database, 'onCommit'>, log: Log): () => void {
  return database.onCommit(({ changes }) => {
    for (const { requestId, number, isNew, status, columns, context } of changes) {
      const about = { scope: 'requests', requestId, requestNumber: number, status }
      inContext(context, () => {
        if (isNew) log.info(about, 'A request was created')
        else log.info({ ...about, columns: columns.join(',') }, 'A request was changed')
      })
    }
  })
}
