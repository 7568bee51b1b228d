import type { LogLevel } from '../../shared/model/log-line'
import type { Loggable } from './redact'

/** One line of the log before it is written. */
export type LogEntry = {
  readonly time: string
  readonly level: LogLevel
  readonly scope: string
  readonly message: string
  readonly version: string
  /** The id under which this desk writes its journal; null until its data are open. */
  readonly device: string | null
  readonly fields: Readonly<Record<string, Loggable>>
}

/** Whether lines of this level are wanted when lines of the other are the least serious that are. */
export function isWanted(level: LogLevel, least: LogLevel): boolean {
  return SERIOUSNESS[level] <= SERIOUSNESS[least]
}

const SERIOUSNESS: Readonly<Record<LogLevel, number>> = { error: 0, warn: 1, info: 2, debug: 3 }

/** The line of the file: one JSON object, which fields can't overwrite the head of. */
export function jsonLine({ time, level, scope, message, version, device, fields }: LogEntry): string {
  const head = {
    time,
    level,
    ...(scope === '' ? {} : { scope }),
    message,
    version,
    ...(device === null ? {} : { device }),
  }
  return JSON.stringify({ ...head, ...fields, ...head })
}
