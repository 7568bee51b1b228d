/** How often the clock is looked at, in ms. */
const LOOK_MS = 5_000
/** A clock that is corrected by less is none that was set back, in ms. */
const SLACK_MS = 1_000

/** Calls `onSetBack` soon after the computer's clock was set back. Returns the end of the watch. */
export function watchClock(now: () => number, onSetBack: () => void, lookMs: number = LOOK_MS): () => void {
  let last = now()
  const timer = setInterval(() => {
    const at = now()
    const isSetBack = at < last - SLACK_MS
    last = at
    if (isSetBack) onSetBack()
  }, lookMs)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}
