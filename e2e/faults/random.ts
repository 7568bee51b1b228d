/** A source of chance that gives the same for the same seed. */
export type Random = {
  /** At least 0, less than 1. */
  readonly next: () => number
  /** A whole number, at least 0, less than `end`. */
  readonly below: (end: number) => number
  /** One of the values. Throws when there is none. */
  readonly pick: <T>(values: readonly T[]) => T
  readonly chance: (probability: number) => boolean
}

/** Small and seeded, so that a failure can be played again. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    next,
    below,
    pick: <T>(values: readonly T[]): T => {
      if (values.length === 0) throw new Error('There is nothing to pick from')
      // Within bounds, so the element is there.
      return values[below(values.length)] as T
    },
    chance: (probability) => next() < probability,
  }
}
