import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LogLevel } from '../../shared/model/log-line'
import { writePrivateFile } from '../settings/private-file'

/** Where the log's level is kept: beside the log, since the log is needed before any data are open. */
const FILE = 'level'

/** The level that was chosen at the desk; null when none was, or when what is there is no level. */
export function readLevel(logFolder: string): LogLevel | null {
  try {
    return LogLevel.safeParse(readFileSync(join(logFolder, FILE), 'utf8').trim()).data ?? null
  } catch {
    return null
  }
}

/** Keeps the level for the next start. Throws what the file system says. */
export function keepLevel(logFolder: string, level: LogLevel): void {
  writePrivateFile(join(logFolder, FILE), `${level}\n`)
}
