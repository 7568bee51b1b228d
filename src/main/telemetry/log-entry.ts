import type { Loggable } from './redact'

/** The levels, the most serious first. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const

/** How much is logged: a level and those more serious than it. */
export type LogLevel = (typeof LOG_LEVELS)[number]

/** One line of the log before it is written. */
export type LogEntry = {
  readonly time: string
  readonly level: LogLevel
  readonly scope: string
  readonly message: string
  readonly fields: Readonly<Record<string, Loggable>>
}
