import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ReportSettings } from '../../shared/model/errors'
import type { LogEntry } from '../telemetry/log-entry'
import { recordSpans } from '../telemetry/span'
import type { EntryError } from './entry-error'
import { type Consent, keepConsent, readConsent } from './report-settings'
import type { OpenReporter, Reporter } from './reporter'
import { createTrail } from './trail'

/** Reports that could not be sent yet lie in this folder of the data folder. */
const QUEUE_FOLDER = 'error-reports'
/** A program that ends waits so long for its last report, in ms. */
const LAST_MS = 2000
const NOT_AT_ALL_MS = 1

type ReportsOptions = {
  readonly folder: string
  /** Address of the reports; null when there is none, and then nothing is ever sent. */
  readonly dsn: string | null
  /** Loads what sends: not a byte of it before it is needed. */
  readonly load: () => Promise<OpenReporter>
}

/** The reports of errors to whoever maintains the program; nothing goes out without an address and a yes. */
export type Reports = {
  /** Hears of every line of the log; an error comes with what is known of it. */
  readonly hear: (entry: LogEntry, error: EntryError | null) => void
  readonly settings: () => ReportSettings
  /** Throws what the file system says: a consent that can't be kept is none. */
  readonly agree: (consent: Consent) => ReportSettings
  /** Starts to send. After the first paint. */
  readonly start: () => void
  /** Sends what is on its way, and stops. */
  readonly stop: () => Promise<void>
}

/** Makes the reports. Until `start`, and for as long as nobody has agreed, nothing of them is loaded. */
export function createReports(options: ReportsOptions): Reports {
  const { folder, dsn } = options
  const trail = createTrail()
  let consent: Consent | null = null
  const agreed = () => (consent ??= dsn === null ? { isOn: false, withMemory: false } : readConsent(folder))
  const sending = createSending(options, agreed, trail.sendWaiting)
  const settings = (): ReportSettings => ({ hasAddress: dsn !== null, ...agreed() })
  const start = () => {
    if (agreed().isOn) sending.start()
  }
  return {
    hear: (entry, error) => {
      if (agreed().isOn) trail.hear(entry, error, sending.present())
    },
    settings,
    agree: (wish) => {
      if (dsn === null) return settings()
      consent = keepConsent(folder, wish)
      if (!consent.isOn) trail.forget()
      // What was not sent before the no is not sent after it.
      void sending.stop(NOT_AT_ALL_MS).then(() => {
        if (agreed().isOn) sending.start()
        else rmSync(join(folder, QUEUE_FOLDER), { recursive: true, force: true })
      })
      return settings()
    },
    start,
    stop: async () => {
      // An error on the way down, before anything was loaded: it is sent all the same.
      if (trail.isWaiting()) start()
      const late = new Promise<void>((resolve) => {
        setTimeout(resolve, 2 * LAST_MS)
      })
      await Promise.race([sending.stop(LAST_MS), late])
    },
  }
}

/** What sends, loaded once somebody starts it. */
function createSending(
  { folder, dsn, load }: ReportsOptions,
  agreed: () => Consent,
  onOpen: (reporter: Reporter) => void,
) {
  let opening: Promise<Reporter | null> | null = null
  let present: Reporter | null = null

  const open = async (): Promise<Reporter | null> => {
    try {
      const openReporter = await load()
      // The answer may have become a no meanwhile.
      if (dsn === null || !agreed().isOn) return null
      const { withMemory } = agreed()
      present = openReporter({ dsn, queue: join(folder, QUEUE_FOLDER), withMemory })
      recordSpans(present.span)
      onOpen(present)
      return present
    } catch {
      // Reports are a help to somebody else: the desk works without them.
      return null
    }
  }
  return {
    present: () => present,
    start: () => {
      opening ??= open()
    },
    stop: async (longestMs: number) => {
      recordSpans(null)
      const left = await opening
      opening = null
      present = null
      await left?.close(longestMs)
    },
  }
}
