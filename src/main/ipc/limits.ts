/** Bytes of the largest input of an ordinary method. */
export const LARGEST_INPUT = 1_000_000
/** Bytes of the largest input of `practice.sendPhoto`, which carries a picture. */
export const LARGEST_PHOTO_INPUT = 12_000_000
/** Calls that all windows together may make in a second, and at once. */
export const CALLS_A_SECOND = 2000

const BYTES_PER_NODE = 8
const BYTES_PER_UNIT = 2

/**
 * Whether a value that crossed the bridge takes more than so many bytes, by a cautious estimate.
 * It stops at the limit, so values that contain themselves and very deep ones end there too.
 */
export function isLargerThan(value: unknown, limit: number): boolean {
  const open: unknown[] = [value]
  let bytes = 0
  while (open.length > 0) {
    const next = open.pop()
    bytes += bytesOf(next)
    if (bytes > limit) return true
    for (const part of partsOf(next)) open.push(part)
  }
  return false
}

function bytesOf(value: unknown): number {
  if (typeof value === 'string') return BYTES_PER_NODE + value.length * BYTES_PER_UNIT
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return BYTES_PER_NODE + value.byteLength
  // A sparse array is long without holding anything.
  return Array.isArray(value) ? BYTES_PER_NODE * (1 + value.length) : BYTES_PER_NODE
}

function partsOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return []
  if (value instanceof Map) return [...value.keys(), ...value.values()]
  if (value instanceof Set) return [...value]
  if (Array.isArray(value)) return value
  const entries = Object.entries(value)
  return [...entries.map(([key]) => key), ...entries.map(([, part]): unknown => part)]
}

/** What a bucket of permits answers: yes, no, or no for the first time since the last yes. */
type Permit = 'yes' | 'no' | 'first-no'

/**
 * A bucket that fills with so many permits a second and holds as many.
 * `now` gives milliseconds that never go back.
 */
export function createRateLimit({ perSecond, now }: { perSecond: number; now: () => number }): () => Permit {
  let permits = perSecond
  let filledAt = now()
  let refusing = false
  return () => {
    const at = now()
    permits = Math.min(perSecond, permits + ((at - filledAt) / 1000) * perSecond)
    filledAt = at
    if (permits >= 1) {
      permits -= 1
      refusing = false
      return 'yes'
    }
    const answer = refusing ? 'no' : 'first-no'
    refusing = true
    return answer
  }
}
