import { closeSync, openSync, readSync } from 'node:fs'
import { sizeOf } from './data-files'

/** What SQLite's log of the latest changes looks like, read without SQLite. */
export type WalScan = {
  /** Commits that SQLite will find. */
  readonly commits: number
  /** Size of the database after the last of them, in pages; 0 without any. */
  readonly pages: number
  /** Pages beyond this many that the log holds: see missingPages. */
  readonly has: (page: number) => boolean
  /**
   * True when there are commits behind the place where the log breaks; one torn by a power cut has at most one. Either
   * it is damaged, or commits have failed on a full or broken disk and others were written over them in part: only the
   * marks can tell (docs/decisions/0019-marks-beside-the-database.md).
   */
  readonly broken: boolean
}

const HEADER = 32
const FRAME_HEADER = 24
const MAGIC = 0x377f0682
/** A log larger than this is not scanned, in bytes: it is left to the mark. */
const LARGEST = 256 * 1024 * 1024

/** The two running sums that SQLite keeps over its log. */
type Sums = { a: number; b: number }

/** Adds the words from one to the other, two at a time. */
function add(words: Uint32Array, from: number, to: number, sums: Sums): void {
  let { a, b } = sums
  for (let at = from; at < to; at += 2) {
    // `| 0` keeps them 32-bit numbers, which is what makes this fast.
    a = (a + (words[at] ?? 0) + b) | 0
    b = (b + (words[at + 1] ?? 0) + a) | 0
  }
  sums.a = a
  sums.b = b
}

/** The words of some bytes, which must begin where a word may; big-endian logs have theirs turned round. */
function wordsOf(bytes: Buffer, swap: boolean): Uint32Array {
  const turned = swap ? Buffer.from(bytes).swap32() : bytes
  const own = turned.byteOffset % 4 === 0 ? turned : Buffer.from(new Uint8Array(turned).buffer)
  return new Uint32Array(own.buffer, own.byteOffset, own.byteLength / 4)
}

function isSum(sum: number, written: number): boolean {
  return sum >>> 0 === written
}

type Log = {
  readonly pageSize: number
  readonly salts: Buffer
  readonly swap: boolean
  readonly sums: Sums
}

function readHeader(header: Buffer): Log | null {
  const magic = header.readUInt32BE(0)
  if ((magic & ~1) >>> 0 !== MAGIC) return null
  // The lowest bit says that the sums are over big-endian words.
  const swap = (magic & 1) === 1
  const sums = { a: 0, b: 0 }
  add(wordsOf(header, swap), 0, 6, sums)
  if (!isSum(sums.a, header.readUInt32BE(24)) || !isSum(sums.b, header.readUInt32BE(28))) return null
  return { pageSize: header.readUInt32BE(8), salts: header.subarray(16, 24), swap, sums }
}

/** Scans the log beside a database; null when there is none, it is empty, or its header is not one. */
export function scanWal(path: string): WalScan | null {
  const size = sizeOf(path) ?? 0
  if (size < HEADER || size > LARGEST) return null
  const file = openSync(path, 'r')
  try {
    const header = Buffer.from(new ArrayBuffer(HEADER))
    readSync(file, header, 0, HEADER, 0)
    const log = readHeader(header)
    return log === null ? null : scanFrames(file, size, log)
  } finally {
    closeSync(file)
  }
}

/** Frames that are read at a time. */
const AT_ONCE = 128

/** Gives each whole frame of the log with its words. */
function* framesOf(file: number, size: number, length: number, swap: boolean) {
  const piece = Buffer.from(new ArrayBuffer(length * AT_ONCE))
  for (let at = HEADER; at + length <= size; at += piece.byteLength) {
    const read = readSync(file, piece, 0, piece.byteLength, at)
    const words = wordsOf(piece, swap)
    for (let from = 0; from + length <= read; from += length)
      yield { frame: piece.subarray(from, from + length), words, from: from / 4 }
  }
}

function scanFrames(file: number, size: number, { pageSize, salts, swap, sums }: Log): WalScan {
  const length = FRAME_HEADER + pageSize
  const kept = new Set<number>()
  let open: number[] = []
  let broken = false
  let commits = 0
  let pages = 0
  let commitsAfter = 0
  for (const { frame, words, from } of framesOf(file, size, length, swap)) {
    // Frames of an earlier round of the log have other salts.
    const isOurs = salts.equals(frame.subarray(8, 16))
    const committed = frame.readUInt32BE(4)
    if (!broken && isOurs) {
      add(words, from, from + 2, sums)
      add(words, from + FRAME_HEADER / 4, from + length / 4, sums)
      broken = !isSum(sums.a, frame.readUInt32BE(16)) || !isSum(sums.b, frame.readUInt32BE(20))
    } else broken = true
    if (broken) {
      if (isOurs && committed > 0) commitsAfter += 1
      continue
    }
    open.push(frame.readUInt32BE(0))
    if (committed === 0) continue
    for (const page of open) kept.add(page)
    open = []
    commits += 1
    pages = committed
  }
  return { commits, pages, has: (page) => kept.has(page), broken: commitsAfter >= 2 }
}
