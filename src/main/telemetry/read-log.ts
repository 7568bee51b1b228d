import { statSync } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogCursor, LogLine, LogPage } from '../../shared/model/log-line'
import { LOG_FILES, logFileName } from './log-files'
import { lineOfText, type Wanted } from './log-lines'

/** Bytes that are read at once: the event loop turns between two such pieces. */
const PIECE = 64 * 1024
/** A page ends after so many bytes even when little was found, so that no answer takes long. */
const MOST_BYTES = 4_000_000
/** A line longer than this is damage, not a line. */
const LONGEST_LINE = 256 * 1024
const NEWLINE = 10

/** A file of the log, of which what is before `end` is of interest. */
type FileOfLog = { readonly path: string; readonly name: string; readonly end: number }

type PageOptions = {
  readonly folder: string
  /** Where to go on; null for the newest lines. */
  readonly before: LogCursor | null
  readonly wanted: Wanted
  /** Lines wanted at most. */
  readonly limit: number
  readonly mostBytes?: number
}

/**
 * Reads the log's files backwards, from the newest line or from where an earlier page ended. Files that were rotated
 * meanwhile are found again by what the file system calls them.
 */
export async function readLogPage({ folder, before, wanted, limit, ...more }: PageOptions): Promise<LogPage> {
  const files = await filesFrom(folder, before)
  const sought: Sought = { lines: [], wanted, limit, bytesLeft: more.mostBytes ?? MOST_BYTES }
  for (const [index, file] of files.entries()) {
    const offset = await searchFile(file, sought)
    if (isEnough(sought)) {
      const next = offset > 0 ? { file: file.name, offset } : endOf(files[index + 1])
      return { lines: sought.lines.reverse(), before: next }
    }
  }
  return { lines: sought.lines.reverse(), before: null }
}

/** What is looked for, what was found so far, the newest first, and how much may still be read. */
type Sought = {
  readonly lines: LogLine[]
  readonly wanted: Wanted
  readonly limit: number
  bytesLeft: number
}

function isEnough({ lines, limit, bytesLeft }: Sought): boolean {
  return lines.length >= limit || bytesLeft <= 0
}

/** Looks through a file from its end until there is enough; gives where the last line that it looked at begins. */
async function searchFile(file: FileOfLog, sought: Sought): Promise<number> {
  let offset = file.end
  for await (const line of linesBackwards(file.path, file.end)) {
    sought.bytesLeft -= line.length
    offset = line.offset
    const parsed = lineOfText(line.text)
    if (parsed !== null && sought.wanted(parsed)) sought.lines.push(parsed)
    if (isEnough(sought)) break
  }
  return offset
}

/** The end of the log as it is on the disk at this moment; null when there is nothing yet. */
export function endOfLog(folder: string): LogCursor | null {
  const facts = statSync(join(folder, logFileName(0)), { bigint: true, throwIfNoEntry: false })
  return facts === undefined ? null : { file: String(facts.ino), offset: Number(facts.size) }
}

function endOf(file: FileOfLog | undefined): LogCursor | null {
  return file === undefined ? null : { file: file.name, offset: file.end }
}

/** The files from the newest on, or from the one of the cursor; none when that one has gone meanwhile. */
async function filesFrom(folder: string, before: LogCursor | null): Promise<FileOfLog[]> {
  const found: FileOfLog[] = []
  for (let age = 0; age < LOG_FILES; age += 1) {
    const path = join(folder, logFileName(age))
    const facts = await stat(path, { bigint: true }).catch(() => null)
    if (facts !== null) found.push({ path, name: String(facts.ino), end: Number(facts.size) })
  }
  if (before === null) return found
  const index = found.findIndex(({ name }) => name === before.file)
  const first = found[index]
  // What it named has gone meanwhile.
  if (first === undefined) return []
  return [{ ...first, end: Math.min(before.offset, first.end) }, ...found.slice(index + 1)]
}

type RawLine = { readonly text: string; readonly offset: number; readonly length: number }

/** The lines that end at or before `end`, the last first, each with where it begins. */
async function* linesBackwards(path: string, end: number): AsyncGenerator<RawLine> {
  const file = await open(path, 'r')
  try {
    // The part of a line whose beginning is in a piece that has not been read yet.
    let rest = Buffer.alloc(0)
    for (let position = end; position > 0; ) {
      const start = Math.max(0, position - PIECE)
      const piece = Buffer.concat([await readPiece(file, start, position - start), rest])
      let stop = piece.length
      for (;;) {
        const newline = stop === 0 ? -1 : piece.lastIndexOf(NEWLINE, stop - 1)
        if (newline < 0) break
        if (newline + 1 < stop) yield lineOf(piece, newline + 1, stop, start)
        stop = newline
      }
      rest = stop > LONGEST_LINE ? Buffer.alloc(0) : piece.subarray(0, stop)
      position = start
    }
    if (rest.length > 0) yield lineOf(rest, 0, rest.length, 0)
  } finally {
    await file.close()
  }
}

function lineOf(piece: Buffer, from: number, to: number, start: number): RawLine {
  return { text: piece.toString('utf8', from, to), offset: start + from, length: to - from }
}

async function readPiece(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
