import { z } from 'zod'
import { BackupReason } from '../../shared/model/backups'

/** The form of the manifest; a program that does not know it leaves the backup alone. */
export const MANIFEST_FORMAT = 1

/** What is written beside each backup. Numbers and names of the program's own making only: no word of anybody. */
export const Manifest = z.object({
  format: z.literal(MANIFEST_FORMAT),
  /** The name of its files, without their endings. */
  id: z.string().regex(/^[\w-]{1,80}$/u),
  madeAt: z.int(),
  reason: BackupReason,
  appVersion: z.string(),
  schemaVersion: z.int(),
  deviceId: z.string().nullable(),
  /** Rows of each table. */
  counts: z.record(z.string(), z.int()),
  newestRequestAt: z.int().nullable(),
  /** Of the database itself, also where the file is encrypted. */
  sha256: z.string(),
  sizeBytes: z.int(),
  /** The files of requests that it needs, in `<id>.files`: how many, and the hash of that list. */
  files: z.object({ count: z.int(), sha256: z.string() }),
  pinned: z.boolean(),
  /** Null for a plain file. The key opens it, and is itself locked by the passphrase. */
  encrypted: z.object({ sha256: z.string(), sizeBytes: z.int(), lockedKey: z.string() }).nullable(),
  /** When it was last found to be the same as its original or its manifest, in UTC ms. */
  verifiedAt: z.int().nullable(),
})
export type Manifest = z.infer<typeof Manifest>

/** Reads the text of a manifest; null when it is damaged or of another form. */
export function parseManifest(text: string): Manifest | null {
  try {
    return Manifest.parse(JSON.parse(text))
  } catch {
    // A manifest that can not be read describes nothing.
    return null
  }
}

/** The id of a backup made at this moment: it sorts like its time. */
export function idOf(madeAt: number, reason: BackupReason): string {
  return `${new Date(madeAt).toISOString().replaceAll(/[-:.]/gu, '')}-${reason}`
}
