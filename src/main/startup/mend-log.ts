import { readFileSync, writeFileSync } from 'node:fs'
import { sizeOf } from './data-files'

const HEADER = 32
const FRAME_HEADER = 24
const MAGIC = 0x377f0682
const VERSION = 3_007_000
const LARGEST = 1024 * 1024 * 1024

type Sums = { a: number; b: number }

/** SQLite's running sums, over little-endian words. */
function add(bytes: Buffer, sums: Sums): void {
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    sums.a = (sums.a + bytes.readUInt32LE(at) + sums.b) >>> 0
    sums.b = (sums.b + bytes.readUInt32LE(at + 4) + sums.a) >>> 0
  }
}

/**
 * Makes a damaged log readable as a whole again: SQLite drops all that follows one flipped bit, though the rest of
 * the pages are as they were written. The pages with the damage become damaged pages of the database, which a rescue
 * reads around. Only on a copy. Returns whether there was anything to mend.
 */
export function mendLog(path: string, pageSize: number): boolean {
  const size = sizeOf(path) ?? 0
  const frame = FRAME_HEADER + pageSize
  if (size < HEADER + frame || size > LARGEST) return false
  const log = readFileSync(path)
  const before = Buffer.from(log)
  const salts = saltsOf(log, frame)
  const end = endOf(log, frame, salts)
  if (end === HEADER) return false
  const sums = writeHeader(log, pageSize, salts)
  for (let at = HEADER; at < end; at += frame) {
    salts.copy(log, at + 8)
    add(log.subarray(at, at + 8), sums)
    add(log.subarray(at + FRAME_HEADER, at + frame), sums)
    log.writeUInt32BE(sums.a, at + 16)
    log.writeUInt32BE(sums.b, at + 20)
  }
  if (log.equals(before)) return false
  writeFileSync(path, log)
  return true
}

/** What marks the frames of the present round: the header says so, unless it is what is damaged. */
function saltsOf(log: Buffer, frame: number): Buffer {
  const inHeader = log.subarray(16, 24)
  const inFrames = [0, 1, 2]
    .map((index) => HEADER + index * frame)
    .filter((at) => at + frame <= log.length)
    .map((at) => log.subarray(at + 8, at + 16))
  const [first] = inFrames
  const agrees = inFrames.some((salts) => salts.equals(inHeader))
  return Buffer.from(agrees || first === undefined ? inHeader : first)
}

/** Where the last frame of this round ends that completes a commit. */
function endOf(log: Buffer, frame: number, salts: Buffer): number {
  let end = HEADER
  for (let at = HEADER; at + frame <= log.length; at += frame) {
    const isOurs = log.subarray(at + 8, at + 16).equals(salts)
    if (isOurs && log.readUInt32BE(at + 4) > 0) end = at + frame
  }
  return end
}

function writeHeader(log: Buffer, pageSize: number, salts: Buffer): Sums {
  log.writeUInt32BE(MAGIC, 0)
  log.writeUInt32BE(VERSION, 4)
  log.writeUInt32BE(pageSize, 8)
  salts.copy(log, 16)
  const sums = { a: 0, b: 0 }
  add(log.subarray(0, 24), sums)
  log.writeUInt32BE(sums.a, 24)
  log.writeUInt32BE(sums.b, 28)
  return sums
}
