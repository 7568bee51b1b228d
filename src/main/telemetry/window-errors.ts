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

/** Errors of the language: their messages name variables and quote the rest, which the redactor cuts. */
const OF_THE_LANGUAGE: ReadonlySet<string> = new Set([
  'TypeError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
])
/** Messages of React, and of our own guard, which are known to hold nobody's words. */
const KNOWN_MESSAGES = /^(?:Minified React error #\d+|Missing: [a-z #]+)/

/** A window holds what people wrote, so an unknown error's message may hold it too: only its name is kept then. */
function safeMessage(name: string, message: string): string {
  if (OF_THE_LANGUAGE.has(name)) return message
  return KNOWN_MESSAGES.exec(message)?.[0] ?? ''
}

/** An error made again from what the window has told, so that the redactor treats it like any other. */
function errorOf({ name, message, code, stack }: Omit<WindowError, 'kind' | 'component'>): Error {
  const error = new Error(safeMessage(name, message))
  // The redactor finds the places behind the message in the stack, so that one has to be the whole one.
  const frames = stack.slice(Math.max(0, stack.indexOf(message)) + message.length)
  return Object.assign(error, {
    name,
    stack: `${name}: ${error.message}${frames}`,
    ...(code === null ? {} : { code }),
  })
}
