import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder } from '../db/sync-to-disk'
import { PARTIAL, writeWhole } from './disk'
import { BackupError } from './errors'
import { type Manifest, parseManifest } from './manifest'

/** Copies that the migration runner makes begin so; it looks for them by this name, so they keep it. */
const MIGRATION_COPY = /^(pre-migration-\d{4}-\d{4}-[\dTZ]+)\.db$/u

/** The folders of one or several offices in a chosen second folder begin so. */
const SECOND = 'facility-dispatcher-'

/** Temporary folders of drills begin so. */
export const DRILL = 'drill-'

/** The copy that a manifest speaks of: plain, or locked. */
export function fileOf(folder: string, { id, encrypted }: Pick<Manifest, 'id' | 'encrypted'>): string {
  return join(folder, encrypted === null ? `${id}.db` : `${id}.db.age`)
}

/** The list of the files of requests that a backup needs. */
export function filesListOf(folder: string, id: string): string {
  return join(folder, `${id}.files`)
}

/** Where a file of a request lies among the backups. */
export function storedFileOf(folder: string, sha256: string, locked: boolean): string {
  return join(folder, 'files', sha256.slice(0, 2), locked ? `${sha256}.age` : sha256)
}

/** Every backup of a folder whose manifest and file are there, oldest first. A folder that is not there has none. */
export function readShelf(folder: string): readonly Manifest[] {
  return namesIn(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readManifest(folder, name.slice(0, -'.json'.length)))
    .filter((manifest) => manifest !== null)
    .toSorted((a, b) => a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1))
}

/** The manifest of one backup; null when it, or what it speaks of, is not there. */
export function readManifest(folder: string, id: string): Manifest | null {
  try {
    const manifest = parseManifest(readFileSync(join(folder, `${id}.json`), 'utf8'))
    return manifest?.id === id && existsSync(fileOf(folder, manifest)) ? manifest : null
  } catch {
    // Not there, or not to be read: it counts for nothing.
    return null
  }
}

/** Names of the migration runner's copies that have no manifest yet. */
export function strayCopies(folder: string): readonly { readonly id: string; readonly madeAt: number }[] {
  return namesIn(folder).flatMap((name) => {
    const id = MIGRATION_COPY.exec(name)?.[1]
    if (id === undefined || readManifest(folder, id) !== null) return []
    return [{ id, madeAt: Math.round(statSync(join(folder, name)).mtimeMs) }]
  })
}

/** Writes a manifest: from now on the backup counts. */
export function writeManifest(folder: string, manifest: Manifest): void {
  writeWhole(join(folder, `${manifest.id}.json`), `${JSON.stringify(manifest)}\n`)
}

/** Writes the list of files that a backup needs, and gives what its manifest says about the list. */
export function writeFilesList(folder: string, id: string, hashes: readonly string[]): Manifest['files'] {
  const text = hashes.map((hash) => `${hash}\n`).join('')
  writeWhole(filesListOf(folder, id), text)
  return { count: hashes.length, sha256: createHash('sha256').update(text).digest('hex') }
}

/** The files that a backup needs, by hash; null when the list is not the one of the manifest. */
export function readFilesList(folder: string, { id, files }: Manifest): readonly string[] | null {
  if (files.count === 0) return []
  try {
    const text = readFileSync(filesListOf(folder, id), 'utf8')
    if (createHash('sha256').update(text).digest('hex') !== files.sha256) return null
    return text.split('\n').filter((line) => line !== '')
  } catch {
    // Missing is as bad as changed.
    return null
  }
}

/** Takes a backup away. Its manifest goes first: what is left of it then counts for nothing. */
export function removeBackup(folder: string, id: string): void {
  rmSync(join(folder, `${id}.json`), { force: true })
  syncFolder(folder)
  for (const end of ['.db', '.db.age', '.files']) rmSync(join(folder, id + end), { force: true })
}

/** Takes away what a crash left behind: partial files, and parts of backups without a manifest. */
export function removeLeftovers(folder: string): void {
  for (const name of namesIn(folder)) {
    const id = /^(\d{8}T[\w-]+)\.(?:db|db\.age|files)$/u.exec(name)?.[1]
    const isOrphan = id !== undefined && !existsSync(join(folder, `${id}.json`))
    if (isOrphan || name.includes(PARTIAL) || name.startsWith(DRILL))
      rmSync(join(folder, name), { recursive: true, force: true })
  }
}

/** Takes away the files of requests that no kept backup needs. With an unreadable list nothing is taken away. */
export function removeUnneededFiles(folder: string): void {
  const needed = new Set<string>()
  for (const manifest of readShelf(folder)) {
    const hashes = readFilesList(folder, manifest)
    if (hashes === null) return
    for (const hash of hashes) needed.add(hash)
  }
  const root = join(folder, 'files')
  for (const part of namesIn(root)) {
    for (const name of namesIn(join(root, part)))
      if (!needed.has(name.replace(/\.age$/u, ''))) rmSync(join(root, part, name), { force: true })
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    // Not there (any more): then there is nothing in it.
    return []
  }
}

/** The folder of the backups in a data folder. */
export function shelfOf(dataFolder: string): string {
  return join(dataFolder, 'backups')
}

/** Pins a backup, so that the rotation leaves it alone, or lets it go its way. Throws `backup-missing`. */
export function setPinned(shelf: string, id: string, pinned: boolean): void {
  const manifest = readManifest(shelf, id)
  if (manifest === null) throw new BackupError('backup-missing', 'There is no such backup')
  writeManifest(shelf, { ...manifest, pinned })
}

/** Every folder of backups within a chosen second folder; none when it is not connected. */
export function shelvesIn(secondFolder: string): readonly string[] {
  try {
    return readdirSync(secondFolder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name.startsWith(SECOND))
      .map(({ name }) => join(secondFolder, name))
  } catch {
    // Not connected.
    return []
  }
}

/** The name of this office's folder in a second folder. */
export function secondShelfName(officeId: string): string {
  return SECOND + officeId
}

/** When the newest proven backup of a data folder was made, in UTC ms; null without any. */
export function newestOf(dataFolder: string): number | null {
  const made = readShelf(shelfOf(dataFolder)).filter(({ verifiedAt }) => verifiedAt !== null)
  return made.at(-1)?.madeAt ?? null
}

/** Since when there have been data here, as far as the disk knows. */
export function dataSince(dataFolder: string, now: number): number {
  const born = statSync(join(dataFolder, 'dispatcher.db'), { throwIfNoEntry: false })?.birthtimeMs ?? 0
  return born > 0 ? Math.round(born) : now
}
