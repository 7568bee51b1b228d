/** How often the loop is asked to be on time, in ms: rarely enough to let an idle computer sleep. */
const EVERY_MS = 500
/** Looks that are remembered: those of a minute. */
const REMEMBERED = 120

/** Watches how late the event loop comes to its work. */
export type LoopDelay = {
  /** The longest delay of the last minute, in ms. */
  readonly longestMs: () => number
  readonly stop: () => void
}

/** Begins to watch. Does not keep the program alive. */
export function watchLoopDelay(): LoopDelay {
  const delays: number[] = []
  let expected = performance.now() + EVERY_MS
  const timer = setInterval(() => {
    const now = performance.now()
    delays.push(Math.max(0, now - expected))
    if (delays.length > REMEMBERED) delays.shift()
    expected = now + EVERY_MS
  }, EVERY_MS)
  timer.unref()
  return {
    longestMs: () => Math.max(0, ...delays),
    stop: () => {
      clearInterval(timer)
    },
  }
}
