import type { Handlers } from '../../shared/ipc/contract'
import type { WindowErrorReport } from '../../shared/model/errors'
import type { ErrorBook } from '../errors/error-book'
import { knownSentence } from '../errors/known-sentences'
import type { Reports } from '../errors/reports'
import type { Log } from '../telemetry/log'
import type { Measures } from '../telemetry/measures'
import { createRateLimit } from './limits'

/** Errors that a window may report in a minute: a broken window must not fill the log. */
export const REPORTS_A_MINUTE = 20

const SENTENCES = {
  thrown: 'The window has met an error',
  rejected: 'A rejection in the window was not caught',
  drawing: 'A part of the window could not be drawn',
} as const satisfies Readonly<Record<WindowErrorReport['how'], string>>

type ErrorHandlerDeps = {
  readonly book: ErrorBook
  readonly reports: Pick<Reports, 'settings' | 'agree'>
  readonly log: Log
  readonly measures?: Measures
  /** Milliseconds that never go back. */
  readonly now?: () => number
}

/** The list of errors, and the windows' way into it. Served whether the data are open or not. */
export function errorHandlers({
  book,
  reports,
  log,
  measures,
  now = () => performance.now(),
}: ErrorHandlerDeps): Handlers['errors'] {
  // The bucket counts in seconds; a clock that goes sixty times slower makes minutes of them.
  const permit = createRateLimit({ perSecond: REPORTS_A_MINUTE, now: () => now() / 60 })
  return {
    list: () => [...book.list()],
    markRead: () => {
      book.markRead()
    },
    clear: () => {
      book.clear()
    },
    report: (told) => {
      measures?.count('window-errors')
      const permitted = permit()
      if (permitted === 'first-no') log.warn({ scope: 'window' }, 'The window reports too many errors')
      if (permitted === 'yes') log.error({ error: errorOf(told), scope: 'window' }, SENTENCES[told.how])
    },
    reports: () => reports.settings(),
    setReports: (consent) => reports.agree(consent),
  }
}

/** The window's error as one of ours: its own words are kept only where they are known to be nobody's. */
function errorOf({ name, message, stack }: WindowErrorReport): Error {
  const error = new Error(knownSentence(message))
  error.name = name
  // The engine puts the message at the head of the stack: only the lines of places are kept.
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  error.stack = [error.message, ...frames].join('\n')
  return error
}
