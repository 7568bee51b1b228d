import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ReportSettings } from '../../shared/model/errors'
import type { LogEntry } from '../telemetry/log-entry'
import { recordSpans } from '../telemetry/span'
import type { EntryError } from './entry-error'
import { type Consent, keepConsent, readConsent } from './report-settings'
import type { Crumb, OpenReporter, Reporter } from './reporter'

/** Reports that could not be sent yet lie in this folder of the data folder. */
export const QUEUE_FOLDER = 'error-reports'
/** Lines of the log that go with an error. */
const TRAIL = 30
/** Errors that are kept until the reporter is loaded. */
const MOST_WAITING = 20
/** A program that ends waits so long for its last report, in ms. */
const LAST_MS = 2000

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

type Waiting = { readonly error: EntryError; readonly trail: readonly Crumb[] }

/** Makes the reports. Until `start`, and for as long as nobody has agreed, nothing of them is loaded. */
export function createReports({ folder, dsn, load }: ReportsOptions): Reports {
  let consent: Consent | null = null
  let trail: Crumb[] = []
  let waiting: Waiting[] = []
  let reporter: Promise<Reporter | null> | null = null
  let open: Reporter | null = null

  const agreed = () => (consent ??= dsn === null ? { isOn: false, withMemory: false } : readConsent(folder))
  const settings = (): ReportSettings => ({ hasAddress: dsn !== null, ...agreed() })
  const sendWaiting = (to: Reporter) => {
    for (const one of waiting.splice(0)) to.capture(one.error, one.trail)
  }
  const openNow = async (): Promise<Reporter | null> => {
    try {
      const opening = await load()
      if (dsn === null || !agreed().isOn) return null
      open = opening({ dsn, queue: join(folder, QUEUE_FOLDER), withMemory: agreed().withMemory })
      recordSpans(open.span)
      sendWaiting(open)
      return open
    } catch {
      // Reports are a help to somebody else: the desk works without them.
      return null
    }
  }
  const start = () => {
    if (dsn !== null && agreed().isOn) reporter ??= openNow()
  }
  const close = async () => {
    recordSpans(null)
    const closing = (await reporter) ?? null
    reporter = null
    open = null
    await closing?.close(LAST_MS)
  }
  return {
    hear: (entry, error) => {
      if (dsn === null || !agreed().isOn) return
      if (error !== null) {
        const kept = [...trail]
        if (open !== null) open.capture(error, kept)
        else if (waiting.length < MOST_WAITING) waiting.push({ error, trail: kept })
      }
      trail.push(crumbOf(entry))
      if (trail.length > TRAIL) trail.shift()
    },
    settings,
    agree: (wish) => {
      const before = agreed()
      consent = dsn === null ? before : keepConsent(folder, wish)
      if (!consent.isOn) {
        trail = []
        waiting = []
        void close().then(() => {
          // What was not sent before the no is not sent after it.
          rmSync(join(folder, QUEUE_FOLDER), { recursive: true, force: true })
        })
      } else if (before.isOn && before.withMemory !== consent.withMemory) void close().then(start)
      else start()
      return settings()
    },
    start,
    stop: async () => {
      // An error on the way down, before anything was loaded: it is sent all the same.
      if (waiting.length > 0) start()
      const late = new Promise<void>((resolve) => {
        setTimeout(resolve, 2 * LAST_MS).unref()
      })
      await Promise.race([close(), late])
    },
  }
}

function crumbOf({ time, level, scope, message, fields }: LogEntry): Crumb {
  const part = typeof fields['scope'] === 'string' ? fields['scope'] : scope
  return { at: Date.parse(time), level, scope: part, sentence: message }
}
