import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BotState } from '../../shared/model/bot-state'
import { openSqlite } from '../db/connection'
import { type Database, databaseOf } from '../db/database'
import { createEngine, type Engine } from '../bot/engine'
import { createHttpClient } from '../bot/http-client'
import type { Simulator } from '../practice/simulator/simulator'
import { startSimulator } from '../practice/simulator/start-simulator'
import type { Log } from '../telemetry/log'
import { applySchema } from './migrated'
import { depsOf, useCasesOf } from './test-database'

/** A log that keeps what is written, for tests to look at. */
export function memoryLog(): Log & { readonly lines: { level: string; message: string; fields: unknown }[] } {
  const lines: { level: string; message: string; fields: unknown }[] = []
  const at = (level: string) => (fields: unknown, message: string) => {
    lines.push({ level, message, fields })
  }
  const log = {
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    lines,
    child: () => log,
  }
  return log
}

/** Everything that the program does without its windows, on a real file and against the strict simulator. */
export type Office = ReturnType<typeof useCasesOf> & {
  readonly folder: string
  readonly database: Database
  readonly simulator: Simulator
  readonly engine: Engine
  readonly log: ReturnType<typeof memoryLog>
  readonly states: BotState[]
  /** Resolves once everything that came in is handled and everything that is due has gone out. */
  readonly settled: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Opens a whole office: a file in a temporary folder, the simulator, and the engine receiving. */
export async function openOffice(
  options: { readonly undoMs?: number; readonly folder?: string; readonly simulator?: Simulator } = {},
): Promise<Office> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'office-'))
  const path = join(folder, 'dispatcher.db')
  const sqlite = openSqlite(path)
  if (sqlite.pragma('user_version', { simple: true }) === 0) {
    applySchema(sqlite)
    sqlite.pragma('user_version = 2')
  }
  const database = databaseOf(sqlite, { deviceId: 'test-desk', now: Date.now })
  const deps = depsOf(database, Date.now, options.undoMs ?? 0)
  const useCases = useCasesOf(deps)
  useCases.people.ensureManager()
  const simulator = options.simulator ?? (await startSimulator())
  const log = memoryLog()
  const states: BotState[] = []
  const http = createHttpClient()
  const engine = createEngine({
    ...useCases,
    database,
    http,
    apiRoot: simulator.apiRoot,
    filesFolder: join(folder, 'files'),
    now: Date.now,
    newCode: deps.newCode,
    log,
    onState: (state) => states.push(state),
  })
  await engine.start(simulator.token)
  return {
    ...useCases,
    folder,
    database,
    simulator,
    engine,
    log,
    states,
    settled: () => settle(database, simulator),
    close: async () => {
      await engine.stop()
      await http.close()
      if (options.simulator === undefined) await simulator.stop()
      database.close()
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

const DEADLINE_MS = 10_000

async function settle(database: Database, simulator: Simulator): Promise<void> {
  const waiting = database.sqlite
    .prepare(
      `select (select count(*) from inbox where state = 'new')
         + (select count(*) from outbox where state in ('pending', 'sending'))
         + (select count(*) from downloads where state = 'waiting')`,
    )
    .pluck()
  const deadline = Date.now() + DEADLINE_MS
  let quiet = 0
  while (quiet < 3) {
    if (Date.now() > deadline)
      throw new Error(`The office did not come to rest: ${unrest(database, simulator)}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
    const busy = simulator.pendingUpdates().length > 0 || waiting.get() !== 0
    quiet = busy ? 0 : quiet + 1
  }
}

/** What still waits, for the message of a test that waits in vain. */
function unrest({ sqlite }: Database, simulator: Simulator): string {
  const all = (sql: string) => sqlite.prepare(sql).raw().all()
  return JSON.stringify({
    now: Date.now(),
    pending: simulator.pendingUpdates().length,
    inbox: all("select update_id, attempts, not_before, last_error from inbox where state = 'new'"),
    outbox: all(
      "select kind, state, attempts, not_before, last_error from outbox where state in ('pending', 'sending')",
    ),
    downloads: all("select attempts, not_before, last_error from downloads where state = 'waiting'"),
    calls: simulator.ledger.slice(-5).map(({ method, at, ok, fault }) => [method, at, ok, fault]),
  })
}
