/**
 * A clock that several processes of this computer read alike, in ms with fractions: the system's time, which
 * the process's own start time may miss by some ms.
 */
export function createClock(): () => number {
  const begun = Date.now()
  let tick = Date.now()
  while (tick === begun) tick = Date.now()
  const offset = tick - performance.now()
  return () => offset + performance.now()
}

/** The same as a script for a page: gives the offset of its `performance.now()`. */
export const PAGE_CLOCK_OFFSET =
  '(() => { const begun = Date.now(); let tick = begun; while (tick === begun) tick = Date.now(); return tick - performance.now() })()'

/** How long a piece of work takes, in ms. */
export function timed(work: () => void): number {
  const started = performance.now()
  work()
  return performance.now() - started
}

/** Waits for `ms`. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
