import { z } from 'zod'
import { Instant } from './ids'

/** Why a backup was made. */
export const BackupReason = /* @__PURE__ */ z.enum([
  'hourly',
  'daily',
  'by-hand',
  'before-migration',
  'before-update',
  'before-restore',
])
export type BackupReason = z.infer<typeof BackupReason>

/** A backup as somebody chooses it. */
export const BackupSummary = /* @__PURE__ */ z.object({
  id: z.string(),
  madeAt: Instant,
  reason: BackupReason,
  requests: z.int(),
  people: z.int(),
  sizeBytes: z.int(),
  pinned: z.boolean(),
  encrypted: z.boolean(),
  /** When it was last found good. */
  verifiedAt: Instant.nullable(),
  place: z.enum(['here', 'second']),
})
export type BackupSummary = z.infer<typeof BackupSummary>

/** What of the office a state of the data holds. */
export const Holds = /* @__PURE__ */ z.object({
  requests: z.int(),
  people: z.int(),
  comments: z.int(),
  files: z.int(),
  newestRequestAt: Instant.nullable(),
})
export type Holds = z.infer<typeof Holds>

/** What a restore would change. */
export const BackupPreview = /* @__PURE__ */ z.object({
  backup: BackupSummary,
  then: Holds,
  /** Null when the present data can not be read. */
  now: Holds.nullable(),
  /** True when it was made by a newer version of the program: it can not be restored by this one. */
  tooNew: z.boolean(),
  /** True when only the passphrase opens it: this computer does not keep its key. */
  needsPassphrase: z.boolean(),
})
export type BackupPreview = z.infer<typeof BackupPreview>

/** Where the making of a backup stands. */
export const MakeStep = /* @__PURE__ */ z.enum([
  'copying',
  'comparing',
  'locking',
  'files',
  'rotating',
  'second',
])
export type MakeStep = z.infer<typeof MakeStep>

/** Where a restore stands; part is 0 to 1 of the step. */
export const RestoreProgress = /* @__PURE__ */ z.object({
  step: z.enum(['checking', 'keeping', 'copying', 'files', 'swapping', 'done']),
  part: z.number(),
})
export type RestoreProgress = z.infer<typeof RestoreProgress>

/** Every reason why a backup is not made, verified or restored. */
export const BackupErrorCode = /* @__PURE__ */ z.enum([
  'backup-damaged',
  'backup-missing',
  'passphrase-needed',
  'wrong-passphrase',
  'backup-newer',
  'not-enough-space',
  'data-in-use',
  'data-damaged',
  'backup-failed',
])
export type BackupErrorCode = z.infer<typeof BackupErrorCode>

/** How the backups of this office stand. */
export const BackupsState = /* @__PURE__ */ z.object({
  /** When the newest proven one was made. */
  lastAt: Instant.nullable(),
  /** True when that was too long ago. */
  isOld: z.boolean(),
  /** What is being made; null when nothing is. */
  step: MakeStep.nullable(),
  /** Why the last attempt failed; null when it did not. */
  problem: z.object({ code: BackupErrorCode, at: Instant }).nullable(),
  second: z
    .object({ path: z.string(), copiedAt: Instant.nullable(), failsSince: Instant.nullable() })
    .nullable(),
  /** Whether new backups are locked with a passphrase. */
  locked: z.boolean(),
  lastDrill: z.object({ at: Instant, good: z.boolean() }).nullable(),
  /** Files of requests that the last backup lacks: the disk does not have them, or has damaged ones. */
  missingFiles: z.int(),
})
export type BackupsState = z.infer<typeof BackupsState>
