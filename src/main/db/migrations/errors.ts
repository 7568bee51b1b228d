/** Every reason why a database file is not migrated; what people read for each is written elsewhere. */
export type MigrationErrorCode =
  | 'foreign-database'
  | 'newer-database'
  | 'broken-ledger'
  | 'changed-history'
  | 'bad-target'
  | 'bad-migration-files'
  | 'not-reversible'
  | 'not-enough-space'
  | 'copy-failed'
  | 'migration-failed'

/** A refused or failed migration. The file holds what it held before, or the migrations that had finished. */
export abstract class MigrationError extends Error {
  abstract readonly code: MigrationErrorCode
}

/** The file is a SQLite database, but of another program. */
export class ForeignDatabase extends MigrationError {
  override readonly name = 'ForeignDatabase'
  readonly code = 'foreign-database'
}

/** The file was written by a newer version of this program. */
export class DatabaseFromTheFuture extends MigrationError {
  override readonly name = 'DatabaseFromTheFuture'
  readonly code = 'newer-database'
  /** How many migrations the file has had, and how many this program knows. */
  readonly found: number
  readonly known: number
  /** Version of the program that last migrated the file; null when the file does not say. */
  readonly appVersion: string | null

  constructor(found: number, known: number, appVersion: string | null) {
    const by = appVersion === null ? 'a newer program' : `version ${appVersion} of the program`
    super(
      `The database has had ${String(found)} migrations by ${by}, but this one knows only ${String(known)}`,
    )
    this.found = found
    this.known = known
    this.appVersion = appVersion
  }
}

/** The list of applied migrations inside the file contradicts itself. */
export class BrokenLedger extends MigrationError {
  override readonly name = 'BrokenLedger'
  readonly code = 'broken-ledger'
}

/** A migration that this file has had is another one in this program. */
export class ChangedHistory extends MigrationError {
  override readonly name = 'ChangedHistory'
  readonly code = 'changed-history'
}

/** There is no such version to go to. */
export class BadTarget extends MigrationError {
  override readonly name = 'BadTarget'
  readonly code = 'bad-target'
}

/** The migration files of the program are incomplete or break a rule: a mistake of its makers. */
export class BadMigrationFiles extends MigrationError {
  override readonly name = 'BadMigrationFiles'
  readonly code = 'bad-migration-files'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('; '))
    this.problems = problems
  }
}

/** The way down is missing, or would lose data and nobody has agreed to that. */
export class NotReversible extends MigrationError {
  override readonly name = 'NotReversible'
  readonly code = 'not-reversible'
  readonly migration: string
  /** True when it can be done once somebody accepts the loss. */
  readonly lossy: boolean

  constructor(migration: string, lossy: boolean) {
    super(lossy ? `Taking back ${migration} loses data` : `${migration} cannot be taken back`)
    this.migration = migration
    this.lossy = lossy
  }
}

/** The disk has no room for the copy and the migration. */
export class NotEnoughSpace extends MigrationError {
  override readonly name = 'NotEnoughSpace'
  readonly code = 'not-enough-space'
  readonly folder: string
  readonly neededBytes: number
  readonly freeBytes: number

  constructor(folder: string, neededBytes: number, freeBytes: number) {
    super(`${folder} has ${String(freeBytes)} bytes free, but ${String(neededBytes)} are needed`)
    this.folder = folder
    this.neededBytes = neededBytes
    this.freeBytes = freeBytes
  }
}

/** The copy could not be made, or is not the same as the original. Nothing was migrated. */
export class CopyFailed extends MigrationError {
  override readonly name = 'CopyFailed'
  readonly code = 'copy-failed'
}

/** What a migration did wrong. */
export type FailureReason =
  /** A statement was refused by SQLite; the cause says why. */
  | 'statement'
  /** A row points at a row that is not there. */
  | 'orphans'
  /** The database is damaged or a row breaks a rule of its table. */
  | 'integrity'
  /** A table lost or gained rows that the migration does not declare. */
  | 'row-count'
  /** A table that the migration does not name has other content. */
  | 'untouched-table'
  /** A trigger, view or index that the migration does not name is gone. */
  | 'lost-object'
  /** The tables are not those that the migration promises. */
  | 'schema'
  /** Somebody else wrote to the file between the copy and the migration. */
  | 'meanwhile'
  /** SQLite could not begin, check or commit; the cause says why. */
  | 'storage'

/** One migration failed and was taken back completely. */
export class MigrationFailed extends MigrationError {
  override readonly name = 'MigrationFailed'
  readonly code = 'migration-failed'
  readonly reason: FailureReason
  readonly migration: string
  /** The failed statement's position, from 1; null when the migration failed as a whole. */
  readonly statement: number | null
  readonly detail: string

  constructor(
    at: { readonly migration: string; readonly reason: FailureReason; readonly statement?: number },
    detail: string,
    options?: ErrorOptions,
  ) {
    const where = at.statement === undefined ? '' : `, statement ${String(at.statement)}`
    super(`Migration ${at.migration}${where} was taken back: ${detail}`, options)
    this.reason = at.reason
    this.migration = at.migration
    this.statement = at.statement ?? null
    this.detail = detail
  }
}
