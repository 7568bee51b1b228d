import { wayBackProblem, withTables } from './drift'
import { takesAway } from './loss'
import type { Migration } from './migration-files'
import { tokensOf } from './sql-text'

/** Judges the newest of these migrations, whose way down a tool has made: what is wrong with it, and whether it takes anything away. */
export function problemOfRevision(migrations: readonly Migration[]): {
  readonly problem: string | null
  readonly takesAway: boolean
} {
  const last = migrations.at(-1)
  if (last === undefined || tokensOf(last.down).length === 0)
    return { problem: 'there is no way back yet', takesAway: false }
  const [problem = null] = wayBackProblem(migrations)
  if (problem !== null) return { problem, takesAway: false }
  return { problem, takesAway: withTables(migrations, (sqlite) => takesAway(sqlite, last.down)) }
}
