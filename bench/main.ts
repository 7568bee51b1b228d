import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { benchAnswering, benchSlowServer } from './answering'
import { benchBoardQuery } from './board-query'
import { benchCommit } from './commit'
import type { Store } from './data-set'
import { measureMachine } from './machine'
import { document, machineLine, rowLine } from './report'
import type { Row } from './row'
import { benchWindowChanges } from './window-changes'
import { benchWindowStart, type Windows } from './window-start'

// Runs on Electron's Node; scripts/bench.mjs has built the program and made the displays.

const root = process.env['BENCH_ROOT'] ?? process.cwd()
const cache = join(root, 'node_modules/.cache/bench')
const store: Store = { cache, migrations: join(root, 'drizzle') }
const windows: Windows = { root, displays: (process.env['BENCH_DISPLAYS'] ?? '').split(',') }

type Bench = { readonly ids: readonly string[]; readonly run: (copies: string) => Promise<Row[]> }

const full: readonly Bench[] = [
  { ids: ['P1', 'P2', 'P3'], run: (copies) => benchWindowStart(store, copies, windows, 9) },
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
]

function chosen(benches: readonly Bench[], wanted: string | undefined): readonly Bench[] {
  if (wanted === undefined) return benches
  const names = wanted.toUpperCase().split(',')
  const found = benches.filter(({ ids }) => ids.some((id) => names.includes(id)))
  if (found.length === 0) throw new Error(`There is no benchmark ${wanted}`)
  return found
}

async function run(args: readonly string[]): Promise<void> {
  const isQuick = args.includes('--quick')
  const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '') : undefined
  mkdirSync(cache, { recursive: true })
  const machine = measureMachine(cache)
  console.log(machineLine(machine))
  const rows: Row[] = []
  for (const bench of chosen(isQuick ? quick : full, only)) {
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
  if (isQuick || only !== undefined) return
  const date = new Date().toISOString().slice(0, 10)
  writeFileSync(join(root, 'docs/benchmarks.md'), document(rows, machine, date))
  console.log('Written to docs/benchmarks.md.')
}

run(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
