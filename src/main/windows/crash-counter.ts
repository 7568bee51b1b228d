const WINDOW_MS = 60_000
const MOST_CRASHES = 3

/** What to do about a crash: show the page again, or the safe page because it keeps crashing. */
type AfterCrash = 'reload' | 'safe-page'

/** Counts crashes: the third within a minute asks for the safe page. `now` gives milliseconds. */
export function createCrashCounter(now: () => number): () => AfterCrash {
  let crashes: readonly number[] = []
  return () => {
    const at = now()
    crashes = [...crashes.filter((crash) => at - crash < WINDOW_MS), at]
    if (crashes.length < MOST_CRASHES) return 'reload'
    crashes = []
    return 'safe-page'
  }
}
