import { ownerOfFolder } from '../settings/folder-lock'
import { databasePath, sizeOf } from '../startup/data-files'
import { readHeader } from '../startup/header'
import { readManifest, readMark } from '../startup/marks'

/** What a data folder tells of the program without asking it, and without opening the database. */
export type FolderLook = {
  /** The program that works with it; null for none. */
  readonly runningBy: { readonly pid: number; readonly host: string } | null
  readonly database: 'missing' | 'readable' | 'unreadable'
  /** False when it was not closed in order and nobody has it open. */
  readonly wasClosed: boolean | null
  /** When the program last wrote down how far it had come, UTC ms; null when it never did. */
  readonly lastMarkAt: number | null
}

/** Looks at a data folder; changes nothing and never throws. */
export function lookAtFolder(folder: string): FolderLook {
  const owner = ownerOfFolder(folder)
  const manifest = readManifest(folder)
  return {
    runningBy: owner === null ? null : { pid: owner.pid, host: owner.host },
    database: databaseOf(folder),
    wasClosed: manifest === null ? null : manifest.state === 'closed',
    lastMarkAt: readMark(folder)?.at ?? null,
  }
}

function databaseOf(folder: string): FolderLook['database'] {
  const path = databasePath(folder)
  try {
    if (sizeOf(path) === null) return 'missing'
    return readHeader(path) === null ? 'unreadable' : 'readable'
  } catch {
    // Not for us to read, or the disk fails: for this purpose the same.
    return 'unreadable'
  }
}
