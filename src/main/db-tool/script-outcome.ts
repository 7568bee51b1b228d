import type { Outcome } from '../command-line/command'
import { openSqlite, type Sqlite } from '../db/connection'
import { holdsData } from '../db/migrations/copy-before'
import { type Plan, pinnedName } from '../db/migrations/plan'
import { scriptOf } from '../db/migrations/script'
import type { ToolDeps } from './deps'
import type { Place } from './open'

/** What a run would do to the file, or to a new one, as a script. */
export function scriptOutcome(
  sqlite: Sqlite | null,
  { file }: Place,
  { appVersion }: ToolDeps,
  plan: (sqlite: Sqlite) => Plan,
): Outcome {
  const planned = sqlite === null ? withNewFile(plan) : plan(sqlite)
  // Its name will end with the time of the run.
  const copyName = sqlite !== null && holdsData(sqlite) ? `${pinnedName(planned)}<time>.db` : null
  const lines = scriptOf(planned, { appVersion, copyName })
  return { isGood: true, lines, data: { file, sql: lines.join('\n') } }
}

function withNewFile(plan: (sqlite: Sqlite) => Plan): Plan {
  const empty = openSqlite(':memory:')
  try {
    return plan(empty)
  } finally {
    empty.close()
  }
}
