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

/** A poll loop over a simulator and a database in memory, with pauses that pass at once. */
export type Listening = {
  readonly simulator: Simulator
  readonly database: Database
  readonly http: HttpClient
  readonly log: ReturnType<typeof memoryLog>
  readonly states: PollState[]
  /** The pauses asked for, in ms. */
  readonly pauses: number[]
  readonly gaps: { from: number; to: number }[]
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
  const log = memoryLog()
  const states: PollState[] = []
  const pauses: number[] = []
  const gaps: { from: number; to: number }[] = []
  let skew = 0
  let abort = new AbortController()
  let loop: Promise<void> = Promise.resolve()
  const botId = botIdOf(simulator.token)
  const stop = async () => {
    abort.abort()
    await loop
  }
  ends.push(async () => {
    await stop()
    await http.close()
    await simulator.stop()
    database.close()
  })
  return {
    simulator,
    database,
    http,
    log,
    states,
    pauses,
    gaps,
    skip: (ms) => {
      skew += ms
    },
    begin: (deps) => {
      abort = new AbortController()
      const { signal } = abort
      loop = runPollLoop(
        {
          api: createApi(simulator.token, given.apiRoot ?? simulator.apiRoot, http),
          botId,
          read: database.read,
          transact: database.transact,
          now: () => Date.now() + skew,
          pause: async (ms) => {
            pauses.push(ms)
            skew += ms
            await new Promise((resolve) => setTimeout(resolve, 2))
          },
          log,
          onStored: () => {},
          onState: (state) => states.push(state),
          onGap: (gap) => gaps.push(gap),
          ...deps,
        },
        signal,
      )
    },
    until: async (done) => {
      const deadline = Date.now() + 8_000
      while (!done()) {
        if (Date.now() > deadline) throw new Error(`in vain: ${JSON.stringify({ states, pauses })}`)
        await new Promise((resolve) => setTimeout(resolve, 3))
      }
    },
    stop,
    calls: () => simulator.ledger.filter(({ method }) => method === 'getUpdates').length,
    stored: () =>
      database.sqlite
        .prepare<[], { epoch: number; update_id: number; payload: string }>(
          'select epoch, update_id, payload from inbox order by epoch, update_id',
        )
        .all()
        .map(({ epoch, update_id: id, payload }) => [epoch, id, textOf(payload)]),
    offset: () => findListening(database.read, botId).nextOffset,
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
