import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LogMessage } from 'electron-log'
import electronLog from 'electron-log/node'
import { consoleForm } from './console-form'
import { LOG_LEVELS, type LogEntry, type LogLevel } from './log-entry'
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

type LogOptions = {
  /** Folder of `main.log` and its predecessors; made with mode 0700 when it is missing. */
  readonly folder: string
  readonly level: LogLevel
  /** Whether lines go to the standard outputs too, in a form for people. */
  readonly console: boolean
  readonly redactor: Redactor
  /** Size in bytes at which a new file is begun. */
  readonly maxSize?: number
  /** Hears of every line that is written, already redacted. Must not log itself. */
  readonly onEntry?: (entry: LogEntry) => void
}

const MAX_SIZE = 5_000_000
const FILES_KEPT = 5

/**
 * Opens the log: JSON lines in `<folder>/main.log` (mode 0600), begun anew at 5 MB, five files kept.
 * Works in Electron's main process and in plain Node. Writing never throws: a full disk loses the line only.
 */
export function createLog(options: LogOptions): Log {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const write = openTransports(options)
  const { onEntry = ignore } = options

  function scoped(scope: string): Log {
    function at(level: LogLevel): Write {
      if (LOG_LEVELS.indexOf(level) > LOG_LEVELS.indexOf(options.level)) return ignore
      return (given, sentence) => {
        const fields = options.redactor.fields(given)
        const message = options.redactor.text(sentence)
        const entry: LogEntry = { time: new Date().toISOString(), level, scope, message, fields }
        write(entry)
        onEntry(entry)
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
  return scoped('')
}

function openTransports({
  folder,
  level,
  console,
  maxSize = MAX_SIZE,
}: LogOptions): (entry: LogEntry) => void {
  const path = join(folder, 'main.log')
  const logger = electronLog.create({ logId: path })
  const { file, console: terminal } = logger.transports
  // Outside a renderer the library leaves some of its transports undefined.
  for (const transport of Object.values(logger.transports)) if (transport) transport.level = false

  // Without a name the library looks for a package.json on the way up from the program.
  file.setAppName('facility-dispatcher')
  file.level = level
  file.maxSize = maxSize
  file.writeOptions = { flag: 'a', encoding: 'utf8', mode: 0o600 }
  file.resolvePathFn = () => path
  file.archiveLogFn = () => {
    rotate(folder)
  }
  // The library's own transforms would print objects its way; the line is made here.
  file.transforms = [({ message }) => jsonLine(entryOf(message))]
  // A file from an earlier run may have been copied here with other rights.
  if (existsSync(path)) chmodSync(path, 0o600)

  terminal.level = console ? level : false
  terminal.transforms = []
  terminal.writeFn = ({ message }) => {
    const entry = entryOf(message)
    const stream = entry.level === 'error' || entry.level === 'warn' ? process.stderr : process.stdout
    stream.write(`${consoleForm(entry, stream.isTTY)}\n`)
  }
  // The library reports a full disk through its default logger, with a stack for every line that was lost.
  electronLog.transports.console.writeFn = () => {
    if (console) process.stderr.write('A line of the log could not be written.\n')
  }
  if (console) surviveClosedOutputs()

  return (entry) => {
    logger[entry.level](entry)
  }
}

function entryOf(message: LogMessage): LogEntry {
  // Only the function returned by openTransports hands messages to this logger, and each holds one entry.
  return message.data[0] as LogEntry
}

function jsonLine({ time, level, scope, message, fields }: LogEntry): string {
  const head = scope === '' ? { time, level, message } : { time, level, scope, message }
  return JSON.stringify({ ...head, ...fields, ...head })
}

/** main.log becomes main.1.log, main.1.log becomes main.2.log, and so on; the oldest goes. */
function rotate(folder: string): void {
  const name = (index: number) => join(folder, index === 0 ? 'main.log' : `main.${String(index)}.log`)
  rmSync(name(FILES_KEPT - 1), { force: true })
  for (let index = FILES_KEPT - 2; index >= 0; index -= 1) {
    if (existsSync(name(index))) renameSync(name(index), name(index + 1))
  }
}

/** Whoever reads our output may go away first; a broken pipe must not end the program. */
function surviveClosedOutputs(): void {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.listenerCount('error') === 0) stream.on('error', ignore)
  }
}

function ignore(): void {
  // A level that is not wanted, or outputs that nobody reads any more.
}
