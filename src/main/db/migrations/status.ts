import type { Sqlite } from '../connection'
import { MigrationError, type MigrationErrorCode } from './errors'
import { schemaFingerprint } from './fingerprint'
import { type AppliedMigration, checkHistory, metaOf, readLedger } from './ledger'
import type { Migration, MigrationMeta } from './migration-files'

/** One migration as the program and the file know it. */
export type HistoryEntry = {
  readonly version: number
  readonly name: string
  readonly kind: MigrationMeta['kind']
  readonly reversible: MigrationMeta['reversible']
  /** What the file says of it; null when it has not had it. */
  readonly applied: Pick<AppliedMigration, 'appliedAt' | 'appVersion' | 'durationMs' | 'backupFile'> | null
  /** Whether what the file has had is what this program has; unknown when the program does not have it. */
  readonly file: 'same' | 'changed' | 'unknown'
}

/** Where a database file stands. */
export type DatabaseStatus = {
  /** How many migrations it has had, and how many the program has. */
  readonly applied: number
  readonly known: number
  /** All migrations of both, in order. */
  readonly history: readonly HistoryEntry[]
  /** Why the program would not open it; null when it would. */
  readonly problem: { readonly code: MigrationErrorCode; readonly message: string } | null
  /** Whether its tables are those of its version; null when its version is not known. */
  readonly isTrue: boolean | null
}

function problemOf(sqlite: Sqlite, migrations: readonly Migration[]): DatabaseStatus['problem'] {
  try {
    checkHistory(sqlite, migrations)
    return null
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error
    return { code: error.code, message: error.message }
  }
}

function entryOf(row: AppliedMigration | undefined, known: Migration | undefined): readonly HistoryEntry[] {
  if (row === undefined) {
    if (known === undefined) return []
    const { version, name, meta } = known
    return [{ version, name, kind: meta.kind, reversible: meta.reversible, applied: null, file: 'same' }]
  }
  const { version, name, appliedAt, appVersion, durationMs, backupFile } = row
  const { kind, reversible } = metaOf(row)
  const isSame = known?.name === name && known.upSha256 === row.upSha256
  const file = known === undefined ? 'unknown' : isSame ? 'same' : 'changed'
  return [
    {
      version,
      name,
      kind,
      reversible,
      applied: { appliedAt, appVersion, durationMs, backupFile },
      file,
    },
  ]
}

/** The tables that a file with this history should have; null when that is not known. */
function promisedSchema(ledger: readonly AppliedMigration[]): string | null {
  const last = ledger.at(-1)
  return last === undefined ? null : metaOf(last).schemaAfter
}

/** Reads where a database stands, changing nothing. Null stands for a file that is not there yet. Throws BrokenLedger. */
export function statusOf(sqlite: Sqlite | null, migrations: readonly Migration[]): DatabaseStatus {
  const ledger = sqlite === null ? [] : readLedger(sqlite)
  const problem = sqlite === null ? null : problemOf(sqlite, migrations)
  const promised = promisedSchema(ledger)
  const count = Math.max(ledger.length, migrations.length)
  return {
    applied: ledger.length,
    known: migrations.length,
    history: Array.from({ length: count }, (_, index) => index).flatMap((index) =>
      entryOf(ledger[index], migrations[index]),
    ),
    problem,
    isTrue: sqlite === null || promised === null ? null : schemaFingerprint(sqlite) === promised,
  }
}
