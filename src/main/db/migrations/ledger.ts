import type { Sqlite } from '../connection'
import { BrokenLedger, ChangedHistory, DatabaseFromTheFuture, ForeignDatabase } from './errors'
import { LEDGER } from './fingerprint'
import { type Migration, type MigrationMeta, parseMeta } from './migration-files'

/** Marks the file as this program's: "FDSP" in ASCII. SQLite keeps it in the header for `file` and the like. */
export const APPLICATION_ID = 0x46_44_53_50

/** A migration that the file has had, as the file tells it. */
export type AppliedMigration = {
  readonly version: number
  readonly name: string
  readonly upSha256: string
  readonly downSql: string
  readonly meta: string
  /** UTC milliseconds. */
  readonly appliedAt: number
  readonly appVersion: string
  readonly durationMs: number
  /** Name of the copy made before it, in the folder of backups; null when there was nothing to copy. */
  readonly backupFile: string | null
}

function hasLedger(sqlite: Sqlite): boolean {
  return (
    sqlite.prepare("select 1 from sqlite_schema where type = 'table' and name = ?").get(LEDGER) !== undefined
  )
}

/** The migrations that the file has had, in order; empty for a new file. */
export function readLedger(sqlite: Sqlite): readonly AppliedMigration[] {
  if (!hasLedger(sqlite)) return []
  return sqlite
    .prepare<[], AppliedMigration>(
      `select version, name, up_sha256 as upSha256, down_sql as downSql, meta, applied_at as appliedAt,
       app_version as appVersion, duration_ms as durationMs, backup_file as backupFile
       from ${LEDGER} order by version`,
    )
    .all()
}

/** What an applied migration declared about itself. Throws BrokenLedger. */
export function metaOf(applied: AppliedMigration): MigrationMeta {
  try {
    return parseMeta(applied.name, applied.meta)
  } catch (cause) {
    throw new BrokenLedger(`The ledger's entry of ${applied.name} is unreadable`, { cause })
  }
}

/** How many migrations the header says the file has had. Throws ForeignDatabase. */
function countInHeader(sqlite: Sqlite): number {
  const id = sqlite.pragma('application_id', { simple: true })
  const count = Number(sqlite.pragma('user_version', { simple: true }))
  if (id === APPLICATION_ID) return count
  if (id !== 0) throw new ForeignDatabase(`The database has the application_id ${String(id)}, not ours`)
  if (count !== 0 || sqlite.prepare('select 1 from sqlite_schema').get() !== undefined)
    throw new ForeignDatabase('The database has content, but no application_id')
  return count
}

function checkEntry(row: AppliedMigration, index: number, known: Migration | undefined): void {
  if (row.version !== index) throw new BrokenLedger(`The ledger lacks migration ${String(index)}`)
  if (known !== undefined && (known.name !== row.name || known.upSha256 !== row.upSha256))
    throw new ChangedHistory(`The database has had another ${row.name} than the one in this program`)
}

/**
 * Reads what the file has had and compares it with the program. Fast enough for every start.
 * Throws ForeignDatabase, DatabaseFromTheFuture (unless mayBeNewer), BrokenLedger or ChangedHistory.
 */
export function checkHistory(
  sqlite: Sqlite,
  migrations: readonly Migration[],
  { mayBeNewer = false }: { readonly mayBeNewer?: boolean } = {},
): readonly AppliedMigration[] {
  const counted = countInHeader(sqlite)
  const applied = readLedger(sqlite)
  const found = Math.max(counted, applied.length)
  if (found > migrations.length && !mayBeNewer)
    throw new DatabaseFromTheFuture(found, migrations.length, applied.at(-1)?.appVersion ?? null)
  if (counted !== applied.length)
    throw new BrokenLedger(
      `The header counts ${String(counted)} migrations, the ledger ${String(applied.length)}`,
    )
  for (const [index, row] of applied.entries()) checkEntry(row, index, migrations[index])
  return applied
}

/** What marks the header of a file that has had so many migrations. */
export function headerPragmas(count: number): readonly string[] {
  return [`application_id = ${String(APPLICATION_ID)}`, `user_version = ${String(count)}`]
}

/** Writes into the header how many migrations the file has had, in the transaction that changes the ledger. */
export function setCount(sqlite: Sqlite, count: number): void {
  for (const pragma of headerPragmas(count)) sqlite.pragma(pragma)
}

/** Makes the ledger of a new file. */
export const CREATE_LEDGER = `create table if not exists ${LEDGER} (
  version integer primary key not null,
  name text not null,
  up_sha256 text not null,
  down_sql text not null,
  meta text not null,
  applied_at integer not null,
  app_version text not null,
  duration_ms integer not null,
  backup_file text
) strict`

/** Notes an applied migration, given as an AppliedMigration. */
export const INSERT_APPLIED = `insert into ${LEDGER} values
(@version, @name, @upSha256, @downSql, @meta, @appliedAt, @appVersion, @durationMs, @backupFile)`

/** Notes an applied migration, in the transaction that applied it. */
export function recordApplied(sqlite: Sqlite, row: AppliedMigration): void {
  sqlite.exec(CREATE_LEDGER)
  sqlite.prepare<AppliedMigration>(INSERT_APPLIED).run(row)
  setCount(sqlite, row.version + 1)
}

/** Strikes out a migration, given its version. */
export const DELETE_APPLIED = `delete from ${LEDGER} where version = @version`

/** Strikes out a migration, in the transaction that took it back. */
export function recordTakenBack(sqlite: Sqlite, version: number): void {
  sqlite.prepare(DELETE_APPLIED).run({ version })
  setCount(sqlite, version)
}
