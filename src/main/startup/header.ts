import { closeSync, openSync, readSync } from 'node:fs'

/** What the first 100 bytes of a database say. */
export type Header = {
  readonly pageSize: number
  /** Pages of the file; null when the header can't be trusted about it. */
  readonly pages: number | null
  readonly applicationId: number
  /** True when SQLite keeps its latest changes in a log beside the file (WAL). */
  readonly usesLog: boolean
  /** How many migrations it has had. */
  readonly userVersion: number
}

const LENGTH = 100
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1')

/** Reads the header of a database file; null when it is none. Throws what the file system says. */
export function readHeader(path: string): Header | null {
  const bytes = Buffer.alloc(LENGTH)
  const file = openSync(path, 'r')
  try {
    if (readSync(file, bytes, 0, LENGTH, 0) < LENGTH) return null
  } finally {
    closeSync(file)
  }
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return null
  const written = bytes.readUInt16BE(16)
  // A page of 65,536 bytes does not fit its field and is written as 1.
  const pageSize = written === 1 ? 65_536 : written
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0) return null
  const isCounted = bytes.readUInt32BE(24) === bytes.readUInt32BE(92)
  const pages = bytes.readUInt32BE(28)
  return {
    pageSize,
    pages: isCounted && pages > 0 ? pages : null,
    usesLog: bytes[18] === 2 && bytes[19] === 2,
    userVersion: bytes.readUInt32BE(60),
    applicationId: bytes.readUInt32BE(68),
  }
}
