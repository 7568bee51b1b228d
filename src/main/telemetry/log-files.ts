import { chmodSync, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import electronLog from 'electron-log/node'
import { consoleForm } from './console-form'
import { isWanted, jsonLine, type LogEntry } from './log-entry'

/** Where lines go, and how large that may become. */
export type LogFilesOptions = {
  /** Folder of `main.log` and its predecessors. */
  readonly folder: string
  /** Whether lines go to the standard outputs too, in a form for people. */
  readonly console: boolean
  /** Size in bytes at which a new file is begun. */
  readonly maxSize?: number
  /** Size in bytes that all files together may have when a new one is begun. */
  readonly maxTotal?: number
}

/** The files of the log. */
export type LogFiles = {
  readonly write: (entry: LogEntry) => void
  /** Writes what still waits; what is read from the files afterwards is all there is. */
  readonly flush: () => void
}

const MAX_SIZE = 5_000_000
const MAX_TOTAL = 20_000_000
const FILES_KEPT = 5
/** Longest time for which a line that is no warning waits for others, in ms: so much a kill may cost. */
const GATHER_MS = 250
/** Characters that wait at most. */
const GATHER_SIZE = 64_000

/** Name of the file with this age: 0 is the present one. */
export function logFileName(age: number): string {
  return age === 0 ? 'main.log' : `main.${String(age)}.log`
}

/** How many files the log has at most. */
export const LOG_FILES = FILES_KEPT

/**
 * Opens the files of the log. Warnings and errors are written at once; other lines are gathered for a quarter of a
 * second, because a call to the system for each would cost more than all the rest of logging.
 */
export function openLogFiles(options: LogFilesOptions): LogFiles {
  const append = openFile(options)
  const print = options.console ? openConsole() : ignore
  const most = Math.min(GATHER_SIZE, options.maxSize ?? MAX_SIZE)
  let waiting: string[] = []
  let size = 0
  let timer: NodeJS.Timeout | undefined

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0) return
    const text = waiting.join('\n')
    waiting = []
    size = 0
    append(text)
  }
  process.once('exit', flush)
  return {
    write: (entry) => {
      const line = jsonLine(entry)
      waiting.push(line)
      size += line.length
      if (size >= most || isWanted(entry.level, 'warn')) flush()
      else timer ??= setTimeout(flush, GATHER_MS).unref()
      print(entry)
    },
    flush,
  }
}

function openFile({ folder, console, maxSize = MAX_SIZE, maxTotal = MAX_TOTAL }: LogFilesOptions) {
  const path = join(folder, logFileName(0))
  const logger = electronLog.create({ logId: path })
  // Outside a renderer the library leaves some of its transports undefined.
  for (const transport of Object.values(logger.transports)) if (transport) transport.level = false
  const { file } = logger.transports
  // Without a name the library looks for a package.json on the way up from the program.
  file.setAppName('facility-dispatcher')
  file.level = 'info'
  file.maxSize = maxSize
  file.writeOptions = { flag: 'a', encoding: 'utf8', mode: 0o600 }
  file.resolvePathFn = () => path
  file.archiveLogFn = () => {
    rotate(folder, maxTotal)
  }
  // The library's own transforms would print objects its way; the lines are made before.
  file.transforms = [({ message }) => String(message.data[0])]
  // A file from an earlier run may have been copied here with other rights.
  if (existsSync(path)) chmodSync(path, 0o600)
  // The library reports a full disk through its default logger, with a stack for every line that was lost.
  electronLog.transports.console.writeFn = () => {
    if (console) process.stderr.write('A line of the log could not be written.\n')
  }
  return (text: string) => {
    logger.info(text)
  }
}

function openConsole(): (entry: LogEntry) => void {
  // Whoever reads our output may go away first; a broken pipe must not end the program.
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.listenerCount('error') === 0) stream.on('error', ignore)
  }
  return (entry) => {
    const stream = isWanted(entry.level, 'warn') ? process.stderr : process.stdout
    stream.write(`${consoleForm(entry, stream.isTTY)}\n`)
  }
}

/** main.log becomes main.1.log, main.1.log becomes main.2.log, and so on; the oldest go until there is room. */
function rotate(folder: string, maxTotal: number): void {
  const path = (age: number) => join(folder, logFileName(age))
  rmSync(path(FILES_KEPT - 1), { force: true })
  let total = 0
  for (let age = 0; age < FILES_KEPT - 1; age += 1) {
    total += statSync(path(age), { throwIfNoEntry: false })?.size ?? 0
    if (age > 0 && total > maxTotal) rmSync(path(age), { force: true })
  }
  for (let age = FILES_KEPT - 2; age >= 0; age -= 1) {
    if (existsSync(path(age))) renameSync(path(age), path(age + 1))
  }
}

function ignore(): void {
  // Outputs that nobody reads.
}
