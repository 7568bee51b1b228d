import { afterEach } from 'vitest'
import type { Database } from '../db/database'
import { findListening } from '../db/inbox'
import { startSimulator } from '../practice/simulator/start-simulator'
import type { Simulator } from '../practice/simulator/simulator'
import { memoryLog } from '../testing/office'
import { openTestDatabase } from '../testing/test-database'
import { botIdOf } from './bot-id'
import { createHttpClient, type HttpClient } from './http-client'
import { createApi } from './identify'
import { type PollDeps, type PollState, runPollLoop } from './poll-loop'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

type Gap = { readonly from: number; readonly to: number }

/** A poll loop over a simulator and a database in memory, with pauses that pass at once. */
export type Listening = {
  readonly simulator: Simulator
  readonly database: Database
  readonly http: HttpClient
  readonly log: ReturnType<typeof memoryLog>
  readonly states: PollState[]
  /** The pauses asked for, in ms. */
  readonly pauses: number[]
  readonly gaps: Gap[]
  /** Moves the clock, in ms. */
  readonly skip: (ms: number) => void
  /** Listens until `done`; throws when that takes too long. */
  readonly until: (done: () => boolean) => Promise<void>
  readonly stop: () => Promise<void>
  /** Begins anew, as after a start of the program. */
  readonly begin: (deps?: Partial<PollDeps>) => void
  readonly calls: () => number
  /** Epoch, number and text of every stored update, in order. */
  readonly stored: () => unknown[]
  readonly offset: () => number | null
}

/** Opens the loop's surroundings; `begin` starts it. */
export async function listening(given: { readonly apiRoot?: string } = {}): Promise<Listening> {
  const simulator = await startSimulator()
  const database = openTestDatabase()
  const http = createHttpClient()
  const heard = nothingHeard()
  const { now, skip } = movableClock()
  let abort = new AbortController()
  let loop: Promise<void> = Promise.resolve()
  const stop = () => {
    abort.abort()
    return loop
  }
  ends.push(async () => {
    await stop()
    await http.close()
    await simulator.stop()
    database.close()
  })
  const usual = (): PollDeps => ({
    api: createApi(simulator.token, given.apiRoot ?? simulator.apiRoot, http),
    botId: botIdOf(simulator.token),
    read: database.read,
    transact: database.transact,
    now,
    pause: (ms) => {
      heard.pauses.push(ms)
      skip(ms)
      return new Promise((resolve) => setTimeout(resolve, 2))
    },
    log: heard.log,
    onStored: () => {},
    onState: (state) => heard.states.push(state),
    onGap: (gap) => heard.gaps.push(gap),
  })
  return {
    simulator,
    database,
    http,
    ...heard,
    ...views(database, simulator),
    skip,
    begin: (deps) => {
      abort = new AbortController()
      loop = runPollLoop({ ...usual(), ...deps }, abort.signal)
    },
    until: (done) => until(done, heard),
    stop,
  }
}

function movableClock() {
  let skew = 0
  return {
    now: () => Date.now() + skew,
    skip: (ms: number) => {
      skew += ms
    },
  }
}

function nothingHeard() {
  return { log: memoryLog(), states: [] as PollState[], pauses: [] as number[], gaps: [] as Gap[] }
}

async function until(done: () => boolean, heard: object): Promise<void> {
  const deadline = Date.now() + 8_000
  while (!done()) {
    if (Date.now() > deadline) throw new Error(`in vain: ${JSON.stringify(heard)}`)
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
}

function views(database: Database, simulator: Simulator): Pick<Listening, 'calls' | 'stored' | 'offset'> {
  return {
    calls: () => simulator.ledger.filter(({ method }) => method === 'getUpdates').length,
    stored: () =>
      database.sqlite
        .prepare<[], { epoch: number; update_id: number; payload: string }>(
          'select epoch, update_id, payload from inbox order by epoch, update_id',
        )
        .all()
        .map(({ epoch, update_id: id, payload }) => [epoch, id, textOf(payload)]),
    offset: () => findListening(database.read, botIdOf(simulator.token)).nextOffset,
  }
}

function textOf(payload: string): string | null {
  const { message } = JSON.parse(payload) as { message?: { text?: string } }
  return message?.text ?? null
}

/** A message as Telegram would send it. */
export function messageUpdate(updateId: number, text: string, chatId = 501) {
  const from = { id: chatId, is_bot: false, first_name: 'Anna', language_code: 'en' }
  return {
    update_id: updateId,
    message: { message_id: updateId, date: 1_790_000_000, chat: { id: chatId, type: 'private' }, from, text },
  }
}
