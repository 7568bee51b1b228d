import { randomFillSync } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'

/** Bytes fetched from the system at once: asking it takes longer (5 µs) than what most ids are written with. */
const PORTION = 4096

/** Gives random bytes fit for secrets, out of portions; no byte is given twice. */
export function createRandom(): (size: number) => Uint8Array {
  const portion = new Uint8Array(PORTION)
  let used = PORTION
  return (size) => {
    if (size > PORTION) return randomFillSync(new Uint8Array(size))
    if (used + size > PORTION) {
      randomFillSync(portion)
      used = 0
    }
    used += size
    const given = portion.slice(used - size, used)
    // What was given may be a secret: it is not kept here.
    portion.fill(0, used - size, used)
    return given
  }
}

/**
 * Gives UUIDs of version 7, each sorting after the one before: within a millisecond, or when the clock is set back,
 * they are counted on (RFC 9562, 6.2, method 1). `now` is in UTC ms.
 */
export function createIds(now: () => number, random: (size: number) => Uint8Array): () => string {
  let msecs = 0
  let seq = 0
  return () => {
    const bytes = random(16)
    const at = now()
    if (at > msecs) {
      msecs = at
      // Half of the counter's 32 bits are left to count with.
      seq = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)
    } else {
      seq += 1
    }
    return uuidv7({ msecs, seq, random: bytes })
  }
}
