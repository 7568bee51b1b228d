import type { WindowError } from '../../shared/model/log-line'
import type { Log } from './log'

/** Errors that a window may tell at once. */
const BURST = 20
/** Time after which it may tell one more, in ms. */
const ONE_MORE_MS = 3_000

/**
 * Makes what writes the errors of the windows to the log, through the redactor like every other error. A window that
 * fails with every frame must not fill the disk: what goes beyond the limit is counted only.
 */
export function createWindowErrors(log: Log, now: () => number): (error: WindowError) => void {
  let allowed = BURST
  let last = now()
  let skipped = 0
  return ({ kind, component, ...told }) => {
    const at = now()
    allowed = Math.min(BURST, allowed + (at - last) / ONE_MORE_MS)
    last = at
    if (allowed < 1) {
      skipped += 1
      return
    }
    allowed -= 1
    const error = errorOf(told)
    const about = { error, scope: 'window', kind, ...(component === null ? {} : { component }) }
    log.error(skipped === 0 ? about : { ...about, skipped }, 'A window had an error')
    skipped = 0
  }
}

/** An error made again from what the window has told, so that the redactor treats it like any other. */
function errorOf({ name, message, code, stack }: Omit<WindowError, 'kind' | 'component'>): Error {
  const error = new Error(message)
  return Object.assign(error, { name, stack, ...(code === null ? {} : { code }) })
}
