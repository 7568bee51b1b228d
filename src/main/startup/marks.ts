import { createHash } from 'node:crypto'
import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { HighWater } from '../db/high-water'
import { writePrivateFile } from '../settings/private-file'
import { MANIFEST, MARKS } from './data-files'

/** That there is data here, whose, and whether the program has closed it in order. */
const Manifest = z.object({
  format: z.literal(1),
  /** Id of the database, which the database has too. */
  database: z.string(),
  /** While it is open, SQLite's log must lie beside it. */
  state: z.enum(['open', 'closed']),
  bytes: z.int(),
  at: z.int(),
  appVersion: z.string(),
  /** When the whole file was last checked, in UTC ms; null for never. */
  checkedAt: z.int().nullable(),
})
export type Manifest = z.infer<typeof Manifest>

const Mark = z.object({
  format: z.literal(1),
  database: z.string(),
  /** Rises with every writing: the higher of the two files counts. */
  count: z.int(),
  at: z.int(),
  devices: z.array(z.object({ device: z.string(), seq: z.int(), hlc: z.string() })).readonly(),
  bots: z.array(z.object({ bot: z.int(), epoch: z.int(), offset: z.int() })).readonly(),
  outbox: z.int(),
})
export type Mark = z.infer<typeof Mark>

/** The manifest of a data folder; null when there is none that can be read. */
export function readManifest(folder: string): Manifest | null {
  return readChecked(join(folder, MANIFEST), Manifest)
}

/** Replaces the manifest as a whole. Throws what the file system says. */
export function writeManifest(folder: string, manifest: Manifest): void {
  writePrivateFile(join(folder, MANIFEST), checked(manifest))
}

/** The newest mark of a data folder; null when there is none that can be read. */
export function readMark(folder: string): Mark | null {
  const marks = MARKS.map((name) => readChecked(join(folder, name), Mark))
  return marks.reduce((newest, mark) => ((mark?.count ?? 0) > (newest?.count ?? 0) ? mark : newest), null)
}

/** A mark for what has been reached now. */
export function markOf(database: string, count: number, at: number, reached: HighWater): Mark {
  return { format: 1, database, count, at, ...reached }
}

function pathOfMark(folder: string, { count }: Mark): string {
  return join(folder, MARKS[count % 2 === 0 ? 0 : 1])
}

/** Writes a mark over the older of the two, on the disk when it returns. Throws what the file system says. */
export function writeMark(folder: string, mark: Mark): void {
  const file = openSync(pathOfMark(folder, mark), 'w', 0o600)
  try {
    writeSync(file, checked(mark))
    fdatasyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** The same without holding up anything else. */
export async function writeMarkLater(folder: string, mark: Mark): Promise<void> {
  const file = await open(pathOfMark(folder, mark), 'w', 0o600)
  try {
    await file.writeFile(checked(mark))
    await file.datasync()
  } finally {
    await file.close()
  }
}

/**
 * Forgets how far the data had come: for data that somebody has taken back on purpose, which the next start would
 * otherwise take for older ones put in place by mistake. Throws what the file system says.
 */
export function forgetMarks(folder: string): void {
  for (const name of [...MARKS, MANIFEST]) rmSync(join(folder, name), { force: true })
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

/** The value on the first line, its digest on the second. */
function checked(value: object): string {
  const text = JSON.stringify(value)
  return `${text}\n${digestOf(text)}\n`
}

function readChecked<T extends z.ZodType>(path: string, schema: T): z.output<T> | null {
  try {
    const [text = '', digest] = readFileSync(path, 'utf8').split('\n')
    return digestOf(text) === digest ? schema.parse(JSON.parse(text)) : null
  } catch {
    // Not there, or not whole: the other one counts, or nothing is known.
    return null
  }
}
