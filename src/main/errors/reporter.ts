import type { LogLevel } from '../../shared/model/log-line'
import type { RecordSpan } from '../telemetry/span'
import type { EntryError } from './entry-error'

/** A line of the log on the way to an error: who said what, without its fields. */
export type Crumb = {
  readonly at: number
  readonly level: LogLevel
  readonly scope: string
  readonly sentence: string
}

/** What sends errors. */
export type Reporter = {
  readonly capture: (error: EntryError, trail: readonly Crumb[]) => void
  readonly span: RecordSpan
  /** Sends what is on its way, for so long at most, in ms. */
  readonly close: (longestMs: number) => Promise<void>
}

/** Opens what sends errors. */
export type OpenReporter = (options: {
  readonly dsn: string
  /** Folder of what could not be sent yet. */
  readonly queue: string
  readonly withMemory: boolean
}) => Reporter
