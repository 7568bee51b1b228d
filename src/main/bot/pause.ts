/** Waits for `ms`, or less when the signal ends it; resolves in both cases. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>

/** Waits by the computer's clock. */
export const realPause: Pause = (ms, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })

/**
 * A pause that doubles with each failure, in ms: between half and all of it, so that many programs don't come back
 * at once, but never under a second.
 */
export function backoff(failures: number, longestMs: number, random: () => number = Math.random): number {
  const whole = Math.min(longestMs, 1000 * 2 ** Math.min(failures - 1, 20))
  return Math.max(1000, Math.round(whole / 2 + (whole / 2) * random()))
}
