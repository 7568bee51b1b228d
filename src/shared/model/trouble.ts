import { z } from 'zod'

/**
 * Every reason why the data of a folder are not opened for work; the words for people are in the catalogues under
 * `trouble`. None of them has changed anything.
 */
export const TroubleCode = z.enum([
  /** The file is gone, although there was data. */
  'missing',
  /** The file has 0 bytes. */
  'empty',
  /** The file ends before its own end. */
  'truncated',
  /** What is there is no database. */
  'not-a-database',
  /** A database, but of another program. */
  'not-ours',
  /** This program's database, but another one than was here before. */
  'another-database',
  /** A part of the file can't be read or contradicts another. */
  'damaged',
  /** The log of the latest changes (-wal) is gone or damaged, and changes with it. */
  'wal-lost',
  /** The file is older than what has been here: changes are gone. */
  'older',
  /** Another program holds the file. */
  'locked',
  /** The file or its folder can't be written to. */
  'read-only',
  /** The file or its folder can't even be read. */
  'no-permission',
  /** Written by a newer version of the program. */
  'newer',
  /** Upgraded by a program that differs from this one. */
  'changed-history',
  /** No room on the disk. */
  'disk-full',
  /** The disk reports an error. */
  'disk-error',
  /** Another computer, or another person on this one, works with the folder. */
  'in-use',
  /** The upgrade did not succeed and was taken back. */
  'migration-failed',
  /** The copy before the upgrade could not be made. */
  'no-backup',
  /** Parts of the program are missing. */
  'program-incomplete',
  /** Something that nobody foresaw. */
  'unknown',
])
export type TroubleCode = z.infer<typeof TroubleCode>

/** What a person can safely do about a trouble. None of it deletes anything. */
export const TroubleChoice = z.enum([
  'restore',
  'rescue',
  'open-read-only',
  'take-over',
  'try-again',
  'show-folder',
])
export type TroubleChoice = z.infer<typeof TroubleChoice>

/** Facts that belong to a trouble, to be named in its text. */
export const TroubleFacts = z.record(z.string(), z.union([z.string(), z.number()]))
export type TroubleFacts = Readonly<Record<string, string | number>>

/** The choices that make sense for each trouble, the best first. */
export const CHOICES: Readonly<Record<TroubleCode, readonly TroubleChoice[]>> = {
  missing: ['restore', 'try-again', 'show-folder'],
  empty: ['restore', 'try-again', 'show-folder'],
  truncated: ['restore', 'rescue', 'open-read-only', 'try-again', 'show-folder'],
  'not-a-database': ['restore', 'rescue', 'try-again', 'show-folder'],
  'not-ours': ['restore', 'try-again', 'show-folder'],
  'another-database': ['restore', 'rescue', 'open-read-only', 'try-again', 'show-folder'],
  damaged: ['restore', 'rescue', 'open-read-only', 'try-again', 'show-folder'],
  'wal-lost': ['rescue', 'restore', 'open-read-only', 'try-again', 'show-folder'],
  older: ['rescue', 'restore', 'open-read-only', 'try-again', 'show-folder'],
  locked: ['try-again', 'open-read-only', 'show-folder'],
  'read-only': ['try-again', 'open-read-only', 'show-folder'],
  'no-permission': ['try-again', 'show-folder'],
  newer: ['try-again', 'open-read-only', 'restore', 'show-folder'],
  'changed-history': ['try-again', 'open-read-only', 'restore', 'show-folder'],
  'disk-full': ['try-again', 'open-read-only', 'show-folder'],
  'disk-error': ['try-again', 'rescue', 'restore', 'show-folder'],
  'in-use': ['try-again', 'open-read-only', 'show-folder'],
  'migration-failed': ['try-again', 'open-read-only', 'restore', 'show-folder'],
  'no-backup': ['try-again', 'open-read-only', 'show-folder'],
  'program-incomplete': ['try-again', 'show-folder'],
  unknown: ['try-again', 'restore', 'rescue', 'open-read-only', 'show-folder'],
}

/** Where a rescue stands; part is from 0 to 1 within the step. */
export const RescueProgress = z.object({
  step: z.enum(['reading', 'rebuilding', 'checking', 'keeping', 'swapping', 'done']),
  part: z.number(),
})
export type RescueProgress = z.infer<typeof RescueProgress>

/** What a rescue saved and what it did not. */
export const RescueReport = z.object({
  /** For each table: rows that were read from the file, rows made again from the journal, rows left out. */
  tables: z.array(
    z.object({
      table: z.string(),
      read: z.int(),
      rebuilt: z.int(),
      leftOut: z.int(),
      unreadable: z.boolean(),
    }),
  ),
  /** Numbers of requests that are not there, though later ones are; at most the first hundred. */
  missingNumbers: z.array(z.string()),
  /** How many numbers are missing in all. */
  missing: z.int(),
  /** Requests made again from the residents' own messages, with new numbers and without what the desk did. */
  fromMessages: z.int(),
  /** Messages that were waiting to be sent and are now held. */
  held: z.int(),
  /** Changes that are known to have been made and are not in the file. */
  lostChanges: z.int(),
  /** Name of the folder, in the data folder, that keeps the damaged files. */
  keptIn: z.string(),
})
export type RescueReport = z.infer<typeof RescueReport>

/** What the trouble screen shows. */
export const TroubleView = z.object({
  code: TroubleCode,
  facts: TroubleFacts,
  choices: z.array(TroubleChoice),
  /** Data folder. */
  folder: z.string(),
  version: z.string(),
  language: z.enum(['en', 'ru']),
})
export type TroubleView = z.infer<typeof TroubleView>
