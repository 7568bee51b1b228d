import type { Sqlite } from '../connection'
import { copyBefore, type CopyOptions } from './copy-before'
import { BadTarget, NotReversible } from './errors'
import { dataVersionOf, type GuardedStep, runGuarded, type TransactionStep } from './guarded-step'
import { type AppliedMigration, checkHistory, metaOf, recordApplied, recordTakenBack } from './ledger'
import type { Migration } from './migration-files'
import { pinnedName, type Plan, type PlannedStep, wayDown, wayUp } from './plan'
import type { CopyStep } from './verified-copy'

/** Where a run stands: told before each step, so that a window can show it and a test can stop there. */
export type MigrationProgress = {
  readonly step: CopyStep | TransactionStep
  /** The migration in work; null while the copy is made. */
  readonly migration: string | null
  /** Migrations finished in this run, and all of this run. */
  readonly done: number
  readonly of: number
}

/** What every run needs. */
export type MigrateOptions = CopyOptions & {
  /** The migrations of this program: see readMigrations. */
  readonly migrations: readonly Migration[]
  readonly appVersion: string
  /** Must not throw, except to stop the run. */
  readonly onProgress?: (progress: MigrationProgress) => void
}

/** How a database is upgraded; to: how many migrations it shall have had, all of them when left out. */
export type UpgradeOptions = MigrateOptions & { readonly to?: number }

/** How a database is downgraded; to: how many migrations shall stay, 0 takes back everything. */
export type DowngradeOptions = MigrateOptions & {
  readonly to: number
  /** True once somebody has agreed to lose what only the newer version can hold. */
  readonly acceptLoss?: boolean
}

/** What a run did. */
export type MigrateResult = {
  /** How many migrations the database had had before, and has had now. */
  readonly from: number
  readonly to: number
  /** Name of the copy in copyTo; null when there was nothing to copy. */
  readonly backupFile: string | null
}

function record(
  sqlite: Sqlite,
  { entry }: PlannedStep,
  { appVersion, now }: MigrateOptions,
  known: Pick<AppliedMigration, 'durationMs' | 'backupFile'>,
): void {
  if (entry.kind === 'down') recordTakenBack(sqlite, entry.version)
  else recordApplied(sqlite, { ...entry.row, ...known, appVersion, appliedAt: now() })
}

function carryOut(sqlite: Sqlite, plan: Plan, options: MigrateOptions): MigrateResult {
  const { from, to, steps } = plan
  const tell = (step: MigrationProgress['step'], migration: string | null, done: number) => {
    options.onProgress?.({ step, migration, done, of: steps.length })
  }
  if (steps.length === 0) return { from, to, backupFile: null }
  const dataVersion = dataVersionOf(sqlite)
  const backupFile = copyBefore(sqlite, pinnedName(plan), options, (step) => {
    tell(step, null, 0)
  })
  for (const [index, step] of steps.entries()) {
    const guarded: GuardedStep = {
      ...step,
      record: (durationMs) => {
        record(sqlite, step, options, { durationMs, backupFile })
      },
      onStep: (at) => {
        tell(at, step.migration, at === 'committed' ? index + 1 : index)
      },
    }
    runGuarded(sqlite, guarded, dataVersion)
  }
  return { from, to, backupFile }
}

function checkTarget(to: number, lowest: number, highest: number): void {
  if (!Number.isInteger(to) || to < lowest || to > highest)
    throw new BadTarget(
      `Version ${String(to)} is not between ${String(lowest)} and ${String(highest)}, which can be reached`,
    )
}

/** What upgrade would do to this file: see there for what it throws. */
export function planUpgrade(
  sqlite: Sqlite,
  { migrations, to = migrations.length }: Pick<UpgradeOptions, 'migrations' | 'to'>,
): Plan {
  const from = checkHistory(sqlite, migrations).length
  checkTarget(to, from, migrations.length)
  return { from, to, steps: migrations.slice(from, to).map(wayUp) }
}

/** What downgrade would do to this file, whether or not it loses data. */
export function planDowngrade(
  sqlite: Sqlite,
  { migrations, to }: Pick<DowngradeOptions, 'migrations' | 'to'>,
): Plan & { readonly going: readonly AppliedMigration[] } {
  const applied = checkHistory(sqlite, migrations, { mayBeNewer: true })
  const from = applied.length
  checkTarget(to, 0, from)
  const going = applied.slice(to).reverse()
  return { from, to, going, steps: going.map((row) => wayDown(row, applied[row.version - 1])) }
}

/**
 * Brings a database, new or old, to the program's version, a transaction for each migration, after a verified
 * copy when it holds data. Costs next to nothing when there is nothing to do. Throws a MigrationError; the
 * database then holds what it held before, or the migrations that had finished, and foreign keys are on.
 */
export function upgrade(sqlite: Sqlite, options: UpgradeOptions): MigrateResult {
  return carryOut(sqlite, planUpgrade(sqlite, options), options)
}

/**
 * Takes migrations back with the way down that each left in the database, so that an older program can do it
 * too. Same guards and errors as upgrade; NotReversible when there is no way down, or when it loses data and
 * acceptLoss is not set.
 */
export function downgrade(sqlite: Sqlite, options: DowngradeOptions): MigrateResult {
  const plan = planDowngrade(sqlite, options)
  for (const row of plan.going) {
    const { reversible } = metaOf(row)
    if (reversible === false) throw new NotReversible(row.name, false)
    if (reversible === 'lossy' && options.acceptLoss !== true) throw new NotReversible(row.name, true)
  }
  return carryOut(sqlite, plan, options)
}
