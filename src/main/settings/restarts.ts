import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writePrivateFile } from './private-file'

/** Restarts within this time count as one row of them, in ms. */
const WINDOW_MS = 5 * 60_000
/** The third in a row is not made: whatever is wrong does not go away by starting again. */
const MOST_RESTARTS = 2
const FILE = 'restarts.json'

const Times = z.array(z.number())

/**
 * Notes that the program is about to restart itself after an error, and tells whether it should: not for the third
 * time within five minutes. `now` is UTC ms. When the note can't be written it should not.
 */
export function noteRestart(dataFolder: string, now: number): boolean {
  const path = join(dataFolder, FILE)
  const recent = readTimes(path).filter((time) => time <= now && now - time < WINDOW_MS)
  if (recent.length >= MOST_RESTARTS) return false
  try {
    writePrivateFile(path, JSON.stringify([...recent, now]))
    return true
  } catch {
    // Without the note a row of restarts would have no end.
    return false
  }
}

function readTimes(path: string): number[] {
  try {
    const times = Times.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return times.success ? times.data : []
  } catch {
    // No file: it has never restarted itself.
    return []
  }
}
