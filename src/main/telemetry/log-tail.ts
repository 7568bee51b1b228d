import type { LogLine } from '../../shared/model/log-line'
import type { LogEntry } from './log-entry'
import { lineOfEntry, type Wanted } from './log-lines'

/** New lines, on their way to whoever follows the log. */
export type TailBatch = {
  /** Which following they belong to: after a change of the filter older ones are of no use. */
  readonly tail: number
  readonly lines: LogLine[]
  /** Lines that were left out because there were too many. */
  readonly skipped: number
}

/** Follows the log for one window at a time. */
export type LogTail = {
  /** Sends lines that fit from now on, and gives the number of this following. */
  readonly follow: (wanted: Wanted) => number
  readonly stop: () => void
}

/** How often new lines are sent, in ms. */
const EVERY_MS = 250
/** Lines in one batch at most: more than that nobody reads. */
const MOST_LINES = 200

/** Makes the following of a log; nothing listens while nobody follows. */
export function createLogTail(deps: {
  readonly listen: (listener: (entry: LogEntry) => void) => () => void
  readonly send: (batch: TailBatch) => void
}): LogTail {
  let tail = 0
  let end = () => {}

  const follow = (wanted: Wanted): number => {
    end()
    tail += 1
    const present = tail
    let lines: LogLine[] = []
    let skipped = 0
    let timer: NodeJS.Timeout | undefined
    const send = () => {
      const batch = { tail: present, lines, skipped }
      timer = undefined
      lines = []
      skipped = 0
      deps.send(batch)
    }
    const unlisten = deps.listen((entry) => {
      const line = lineOfEntry(entry)
      if (!wanted(line)) return
      if (lines.length < MOST_LINES) lines.push(line)
      else skipped += 1
      timer ??= setTimeout(send, EVERY_MS).unref()
    })
    end = () => {
      unlisten()
      clearTimeout(timer)
    }
    return present
  }
  return {
    follow,
    stop: () => {
      end()
      end = () => {}
    },
  }
}
