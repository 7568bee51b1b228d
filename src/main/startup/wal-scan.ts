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
   * True when the log is proved to be damaged: behind the place where it breaks there are commits that can only have
   * been written after what is broken was safely on the disk. A log torn by a power cut has at most one.
   */
  readonly damaged: boolean
}

const HEADER = 32
const FRAME_HEADER = 24
const MAGIC = 0x377f0682
/** A log larger than this is not scanned, in bytes: it is left to the mark. */
const LARGEST = 256 * 1024 * 1024

/** The two running sums that SQLite keeps over its log. */
type Sums = { a: number; b: number }

function add(bytes: Buffer, sums: Sums): void {
  // Always a multiple of eight bytes, and copied to where 32-bit words may begin.
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  for (let at = 0; at + 1 < words.length; at += 2) {
    sums.a = (sums.a + (words[at] ?? 0) + sums.b) >>> 0
    sums.b = (sums.b + (words[at + 1] ?? 0) + sums.a) >>> 0
  }
}

/** A piece of the log for which words may begin at its first byte. */
function aligned(bytes: Buffer, swap: boolean): Buffer {
  const copy = Buffer.from(new Uint8Array(bytes).buffer)
  return swap ? copy.swap32() : copy
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
  add(aligned(header.subarray(0, 24), swap), sums)
  if (sums.a !== header.readUInt32BE(24) || sums.b !== header.readUInt32BE(28)) return null
  return { pageSize: header.readUInt32BE(8), salts: header.subarray(16, 24), swap, sums }
}

/** Scans the log beside a database; null when there is none, it is empty, or its header is not one. */
export function scanWal(path: string): WalScan | null {
  const size = sizeOf(path) ?? 0
  if (size < HEADER || size > LARGEST) return null
  const file = openSync(path, 'r')
  try {
    const header = Buffer.alloc(HEADER)
    readSync(file, header, 0, HEADER, 0)
    const log = readHeader(header)
    return log === null ? null : scanFrames(file, size, log)
  } finally {
    closeSync(file)
  }
}

function scanFrames(file: number, size: number, { pageSize, salts, swap, sums }: Log): WalScan {
  const frame = Buffer.alloc(FRAME_HEADER + pageSize)
  const kept = new Set<number>()
  let open: number[] = []
  let broken = false
  let commits = 0
  let pages = 0
  let commitsAfter = 0
  for (let at = HEADER; at + frame.byteLength <= size; at += frame.byteLength) {
    readSync(file, frame, 0, frame.byteLength, at)
    const isOurs = frame.subarray(8, 16).equals(salts)
    const committed = frame.readUInt32BE(4)
    if (!broken && isOurs) {
      add(aligned(frame.subarray(0, 8), swap), sums)
      add(aligned(frame.subarray(FRAME_HEADER), swap), sums)
      broken = sums.a !== frame.readUInt32BE(16) || sums.b !== frame.readUInt32BE(20)
    } else broken = true
    if (broken) {
      // Frames of an earlier round of the log have other salts.
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
  return { commits, pages, has: (page) => kept.has(page), damaged: commitsAfter >= 2 }
}
