import { copyFileSync, constants, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { BackupPreview, BackupSummary, RestoreProgress } from '../../shared/model/trouble'
import { openSqlite, type Sqlite } from '../db/connection'
import { settleRestored } from '../db/hold-outgoing'
import { damageOfFile, describeFile } from '../db/describe-file'
import { installDatabase, moveAside } from './move-aside'
import { Trouble } from './trouble'

/** Copies of the data, as the trouble screen needs them. */
export type Backups = {
  /** The copies that this program can open, the newest first. */
  readonly list: () => Promise<readonly BackupSummary[]>
  /** What is in a copy. Throws when there is none of this name. */
  readonly preview: (id: string) => Promise<BackupPreview>
  /**
   * Puts a copy in the place of the data, which are moved aside as a whole first; messages that wait in it are held.
   * Throws, and has changed nothing, when the copy is not sound.
   */
  readonly restore: (id: string, onProgress: (progress: RestoreProgress) => void) => Promise<void>
}

type BackupsOptions = {
  readonly folder: string
  /** How many migrations this program knows: what has had more can't be opened by it. */
  readonly knownMigrations: () => number
  readonly now: () => number
}

/** The verified copies that are made before every upgrade: files `*.db` in the folder of backups. */
export function createPlainBackups({ folder, knownMigrations, now }: BackupsOptions): Backups {
  const place = join(folder, 'backups')
  const pathOf = (id: string): string => {
    const path = join(place, id)
    // A name, never a way to somewhere else.
    if (!/^[\w.-]+\.db$/u.test(id) || !existsSync(path)) throw new Error('There is no such copy')
    return path
  }
  const summaries = (): BackupSummary[] => {
    if (!existsSync(place)) return []
    return readdirSync(place)
      .filter((name) => name.endsWith('.db'))
      .map((name) => previewOf(place, name, knownMigrations())?.summary)
      .filter((summary) => summary !== undefined)
      .sort((a, b) => b.madeAt - a.madeAt)
  }
  const preview = (id: string): BackupPreview => {
    pathOf(id)
    const found = previewOf(place, id, knownMigrations())
    if (found === null) throw new Error('This copy can not be opened')
    return found
  }
  return {
    list: () => Promise.resolve(summaries()),
    preview: (id) => Promise.resolve().then(() => preview(id)),
    restore: async (id, onProgress) => {
      const path = pathOf(id)
      onProgress({ step: 'checking', part: 0 })
      const draft = join(folder, 'dispatcher.db.restoring')
      try {
        onProgress({ step: 'copying', part: 0 })
        copyFileSync(path, draft, constants.COPYFILE_FICLONE)
        checkAndHold(draft, now())
        onProgress({ step: 'keeping', part: 0 })
        await moveAside(folder, now())
        onProgress({ step: 'swapping', part: 0 })
        await installDatabase(folder, draft)
        onProgress({ step: 'done', part: 1 })
      } finally {
        for (const suffix of ['', '-wal', '-shm']) rmSync(draft + suffix, { force: true })
      }
    },
  }
}

/** Checks what was copied, not what it was copied from, and holds its messages. Leaves one file. */
function checkAndHold(draft: string, at: number): void {
  const sqlite = openSqlite(draft)
  try {
    const damage = damageOfFile(sqlite)
    if (damage !== null) throw new Trouble('damaged')
    settleRestored(sqlite, at)
    closeIntoOneFile(sqlite)
  } finally {
    sqlite.close()
  }
}

/** Moves everything into the file itself, so that it can be renamed alone. */
export function closeIntoOneFile(sqlite: Sqlite): void {
  sqlite.pragma('wal_checkpoint(TRUNCATE)')
  sqlite.close()
}

/** What is in a copy; null when it can't be opened or was made by a newer program. */
function previewOf(place: string, name: string, knownMigrations: number): BackupPreview | null {
  const path = join(place, name)
  let sqlite: Sqlite | undefined
  try {
    sqlite = openSqlite(path, { readOnly: true })
    const { requests, people, newestRequestAt, migrations } = describeFile(sqlite)
    if (migrations > knownMigrations) return null
    const { size, mtimeMs } = statSync(path)
    const madeAt = timeInName(name) ?? Math.round(mtimeMs)
    const summary: BackupSummary = {
      id: name,
      madeAt,
      reason: 'before-migration',
      requests,
      people,
      sizeBytes: size,
      pinned: true,
      encrypted: false,
      // A file of this name is only there after it was compared with its original.
      verifiedAt: madeAt,
      place: 'here',
    }
    return { summary, newestRequestAt }
  } catch {
    // Whatever it is, it can't be restored.
    return null
  } finally {
    sqlite?.close()
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
  }
}

/** The time that is part of a copy's name, since a copied file has the time of its copying; null when there is none. */
function timeInName(name: string): number | null {
  const match = /-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.db$/u.exec(name)
  if (!match) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0] = match.slice(1).map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second, ms)
}
