import type { WindowErrorReport } from '../../shared/model/errors'
import { Refusal } from '../../shared/model/refusal'
import { client } from './client'

/** Errors told in one minute; main counts too, but a broken loop should not even reach the bridge. */
const MOST_A_MINUTE = 10
const MINUTE = 60_000
/** Chromium says this of every layout that takes two rounds: it means nothing. */
const MEANS_NOTHING = /^ResizeObserver loop/

const told: number[] = []

/** Tells main of an error in this window. Never throws and never fails loudly. */
export function reportError(how: WindowErrorReport['how'], error: unknown): void {
  if (!isWorthTelling(error)) return
  const now = performance.now()
  while (told[0] !== undefined && now - told[0] > MINUTE) told.shift()
  if (told.length >= MOST_A_MINUTE) return
  told.push(now)
  client.errors.report(describe(how, error)).catch(() => undefined)
}

/** A refusal has been said in words where it was asked for, and logged by main if it is worth that. */
function isWorthTelling(error: unknown): boolean {
  if (error instanceof Refusal) return false
  return !MEANS_NOTHING.test(error instanceof Error ? error.message : String(error))
}

function describe(how: WindowErrorReport['how'], error: unknown): WindowErrorReport {
  if (!(error instanceof Error)) return { how, name: typeof error, message: '', stack: '' }
  const { name, message, stack = '' } = error
  return { how, name: name.slice(0, 60), message: message.slice(0, 500), stack: stack.slice(0, 6000) }
}

/** Tells main of whatever nobody in this window has caught. */
export function watchErrors(): void {
  window.addEventListener('error', ({ error, message }) => {
    reportError('thrown', error ?? message)
  })
  window.addEventListener('unhandledrejection', ({ reason }) => {
    reportError('rejected', reason)
  })
}
