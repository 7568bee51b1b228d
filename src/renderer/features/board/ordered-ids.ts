/** An id with the number that it is sorted by. */
export type Entry<Id extends string = string> = { readonly order: number; readonly id: Id }

const FULL = 256
const HALF = FULL / 2

/** Sorts by order, then by id, as the database does. */
export function compareEntries(a: Entry, b: Entry): number {
  if (a.order !== b.order) return a.order - b.order
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}

/** The first index at which `isPast` holds, in a list where it holds from some index on. */
function firstWhere(length: number, isPast: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isPast(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * A sorted list of ids, kept in short chunks: finding is logarithmic, and putting in or taking out one of
 * many thousands moves a few hundred at most.
 */
export class OrderedIds<Id extends string = string> {
  #chunks: Entry<Id>[][] = []
  #size = 0
  // Reading in sequence is the common case: the last chunk read is where the next one is.
  #readChunk = 0
  #readStart = 0

  get size(): number {
    return this.#size
  }

  /** The entry at a position. */
  at(index: number): Entry<Id> | undefined {
    if (index < 0 || index >= this.#size) return undefined
    if (index < this.#readStart) this.#rewind()
    for (;;) {
      const chunk = this.#chunks[this.#readChunk]
      if (!chunk) return undefined
      if (index < this.#readStart + chunk.length) return chunk[index - this.#readStart]
      this.#readStart += chunk.length
      this.#readChunk += 1
    }
  }

  /** How many entries sort before this one. */
  rank(entry: Entry): number {
    const place = this.#chunkFor(entry)
    let before = 0
    for (let index = 0; index < place; index += 1) before += this.#chunks[index]?.length ?? 0
    const chunk = this.#chunks[place]
    return chunk ? before + indexIn(chunk, entry) : before
  }

  /** Puts an entry in its place; one that is there already stays. */
  add(entry: Entry<Id>): void {
    this.#rewind()
    const place = Math.min(this.#chunkFor(entry), Math.max(0, this.#chunks.length - 1))
    const chunk = this.#chunks[place]
    if (!chunk) {
      this.#chunks.push([entry])
      this.#size = 1
      return
    }
    const index = indexIn(chunk, entry)
    if (isAt(chunk, index, entry)) return
    chunk.splice(index, 0, entry)
    this.#size += 1
    if (chunk.length > FULL) this.#chunks.splice(place + 1, 0, chunk.splice(HALF))
  }

  /** Takes an entry out; gives back whether it was there. */
  remove(entry: Entry): boolean {
    this.#rewind()
    const place = this.#chunkFor(entry)
    const chunk = this.#chunks[place]
    if (!chunk) return false
    const index = indexIn(chunk, entry)
    if (!isAt(chunk, index, entry)) return false
    chunk.splice(index, 1)
    this.#size -= 1
    if (chunk.length === 0) this.#chunks.splice(place, 1)
    return true
  }

  /** Forgets everything. */
  clear(): void {
    this.#chunks = []
    this.#size = 0
    this.#rewind()
  }

  /** The chunk whose last entry does not sort before this one. */
  #chunkFor(entry: Entry): number {
    return firstWhere(this.#chunks.length, (index) => {
      const last = this.#chunks[index]?.at(-1)
      return last !== undefined && compareEntries(last, entry) >= 0
    })
  }

  #rewind(): void {
    this.#readChunk = 0
    this.#readStart = 0
  }
}

function indexIn(chunk: readonly Entry[], entry: Entry): number {
  return firstWhere(chunk.length, (index) => {
    const other = chunk[index]
    return other !== undefined && compareEntries(other, entry) >= 0
  })
}

function isAt(chunk: readonly Entry[], index: number, entry: Entry): boolean {
  const there = chunk[index]
  return there !== undefined && compareEntries(there, entry) === 0
}
