import type { LogEntry } from '../telemetry/log-entry'
import { entryError } from './entry-error'
import { type ErrorBook, openErrorBook } from './error-book'
import { createReports, type Reports } from './reports'

/** Windows that show the list are told at most this often, in ms. */
const TELL_AFTER_MS = 500

type ErrorDeskOptions = Pick<Parameters<typeof createReports>[0], 'folder' | 'dsn' | 'load'> & {
  readonly version: string
  /** Tells the windows that the list has changed. Must not log. */
  readonly onChange: () => void
}

/** What the program keeps and tells of its own errors. */
export type ErrorDesk = {
  readonly book: ErrorBook
  readonly reports: Reports
  /** Hears of every line of the log. */
  readonly hear: (entry: LogEntry) => void
  readonly stop: () => Promise<void>
}

/** Makes the list of errors and the reports of them, both fed by the log. */
export function createErrorDesk({ folder, dsn, load, version, onChange }: ErrorDeskOptions): ErrorDesk {
  const tell = atMostEvery(TELL_AFTER_MS, onChange)
  const book = openErrorBook({ folder, version, onChange: tell })
  const reports = createReports({ folder, dsn, load })
  return {
    book,
    reports,
    hear: (entry) => {
      const error = entry.level === 'error' ? entryError(entry) : null
      if (error !== null) book.note(error)
      reports.hear(entry, error)
    },
    stop: async () => {
      book.close()
      await reports.stop()
    },
  }
}

function atMostEvery(ms: number, work: () => void): () => void {
  let timer: NodeJS.Timeout | null = null
  return () => {
    timer ??= setTimeout(() => {
      timer = null
      work()
    }, ms).unref()
  }
}
