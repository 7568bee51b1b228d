import type { TroubleCode, TroubleFacts } from '../../shared/model/trouble'
import {
  CopyFailed,
  DatabaseFromTheFuture,
  MigrationError,
  type MigrationErrorCode,
  NotEnoughSpace,
} from '../db/migrations/errors'

/** The data are not opened, for a reason that a person can be told. Nothing was changed. */
export class Trouble extends Error {
  override readonly name = 'Trouble'
  readonly code: TroubleCode
  readonly facts: TroubleFacts

  constructor(code: TroubleCode, facts: TroubleFacts = {}, options?: ErrorOptions) {
    super(`The data are not opened: ${code}`, options)
    this.code = code
    this.facts = facts
  }
}

const OF_MIGRATION: Readonly<Record<MigrationErrorCode, TroubleCode>> = {
  'foreign-database': 'not-ours',
  'newer-database': 'newer',
  'broken-ledger': 'changed-history',
  'changed-history': 'changed-history',
  'bad-target': 'program-incomplete',
  'bad-migration-files': 'program-incomplete',
  'not-reversible': 'migration-failed',
  'not-enough-space': 'disk-full',
  'copy-failed': 'no-backup',
  'migration-failed': 'migration-failed',
}

// What SQLite and the file system say, by the beginning of the code; the first that fits.
const OF_SYSTEM: readonly (readonly [RegExp, TroubleCode])[] = [
  [/^SQLITE_NOTADB/u, 'not-a-database'],
  [/^SQLITE_CORRUPT/u, 'damaged'],
  [/^SQLITE_(?:BUSY|LOCKED)|^EBUSY/u, 'locked'],
  [/^SQLITE_READONLY|^EROFS/u, 'read-only'],
  [/^SQLITE_FULL|^ENOSPC|^EDQUOT/u, 'disk-full'],
  [/^SQLITE_IOERR|^EIO/u, 'disk-error'],
  [/^SQLITE_(?:CANTOPEN|PERM|AUTH)|^EACCES|^EPERM/u, 'no-permission'],
]

/** The trouble that an error of SQLite or of the file system means; null for any other error. */
export function systemTrouble(error: unknown): TroubleCode | null {
  if (!(error instanceof Error)) return null
  const code = 'code' in error ? String(error.code) : ''
  const known = OF_SYSTEM.find(([pattern]) => pattern.test(code))
  if (known) return known[1]
  return error.cause === undefined ? null : systemTrouble(error.cause)
}

/** What a failed opening means for people. Every error has a code; the unforeseen ones have `unknown`. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof Trouble) return error
  if (error instanceof MigrationError) return migrationTrouble(error)
  return new Trouble(systemTrouble(error) ?? 'unknown', {}, { cause: error })
}

function migrationTrouble(error: MigrationError): Trouble {
  const options = { cause: error }
  if (error instanceof DatabaseFromTheFuture)
    return new Trouble('newer', { writtenBy: error.appVersion ?? '' }, options)
  if (error instanceof NotEnoughSpace)
    return new Trouble('disk-full', { neededBytes: error.neededBytes, freeBytes: error.freeBytes }, options)
  // Why the upgrade or its copy failed says more than that it did.
  const why = error.cause === undefined ? null : systemTrouble(error.cause)
  if (why !== null && (why !== 'no-permission' || !(error instanceof CopyFailed)))
    return new Trouble(why, {}, options)
  return new Trouble(OF_MIGRATION[error.code], {}, options)
}
