import { mkdirSync } from 'node:fs'
import type { LogLevel } from '../../shared/model/log-line'
import { presentContext } from './context'
import { isWanted, type LogEntry } from './log-entry'
import { type LogFilesOptions, openLogFiles } from './log-files'
import type { Redactor } from './redact'

/** What belongs to a log line; names outside the redactor's list are left out. */
type LogFields = Readonly<Record<string, unknown>>
type Write = (fields: LogFields, message: string) => void

/** Writes structured lines. The message is a fixed sentence; everything that varies is a field. */
export type Log = {
  readonly error: Write
  readonly warn: Write
  readonly info: Write
  readonly debug: Write
  /** The same log, its lines marked with this scope. */
  readonly child: (scope: string) => Log
}

/** The log as a whole, for those who govern it. */
export type WholeLog = Log & {
  /** The least serious level that is written. */
  readonly level: () => LogLevel
  /** Writes more or less from now on. */
  readonly setLevel: (level: LogLevel) => void
  /** Names the desk in every line from now on. */
  readonly setDevice: (id: string | null) => void
  /** Tells of every line that is written, already redacted; returns its end. The listener must not log itself. */
  readonly listen: (listener: (entry: LogEntry) => void) => () => void
  /** Writes what still waits in memory. */
  readonly flush: () => void
}

type LogOptions = LogFilesOptions & {
  readonly level: LogLevel
  readonly redactor: Redactor
  /** Version of the program, in every line. */
  readonly version: string
  /** Hears of every line that is written, already redacted. Must not log itself. */
  readonly onEntry?: (entry: LogEntry) => void
}

/**
 * Opens the log: JSON lines in `<folder>/main.log` (mode 0600), begun anew at 5 MB, at most five files and 20 MB kept.
 * Works in Electron's main process and in plain Node. Writing never throws: a full disk loses the line only.
 */
export function createLog(options: LogOptions): WholeLog {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const { redactor, version, onEntry } = options
  const files = openLogFiles(options)
  const listeners = new Set(onEntry === undefined ? [] : [onEntry])
  const state: { level: LogLevel; device: string | null } = { level: options.level, device: null }

  function write(level: LogLevel, scope: string, given: LogFields, sentence: string): void {
    // Twice, so that a line's own fields stand first and still win.
    const { scope: own, ...fields } = redactor.fields({ ...given, ...presentContext(), ...given })
    const entry: LogEntry = {
      time: new Date().toISOString(),
      level,
      // Most lines name their part of the program beside their fields.
      scope: scope === '' && typeof own === 'string' ? own : scope,
      message: redactor.sentence(sentence),
      version,
      device: state.device,
      fields,
    }
    files.write(entry)
    for (const listener of listeners) listener(entry)
  }

  function scoped(scope: string): Log {
    function at(level: LogLevel): Write {
      return (given, sentence) => {
        if (isWanted(level, state.level)) write(level, scope, given, sentence)
      }
    }
    return {
      error: at('error'),
      warn: at('warn'),
      info: at('info'),
      debug: at('debug'),
      child: (inner) => scoped(scope === '' ? inner : `${scope}.${inner}`),
    }
  }
  return {
    ...scoped(''),
    level: () => state.level,
    setLevel: (level) => {
      state.level = level
    },
    setDevice: (id) => {
      state.device = id
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    flush: files.flush,
  }
}
