import { mkdirSync, statfsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Sqlite } from '../connection'
import { countRows, tablesOf } from './content'
import { BadTarget, NotEnoughSpace, NotReversible } from './errors'
import { EMPTY_SCHEMA } from './fingerprint'
import { dataVersionOf, type GuardedStep, runGuarded, type TransactionStep } from './guarded-step'
import { type AppliedMigration, checkHistory, metaOf, recordApplied, recordTakenBack } from './ledger'
import type { Migration, MigrationMeta, RowChange } from './migration-files'
import { statementsOf } from './sql-text'
import { type CopyStep, copyVerified, findCopy } from './verified-copy'

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
export type MigrateOptions = {
  /** The migrations of this program: see readMigrations. */
  readonly migrations: readonly Migration[]
  readonly appVersion: string
  /** The present, in UTC milliseconds. */
  readonly now: () => number
  /** Folder that takes the copy made before. */
  readonly copyTo: string
  /** Bytes that can still be written to the disk of a folder; asks the disk when left out. */
  readonly freeBytes?: (folder: string) => number
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

type PlannedStep = Omit<GuardedStep, 'record' | 'onStep'> & {
  readonly record: (sqlite: Sqlite, backupFile: string | null, durationMs: number) => void
}
type Plan = { readonly from: number; readonly to: number; readonly steps: readonly PlannedStep[] }

/** Room for the copy, for the journal of the migration and for some more, in sizes of the database. */
const ROOM = 2.5

function freeOnDisk(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

function sizeOf(sqlite: Sqlite): number {
  const pages = Number(sqlite.pragma('page_count', { simple: true }))
  return pages * Number(sqlite.pragma('page_size', { simple: true }))
}

function checkSpace(sqlite: Sqlite, { copyTo, freeBytes = freeOnDisk }: MigrateOptions): void {
  const needed = Math.ceil(sizeOf(sqlite) * ROOM)
  const folders = sqlite.memory ? [copyTo] : [copyTo, dirname(sqlite.name)]
  for (const folder of folders) {
    const free = freeBytes(folder)
    if (free < needed) throw new NotEnoughSpace(folder, needed, free)
  }
}

/** The name of the copy before a change of versions begins so; no rotation may remove such a file. */
function pinnedName({ from, to }: Plan): string {
  const [start, end] = [from, to].map((count) => String(count).padStart(4, '0'))
  return `pre-migration-${String(start)}-${String(end)}-`
}

/** Copies a database that holds anything. A good copy of an earlier attempt serves again, or failed starts would fill the disk. */
function copyBefore(
  sqlite: Sqlite,
  plan: Plan,
  options: MigrateOptions,
  onStep: (step: CopyStep) => void,
): string | null {
  const holdsData = plan.from > 0 && tablesOf(sqlite).some((table) => countRows(sqlite, table) > 0)
  if (!holdsData) return null
  mkdirSync(options.copyTo, { recursive: true })
  const known = findCopy(sqlite, options.copyTo, pinnedName(plan))
  if (known !== null) return known
  checkSpace(sqlite, options)
  const time = new Date(options.now()).toISOString().replaceAll(/[-:.]/g, '')
  const name = `${pinnedName(plan)}${time}.db`
  copyVerified(sqlite, join(options.copyTo, name), onStep)
  return name
}

function carryOut(sqlite: Sqlite, plan: Plan, options: MigrateOptions): MigrateResult {
  const { from, to, steps } = plan
  const tell = (step: MigrationProgress['step'], migration: string | null, done: number) => {
    options.onProgress?.({ step, migration, done, of: steps.length })
  }
  if (steps.length === 0) return { from, to, backupFile: null }
  const dataVersion = dataVersionOf(sqlite)
  const backupFile = copyBefore(sqlite, plan, options, (step) => {
    tell(step, null, 0)
  })
  for (const [index, { record, ...step }] of steps.entries()) {
    const guarded: GuardedStep = {
      ...step,
      record: (durationMs) => {
        record(sqlite, backupFile, durationMs)
      },
      onStep: (at) => {
        tell(at, step.migration, at === 'committed' ? index + 1 : index)
      },
    }
    runGuarded(sqlite, guarded, dataVersion)
  }
  return { from, to, backupFile }
}

function wayUp(migration: Migration, { appVersion, now }: MigrateOptions): PlannedStep {
  const { version, name, up, upSha256, down, meta } = migration
  return {
    migration: name,
    statements: statementsOf(up),
    rowChanges: meta.rowChanges ?? {},
    mayDropTables: false,
    schemaAfter: meta.schemaAfter,
    record: (sqlite, backupFile, durationMs) => {
      const text = JSON.stringify(meta)
      const row = { version, name, upSha256, downSql: down, meta: text, appVersion, durationMs, backupFile }
      recordApplied(sqlite, { ...row, appliedAt: now() })
    },
  }
}

function opposite(change: RowChange): RowChange {
  if (typeof change === 'number') return -change
  if (change === 'any') return 'any'
  return change === 'more' ? 'fewer' : 'more'
}

function changesDown({ rowChanges = {}, rowChangesDown }: MigrationMeta): GuardedStep['rowChanges'] {
  if (rowChangesDown !== undefined) return rowChangesDown
  return Object.fromEntries(Object.entries(rowChanges).map(([table, change]) => [table, opposite(change)]))
}

function wayDown(applied: AppliedMigration, below: AppliedMigration | undefined): PlannedStep {
  const meta = metaOf(applied)
  return {
    migration: applied.name,
    statements: statementsOf(applied.downSql),
    rowChanges: changesDown(meta),
    mayDropTables: meta.reversible === 'lossy',
    schemaAfter: below === undefined ? EMPTY_SCHEMA : metaOf(below).schemaAfter,
    record: (sqlite) => {
      recordTakenBack(sqlite, applied.version)
    },
  }
}

function checkTarget(to: number, lowest: number, highest: number): void {
  if (!Number.isInteger(to) || to < lowest || to > highest)
    throw new BadTarget(
      `Version ${String(to)} is not between ${String(lowest)} and ${String(highest)}, which can be reached`,
    )
}

/**
 * Brings a database, new or old, to the program's version, a transaction for each migration, after a verified
 * copy when it holds data. Costs next to nothing when there is nothing to do. Throws a MigrationError; the
 * database then holds what it held before, or the migrations that had finished, and foreign keys are on.
 */
export function upgrade(sqlite: Sqlite, options: UpgradeOptions): MigrateResult {
  const { migrations } = options
  const from = checkHistory(sqlite, migrations).length
  const to = options.to ?? migrations.length
  checkTarget(to, from, migrations.length)
  const steps = migrations.slice(from, to).map((migration) => wayUp(migration, options))
  return carryOut(sqlite, { from, to, steps }, options)
}

/**
 * Takes migrations back with the way down that each left in the database, so that an older program can do it
 * too. Same guards and errors as upgrade; NotReversible when there is no way down, or when it loses data and
 * acceptLoss is not set.
 */
export function downgrade(sqlite: Sqlite, options: DowngradeOptions): MigrateResult {
  const applied = checkHistory(sqlite, options.migrations, { mayBeNewer: true })
  const from = applied.length
  checkTarget(options.to, 0, from)
  const going = applied.slice(options.to)
  for (const row of going) {
    const { reversible } = metaOf(row)
    if (reversible === false) throw new NotReversible(row.name, false)
    if (reversible === 'lossy' && options.acceptLoss !== true) throw new NotReversible(row.name, true)
  }
  const steps = going.map((row) => wayDown(row, applied[row.version - 1])).reverse()
  return carryOut(sqlite, { from, to: options.to, steps }, options)
}
