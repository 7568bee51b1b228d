import { join } from 'node:path'
import { openSqlite, type Sqlite } from '../src/main/db/connection'
import { databaseOf } from '../src/main/db/database'
import { deviceIdOf } from '../src/main/db/device'
import { createDeps, createUseCases } from '../src/main/office'
import type { RequestId } from '../src/shared/model/ids'
import { timed } from './clock'
import { boardOf, copyOf, type Store } from './data-set'
import { measureRounds, type Row } from './row'

/** Commits of one round. */
const SLICE = 200

type Written = { readonly text: string; readonly params: unknown[] }

const NOTE =
  '`dispatching.setPriority` on one of 1,000 requests on the board: it reads the request, the manager and the ' +
  'people concerned, writes the request, its journal entry and the outbox row of the card, and tells the windows. ' +
  'The baseline runs the very same writing statements, recorded before, as prepared statements of better-sqlite3 ' +
  'in the same order, without any reading.'

/** P4: a durable commit through a use case, against its bare writes. */
export async function benchCommit(store: Store, copies: string, rounds: number): Promise<Row[]> {
  const set = boardOf(1000)
  const steps = SLICE * (rounds + 1)
  const recorded = record(join(copyOf(set, store, copies), 'dispatcher.db'), steps)
  const ours = openOurs(openSqlite(join(copyOf(set, store, copies), 'dispatcher.db')))
  const bare = openBare(openSqlite(join(copyOf(set, store, copies), 'dispatcher.db')))
  const rate = (ms: number) => (SLICE * 1000) / ms
  let oursAt = 0
  let bareAt = 0
  const contenders = {
    ours: () =>
      rate(
        timed(() => {
          for (const end = oursAt + SLICE; oursAt < end; oursAt += 1) ours(oursAt)
        }),
      ),
    bare: () =>
      rate(
        timed(() => {
          for (const end = bareAt + SLICE; bareAt < end; bareAt += 1) bare(recorded[bareAt] ?? [])
        }),
      ),
  }
  await measureRounds(1, contenders)
  const measured = await measureRounds(rounds, contenders)
  return [
    {
      id: 'P4',
      name: 'durable commit through the use cases',
      baselineName: 'bare better-sqlite3',
      unit: '/s',
      ours: measured.ours,
      baseline: measured.bare,
      goal: { atLeast: 0.9 },
      note: NOTE,
    },
  ]
}

/** One commit for each step, as the program makes it: the priority of a request on the board. */
export function openOurs(sqlite: Sqlite): (step: number) => void {
  const deviceId = deviceIdOf(sqlite, () => '')
  const database = databaseOf(sqlite, { deviceId, now: Date.now })
  const { dispatching } = createUseCases(createDeps(database, Date.now, 6000))
  // The windows are told, as in the program.
  database.onCommit(() => {})
  const ids = sqlite
    .prepare<[], string>(
      "select id from requests where status in ('OPEN', 'ASSIGNED', 'IN_PROGRESS') order by board_order",
    )
    .pluck()
    .all() as RequestId[]
  return (step) => {
    const id = ids[step % ids.length]
    if (id === undefined) throw new Error('There is no request on the board')
    const isHigh = Math.floor(step / ids.length) % 2 === 0
    dispatching.setPriority(id, isHigh ? 'URGENT' : 'HIGH')
  }
}

/** What each step writes, statement by statement. */
function record(path: string, steps: number): Written[][] {
  const sqlite = openSqlite(path)
  let present: Written[] = []
  const prepare = sqlite.prepare.bind(sqlite)
  sqlite.prepare = ((text: string) => {
    const statement = prepare(text)
    if (!/^\s*(insert|update|delete)/iu.test(text)) return statement
    const run = statement.run.bind(statement)
    statement.run = (...params: unknown[]) => {
      present.push({ text, params })
      return run(...params)
    }
    return statement
  }) as typeof sqlite.prepare
  const step = openOurs(sqlite)
  const all: Written[][] = []
  sqlite.pragma('synchronous = OFF')
  for (let index = 0; index < steps; index += 1) {
    present = []
    step(index)
    all.push(present)
  }
  sqlite.close()
  return all
}

function openBare(sqlite: Sqlite): (written: readonly Written[]) => void {
  const prepared = new Map<string, ReturnType<Sqlite['prepare']>>()
  const begin = sqlite.prepare('begin immediate')
  const commit = sqlite.prepare('commit')
  const statementOf = (text: string) => {
    const known = prepared.get(text)
    if (known) return known
    const made = sqlite.prepare(text)
    prepared.set(text, made)
    return made
  }
  return (written) => {
    begin.run()
    for (const { text, params } of written) statementOf(text).run(...params)
    commit.run()
  }
}
