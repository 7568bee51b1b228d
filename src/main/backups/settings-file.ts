import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from './disk'

/** What is kept about the backups beside the database, since it must outlive the database. */
const BackupSettings = z.object({
  format: z.literal(1),
  /** Keeps the backups of two offices in one second folder apart. */
  officeId: z.string().regex(/^[0-9a-f]{8}$/u),
  secondFolder: z.string().nullable(),
  /** When the second folder was last brought up to date, and since when that fails; UTC ms. */
  secondCopiedAt: z.int().nullable(),
  secondFailsSince: z.int().nullable(),
  /** Public half of the key, and the key locked by the passphrase; null for plain backups. */
  lock: z.object({ recipient: z.string(), lockedKey: z.string() }).nullable(),
  lastDrill: z.object({ at: z.int(), good: z.boolean(), id: z.string() }).nullable(),
})
export type BackupSettings = Readonly<z.infer<typeof BackupSettings>>

function pathOf(dataFolder: string): string {
  return join(dataFolder, 'backups.json')
}

/** Reads what is kept about the backups of a data folder; a damaged or missing file counts as nothing chosen. */
export function readBackupSettings(dataFolder: string): BackupSettings {
  try {
    return BackupSettings.parse(JSON.parse(readFileSync(pathOf(dataFolder), 'utf8')))
  } catch {
    return {
      format: 1,
      officeId: randomBytes(4).toString('hex'),
      secondFolder: null,
      secondCopiedAt: null,
      secondFailsSince: null,
      lock: null,
      lastDrill: null,
    }
  }
}

/** Changes what is kept about the backups, and gives it as it is now. */
export function changeBackupSettings(
  dataFolder: string,
  change: Partial<Omit<BackupSettings, 'format' | 'officeId'>>,
): BackupSettings {
  const settings = { ...readBackupSettings(dataFolder), ...change }
  writeWhole(pathOf(dataFolder), `${JSON.stringify(settings)}\n`)
  return settings
}
