import { z } from 'zod'
import {
  BadMigrationFiles,
  BadTarget,
  BrokenLedger,
  ChangedHistory,
  CopyFailed,
  DatabaseFromTheFuture,
  ForeignDatabase,
  type MigrationError,
  MigrationFailed,
  NotEnoughSpace,
  NotReversible,
} from './errors'

const text = z.string()
const message = z.object({ message: text })

/** A MigrationError as data: threads exchange errors without their class. */
export const ToldError = z.discriminatedUnion('code', [
  message.extend({ code: z.literal('foreign-database') }),
  message.extend({ code: z.literal('broken-ledger') }),
  message.extend({ code: z.literal('changed-history') }),
  message.extend({ code: z.literal('bad-target') }),
  message.extend({ code: z.literal('copy-failed') }),
  z.object({ code: z.literal('bad-migration-files'), problems: z.array(text) }),
  z.object({
    code: z.literal('newer-database'),
    found: z.int(),
    known: z.int(),
    appVersion: text.nullable(),
  }),
  z.object({ code: z.literal('not-reversible'), migration: text, lossy: z.boolean() }),
  z.object({
    code: z.literal('not-enough-space'),
    folder: text,
    neededBytes: z.number(),
    freeBytes: z.number(),
  }),
  z.object({
    code: z.literal('migration-failed'),
    reason: z.enum([
      'statement',
      'orphans',
      'integrity',
      'row-count',
      'untouched-table',
      'lost-object',
      'schema',
      'meanwhile',
      'storage',
    ]),
    migration: text,
    statement: z.int().nullable(),
    detail: text,
  }),
])
export type ToldError = z.infer<typeof ToldError>

/** The error as data. */
export function told(error: MigrationError): ToldError {
  // The message is none of the properties that are listed.
  return ToldError.parse({ ...Object.fromEntries(Object.entries(error)), message: error.message })
}

/** The error that was told, with its class. */
export function heard(error: ToldError): MigrationError {
  switch (error.code) {
    case 'foreign-database':
      return new ForeignDatabase(error.message)
    case 'broken-ledger':
      return new BrokenLedger(error.message)
    case 'changed-history':
      return new ChangedHistory(error.message)
    case 'bad-target':
      return new BadTarget(error.message)
    case 'copy-failed':
      return new CopyFailed(error.message)
    case 'bad-migration-files':
      return new BadMigrationFiles(error.problems)
    case 'newer-database':
      return new DatabaseFromTheFuture(error.found, error.known, error.appVersion)
    case 'not-reversible':
      return new NotReversible(error.migration, error.lossy)
    case 'not-enough-space':
      return new NotEnoughSpace(error.folder, error.neededBytes, error.freeBytes)
    case 'migration-failed': {
      const { migration, reason, statement, detail } = error
      return new MigrationFailed({ migration, reason, ...(statement === null ? {} : { statement }) }, detail)
    }
  }
}
