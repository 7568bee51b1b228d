import type * as Grammy from 'grammy'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Telegraf } from 'telegraf'
import { openSqlite } from '../src/main/db/connection'
import { createDeps, createUseCases, openOffice, openOfficeDatabase, type Office } from '../src/main/office'
import type { Log } from '../src/main/telemetry/log'
import { type BotServer, startBotServer, tokenOf } from './bot-server-process'
import { FIRST_WRITER } from './bot-server-talk'
import { archiveOf, copyOf, type Store } from './data-set'
import { addResidents } from './fill-office'
import { measureRounds, type Row } from './row'
import { createPlainBot, type PlainBot } from './plain-bot'

/** How much is measured. */
export type AnsweringWish = {
  readonly rounds: number
  /** Messages of one round. */
  readonly ours: number
  readonly start: number
  readonly telegraf: number
}

const PEOPLE = 24_000

const silent: Log = {
  error: (fields, message) => {
    console.error(message, fields)
  },
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => silent,
}

// As it is published: its own HTTP client does not survive being bundled.
const { Bot } = createRequire(import.meta.url)('grammy') as typeof Grammy

type Contender = { readonly token: string; readonly stop: () => Promise<void> }

/** P7: an update until it is stored and answered, with a server that answers at once. */
export async function benchAnswering(store: Store, copies: string, wish: AnsweringWish): Promise<Row[]> {
  const { ours, start, telegraf } = await race(store, copies, wish, 0)
  const name = 'update to stored and answered'
  return [
    {
      id: 'P7',
      name,
      baselineName: 'grammY start()',
      unit: '/s',
      ours,
      baseline: start,
      goal: { atLeast: 5 },
      note: NOTE,
    },
    { id: 'P7', name, baselineName: 'telegraf', unit: '/s', ours, baseline: telegraf, goal: { atLeast: 3 } },
  ]
}

/** P8: the same with a server that takes 40 ms for every call. */
export async function benchSlowServer(store: Store, copies: string, wish: AnsweringWish): Promise<Row[]> {
  const { ours, start } = await race(store, copies, wish, 40)
  const name = 'the same, server answering in 40 ms'
  return [
    {
      id: 'P8',
      name,
      baselineName: 'grammY start()',
      unit: '/s',
      ours,
      baseline: start,
      goal: { atLeast: 40 },
    },
  ]
}

const NOTE =
  '200 people write at the same time, each the next message after the answer to the last one, so every update ' +
  'has an answer of its own; the server gives 100 updates at once. The peers do the same with each message: the ' +
  'same use case and the same card, in one FULL commit of its own, then the call with their own HTTP client, ' +
  'awaited. They keep no inbox and no outbox, so a crash loses what we keep.'

async function race(store: Store, copies: string, wish: AnsweringWish, delayMs: number) {
  const server = await startBotServer()
  const running = {
    ours: await startOurs(server, folderWithPeople(store, copies), tokenOf(1_000_001)),
    start: startGrammy(server, folderWithPeople(store, copies), tokenOf(1_000_002), store),
    telegraf: startTelegraf(server, folderWithPeople(store, copies), tokenOf(1_000_003), store),
  }
  for (const { token } of Object.values(running)) server.open(token, delayMs)
  const contenders = {
    ours: () => server.write(running.ours.token, wish.ours),
    start: () => server.write(running.start.token, wish.start),
    telegraf: () => (wish.telegraf === 0 ? 0 : server.write(running.telegraf.token, wish.telegraf)),
  }
  try {
    // Once for the compiler.
    await measureRounds(1, contenders)
    return await measureRounds(wish.rounds, contenders)
  } finally {
    for (const { stop } of Object.values(running)) await stop()
    server.stop()
  }

  function folderWithPeople(from: Store, to: string): string {
    const folder = copyOf(archiveOf(1000), from, to)
    const sqlite = openSqlite(join(folder, 'dispatcher.db'))
    addResidents(sqlite, FIRST_WRITER, PEOPLE)
    sqlite.close()
    return folder
  }

  async function startOurs(to: BotServer, folder: string, token: string): Promise<Contender> {
    const office: Office = openOffice({
      folder,
      appVersion: '0.0.0',
      migrationsFolder: store.migrations,
      undoMs: 6000,
      apiRoot: to.apiRoot,
      log: silent,
      now: Date.now,
      onBotState: () => {},
    })
    await office.telegram.engine.start(token)
    return { token, stop: office.close }
  }
}

function openPlain(folder: string, { migrations }: Store) {
  const options = { folder, appVersion: '0.0.0', migrationsFolder: migrations, now: Date.now }
  const database = openOfficeDatabase(options)
  const useCases = createUseCases(createDeps(database, Date.now, 6000))
  return { database, bot: createPlainBot(database, useCases) }
}

function startGrammy(server: BotServer, folder: string, token: string, store: Store): Contender {
  const { database, bot: plain } = openPlain(folder, store)
  const bot = new Bot(token, { client: { apiRoot: server.apiRoot } })
  bot.on('message:text', async ({ message, update }) => {
    const { payload, method, sent } = plain.handle(update.update_id, message)
    // The payload was made for the method of this name.
    const call = bot.api.raw[method] as (payload: object) => Promise<{ message_id: number }>
    sent((await call(payload)).message_id)
  })
  void bot.start()
  return stopping(token, database, async () => {
    await bot.stop()
  })
}

function startTelegraf(server: BotServer, folder: string, token: string, store: Store): Contender {
  const { database, bot: plain } = openPlain(folder, store)
  const bot = new Telegraf(token, { telegram: { apiRoot: server.apiRoot } })
  bot.on('message', async ({ message, update, telegram }) => {
    if (!('text' in message)) return
    const { payload, method, sent } = plain.handle(update.update_id, message)
    const answer = (await telegram.callApi(method, payload as never)) as unknown as { message_id: number }
    sent(answer.message_id)
  })
  void bot.launch()
  return stopping(token, database, () => {
    bot.stop()
  })
}

function stopping(token: string, database: PlainBot['database'], stopBot: () => unknown): Contender {
  return {
    token,
    stop: async () => {
      // Its last call waits for the server, which is stopped right after, and then fails.
      Promise.resolve(stopBot()).catch(() => {})
      await new Promise((resolve) => setImmediate(resolve))
      database.close()
    },
  }
}
