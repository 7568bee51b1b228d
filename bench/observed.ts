import { join } from 'node:path'
import { openSqlite } from '../src/main/db/connection'
import { createTelegram, type Telegram } from '../src/main/bot/telegram'
import {
  createDeps,
  createUseCases,
  openOffice,
  openOfficeDatabase,
  type OfficeOptions,
} from '../src/main/office'
import { createLog, type Log } from '../src/main/telemetry/log'
import { createRedactor } from '../src/main/telemetry/redact'
import { type BotServer, startBotServer, tokenOf } from './bot-server-process'
import { FIRST_WRITER } from './bot-server-talk'
import { archiveOf, copyOf, type Store } from './data-set'
import { addResidents } from './fill-office'
import { measureRounds, type Row } from './row'

const PEOPLE = 24_000
const UNDO_MS = 6000

const silent: Log = { error: ignore, warn: ignore, info: ignore, debug: ignore, child: () => silent }

type Contender = { readonly token: string; readonly stop: () => Promise<void> }

/** P23: what measures, timed queries and the log cost where messages are taken in. */
export async function benchObserved(
  store: Store,
  copies: string,
  { rounds, messages }: { readonly rounds: number; readonly messages: number },
): Promise<Row[]> {
  const server = await startBotServer()
  const observed = await startObserved(server, store, copies)
  const plain = await startPlain(server, store, copies)
  for (const { token } of [observed, plain]) server.open(token, 0)
  const contenders = {
    on: async () => 1e6 / (await server.write(observed.token, messages)),
    off: async () => 1e6 / (await server.write(plain.token, messages)),
  }
  try {
    await measureRounds(1, contenders)
    const { on, off } = await measureRounds(rounds, contenders)
    return [
      {
        id: 'P23',
        name: 'update to stored and answered, observed',
        baselineName: 'the same without measures and log',
        unit: 'µs',
        ours: on,
        baseline: off,
        goal: { atMost: 1.1 },
      },
    ]
  } finally {
    await observed.stop()
    await plain.stop()
    server.stop()
  }
}

async function startObserved(server: BotServer, store: Store, copies: string): Promise<Contender> {
  const options = optionsOf(server, store, copies)
  const log = createLog({
    folder: join(options.folder, 'logs'),
    level: 'info',
    redactor: createRedactor(),
    console: false,
    version: '0.0.0',
  })
  const office = openOffice({ ...options, log })
  const token = tokenOf(1_000_011)
  await office.telegram.engine.start(token)
  return { token, stop: office.close }
}

/** The same office, put together without anything that looks at it. */
async function startPlain(server: BotServer, store: Store, copies: string): Promise<Contender> {
  const options = optionsOf(server, store, copies)
  const database = openOfficeDatabase(options)
  const deps = createDeps(database, Date.now, UNDO_MS)
  const useCases = createUseCases(deps)
  useCases.people.ensureManager()
  const telegram: Telegram = createTelegram({
    ...useCases,
    database,
    apiRoot: server.apiRoot,
    filesFolder: join(options.folder, 'files'),
    now: Date.now,
    newCode: deps.newCode,
    log: silent,
    onState: ignore,
    mayStoreFiles: () => true,
  })
  const token = tokenOf(1_000_012)
  await telegram.engine.start(token)
  return {
    token,
    stop: async () => {
      await telegram.close()
      database.close()
    },
  }
}

function optionsOf(server: BotServer, store: Store, copies: string): Omit<OfficeOptions, 'log'> {
  const folder = copyOf(archiveOf(1000), store, copies)
  const sqlite = openSqlite(join(folder, 'dispatcher.db'))
  addResidents(sqlite, FIRST_WRITER, PEOPLE)
  sqlite.close()
  return {
    folder,
    appVersion: '0.0.0',
    migrationsFolder: store.migrations,
    undoMs: UNDO_MS,
    apiRoot: server.apiRoot,
    now: Date.now,
    onBotState: ignore,
  }
}

function ignore(): void {
  // Nobody looks.
}
