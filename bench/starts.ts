import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isWanted, isWhole, readChoice } from './choice'
import type { Machine } from './machine'
import { cache, report, store, windows } from './places'
import { document, rowLine } from './report'
import type { Row } from './row'
import { STARTS } from './start-sets'
import { benchWindowStart } from './window-start'

// The starts of the window, on plain Node: a process of Electron's beside it would share its memory with the windows
// that are measured, and take the same amount off both.

async function run(): Promise<void> {
  const choice = readChoice(process.argv.slice(2))
  if (choice.isQuick || !isWanted(choice, STARTS)) return
  const copies = mkdtempSync(join(cache, 'copies-'))
  try {
    const started = await benchWindowStart(store, copies, windows, 9)
    for (const row of started) console.log(rowLine(row))
    if (!isWhole(choice)) return
    // main.ts has just written it.
    const before = JSON.parse(readFileSync(join(cache, 'rows.json'), 'utf8')) as {
      machine: Machine
      rows: Row[]
    }
    const date = new Date().toISOString().slice(0, 10)
    writeFileSync(report, document([...started, ...before.rows], before.machine, date))
    console.log('Written to docs/benchmarks.md.')
  } finally {
    rmSync(copies, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
