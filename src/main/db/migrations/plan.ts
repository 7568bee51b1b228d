import { EMPTY_SCHEMA } from './fingerprint'
import type { GuardedStep } from './guarded-step'
import { type AppliedMigration, metaOf } from './ledger'
import type { Migration, MigrationMeta, RowChange } from './migration-files'
import { statementsOf } from './sql-text'

/** What a step writes into the ledger: an entry without what is known only when it runs, or that one is gone. */
type LedgerEntry =
  | {
      readonly kind: 'up'
      readonly row: Pick<AppliedMigration, 'version' | 'name' | 'upSha256' | 'downSql' | 'meta'>
    }
  | { readonly kind: 'down'; readonly version: number }

/** One migration that a run is going to carry out. */
export type PlannedStep = Omit<GuardedStep, 'record' | 'onStep'> & { readonly entry: LedgerEntry }

/** A whole run: how many migrations the file has had before and after, and the steps between. */
export type Plan = { readonly from: number; readonly to: number; readonly steps: readonly PlannedStep[] }

/** The name of the copy before a change of versions begins so; no rotation may remove such a file. */
export function pinnedName({ from, to }: Pick<Plan, 'from' | 'to'>): string {
  const [start, end] = [from, to].map((count) => String(count).padStart(4, '0'))
  return `pre-migration-${String(start)}-${String(end)}-`
}

/** How a migration is run. */
export function wayUp({ version, name, up, upSha256, down, meta }: Migration): PlannedStep {
  return {
    migration: name,
    statements: statementsOf(up),
    rowChanges: meta.rowChanges ?? {},
    mayDropTables: false,
    schemaAfter: meta.schemaAfter,
    entry: { kind: 'up', row: { version, name, upSha256, downSql: down, meta: JSON.stringify(meta) } },
  }
}

function opposite(change: RowChange): RowChange {
  if (typeof change === 'number') return -change
  if (change === 'any') return 'any'
  return change === 'more' ? 'fewer' : 'more'
}

/** How the numbers of rows may change on the way down. */
export function changesDown({ rowChanges = {}, rowChangesDown }: MigrationMeta): GuardedStep['rowChanges'] {
  if (rowChangesDown !== undefined) return rowChangesDown
  return Object.fromEntries(Object.entries(rowChanges).map(([table, change]) => [table, opposite(change)]))
}

/** How an applied migration is taken back; below: the one before it, if there is one. */
export function wayDown(applied: AppliedMigration, below: AppliedMigration | undefined): PlannedStep {
  const meta = metaOf(applied)
  return {
    migration: applied.name,
    statements: statementsOf(applied.downSql),
    rowChanges: changesDown(meta),
    mayDropTables: meta.reversible === 'lossy',
    schemaAfter: below === undefined ? EMPTY_SCHEMA : metaOf(below).schemaAfter,
    entry: { kind: 'down', version: applied.version },
  }
}
