import { setTimeout } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { type CheckDepth, checkFile, type CheckResult } from './db/deep-check'

// Looks at a whole database in a thread of its own, so that the desk goes on while that takes its time.

/** Between two tables SQLite's log can be emptied, which an open look holds up; in ms. */
const BREATH_MS = 50

async function check(path: string, depth: CheckDepth): Promise<CheckResult> {
  for (const { look } of checkFile(path, depth)) {
    const result = look()
    if (result.kind !== 'sound') return result
    await setTimeout(BREATH_MS)
  }
  return { kind: 'sound' }
}

const { path, depth } = workerData as { readonly path: string; readonly depth: CheckDepth }
// A failure ends the thread with an error, which is told to whoever started it.
void check(path, depth).then((result) => parentPort?.postMessage(result))
