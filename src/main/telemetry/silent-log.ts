import type { Log } from './log'

/** A log that nobody reads: for what must not be told, or it would tell of itself for ever. */
export const SILENT: Log = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  child: () => SILENT,
}
