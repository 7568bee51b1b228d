import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { benchAnswering, benchSlowServer } from './answering'
import { benchBackup } from './backup'
import { benchBoardQuery } from './board-query'
import { type Choice, isWanted, readChoice } from './choice'
import { benchCommit } from './commit'
import { folderOf } from './data-set'
import { measureMachine } from './machine'
import { benchObserved } from './observed'
import { cache, store, thread, windows } from './places'
import { machineLine, rowLine } from './report'
import type { Row } from './row'
import { benchStartChecks } from './start-checks'
import { STARTED, STARTS } from './start-sets'
import { benchWindowChanges } from './window-changes'

// Everything but the starts of the window, on Electron's Node. scripts/bench.mjs has built the program and made the
// displays; starts.ts goes on with the rows from here.

type Bench = { readonly ids: readonly string[]; readonly run: (copies: string) => Promise<Row[]> }

const full: readonly Bench[] = [
  { ids: ['P4'], run: (copies) => benchCommit(store, copies, 25) },
  {
    ids: ['P7'],
    run: (copies) => benchAnswering(store, copies, { rounds: 9, ours: 4000, start: 1000, telegraf: 1500 }),
  },
  {
    ids: ['P8'],
    run: (copies) => benchSlowServer(store, copies, { rounds: 5, ours: 3000, start: 40, telegraf: 0 }),
  },
  { ids: ['P9'], run: () => benchBoardQuery(store, 25, 1_000_000) },
  {
    ids: ['P13', 'P14'],
    run: (copies) => benchWindowChanges(store, copies, windows, { rounds: 9, messages: 20, changes: 40 }),
  },
  {
    ids: ['P18', 'P19', 'P20', 'P21'],
    run: (copies) => benchBackup(store, copies, thread, { rounds: 5, requests: 1_000_000 }),
  },
  { ids: ['P22'], run: (copies) => benchStartChecks(store, copies, { rounds: 15, requests: 1_000_000 }) },
  { ids: ['P23'], run: (copies) => benchObserved(store, copies, { rounds: 15, messages: 4000 }) },
]

const quick: readonly Bench[] = [
  { ids: ['P4'], run: (copies) => benchCommit(store, copies, 9) },
  {
    ids: ['P7'],
    run: (copies) => benchAnswering(store, copies, { rounds: 5, ours: 2000, start: 500, telegraf: 700 }),
  },
  { ids: ['P9'], run: () => benchBoardQuery(store, 15, 100_000) },
  {
    ids: ['P14'],
    run: (copies) => benchWindowChanges(store, copies, windows, { rounds: 5, messages: 12, changes: 0 }),
  },
  {
    ids: ['P18', 'P19', 'P20', 'P21'],
    run: (copies) => benchBackup(store, copies, thread, { rounds: 5, requests: 100_000 }),
  },
  { ids: ['P22'], run: (copies) => benchStartChecks(store, copies, { rounds: 9, requests: 100_000 }) },
  { ids: ['P23'], run: (copies) => benchObserved(store, copies, { rounds: 7, messages: 2000 }) },
]

async function measure(choice: Choice): Promise<Row[]> {
  const rows: Row[] = []
  const benches = choice.isQuick ? quick : full
  for (const bench of benches.filter(({ ids }) => isWanted(choice, ids))) {
    const copies = mkdtempSync(join(cache, 'copies-'))
    try {
      for (const row of await bench.run(copies)) {
        rows.push(row)
        console.log(rowLine(row))
      }
    } finally {
      rmSync(copies, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
  }
  return rows
}

async function run(): Promise<void> {
  const choice = readChoice(process.argv.slice(2))
  mkdirSync(cache, { recursive: true })
  const machine = measureMachine(cache)
  console.log(machineLine(machine))
  const rows = await measure(choice)
  if (!choice.isQuick && isWanted(choice, STARTS)) for (const set of STARTED) folderOf(set, store)
  writeFileSync(join(cache, 'rows.json'), JSON.stringify({ machine, rows }))
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
