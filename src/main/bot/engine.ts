import type { UserFromGetMe } from 'grammy/types'
import type { BotState } from '../../shared/model/bot-state'
import type { Database } from '../db/database'
import { bringBackDueTimes } from '../db/due-times'
import { readSetting, writeSetting } from '../db/settings'
import { withoutContext } from '../telemetry/context'
import type { Log } from '../telemetry/log'
import type { Measures } from '../telemetry/measures'
import type { Fetching } from '../usecases/fetching'
import { createBot } from './bot'
import { botIdOf } from './bot-id'
import { watchClock } from './clock-watch'
import type { BotUseCases } from './context'
import { pathOfContent, startDownloader } from './downloader'
import type { HttpClient } from './http-client'
import { createApi } from './identify'
import { type Pause, realPause } from './pause'
import { createPerform } from './perform'
import { type PollState, runPollLoop } from './poll-loop'
import { startProcessor } from './processor'
import { registerCommands } from './register-commands'
import { startSender } from './sender'

/** How long calls on their way may take to end when the program stops, in ms. */
const STOP_MS = 3_000
/** Pause after receiving has broken off for a reason that nobody foresaw, in ms. */
const BEGIN_AGAIN_MS = 5_000

/** What the engine needs. */
export type EngineDeps = BotUseCases & {
  readonly database: Database
  readonly fetching: Fetching
  readonly http: HttpClient
  readonly apiRoot: string
  /** Folder of the files, by content hash. */
  readonly filesFolder: string
  readonly now: () => number
  readonly newCode: () => string
  readonly log: Log
  readonly onState: (state: BotState) => void
  readonly pause?: Pause
  /** Told what is received, handled and sent. */
  readonly measures?: Measures | undefined
  /** Whether there is room for attachments; always when left out. */
  readonly mayStoreFiles?: () => boolean
}

/** Everything between Telegram and the database while there is a token: receiving, handling, sending, fetching. */
export type Engine = {
  readonly state: () => BotState
  /** Starts with this token, in place of the present one. */
  readonly start: (token: string) => Promise<void>
  /** Stops everything; nothing is lost by it. */
  readonly stop: () => Promise<void>
  /** Tries again at once, on new connections: after sleep, or when somebody asks for it. */
  readonly retryNow: () => void
}

type Running = { readonly stop: () => Promise<void>; readonly retryNow: () => void }

/** Creates the engine, standing still. */
export function createEngine(deps: EngineDeps): Engine {
  let state: BotState = { kind: 'no-token' }
  let running: Running | null = null
  let present: string | null = null
  let turn: Promise<void> = Promise.resolve()
  const show = (next: BotState) => {
    state = next
    deps.onState(next)
  }
  // Starts and stops follow one another, so that never two of them run at once.
  const change = (token: string | null): Promise<void> => {
    const step = async () => {
      await running?.stop()
      running = null
      present = token
      show({ kind: token === null ? 'no-token' : 'starting' })
      // The call that has brought the token is over long before the bot is.
      if (token !== null) running = withoutContext(() => run(deps, token, show))
    }
    const done = turn.then(step)
    turn = done.catch(() => {})
    return done
  }
  return {
    state: () => state,
    start: change,
    stop: () => change(null),
    retryNow: () => {
      // A refused token has stopped everything: whoever asks for another try gets a whole one.
      if (state.kind === 'token-refused' && present !== null) void change(present).catch(() => {})
      else running?.retryNow()
    },
  }
}

function run(deps: EngineDeps, token: string, show: (state: BotState) => void): Running {
  const { database, log, now } = deps
  const botId = botIdOf(token)
  putRight(deps)
  const api = createApi(token, deps.apiRoot, deps.http)
  const handle = createBot(token, knownIdentity(database, botId), {
    ...deps,
    read: database.read,
    transact: database.transact,
  })
  const processor = startProcessor({ database, now, log, handle, measures: deps.measures })
  // With a refused token every further call is in vain; what came in is handled all the same.
  const refused = () => {
    void receiving.stop()
    void sender.stop(0)
    void downloader.stop()
    show({ kind: 'token-refused', since: now() })
  }
  const receiving = createReceiving(deps, token, show, {
    stored: (count) => {
      deps.measures?.count('updates-received', '', count)
      processor.wake()
    },
    reached: () => sender.retryNow(),
    refused,
  })
  const sender = startSender({
    database,
    now,
    log,
    newCode: deps.newCode,
    measures: deps.measures,
    perform: createPerform(api, (sha256) => pathOfContent(deps.filesFolder, sha256)),
    onBlocked: (chatId) => {
      deps.people.setBlocked(chatId, true)
    },
    onTokenRefused: refused,
  })
  const downloader = startDownloader({
    ...deps,
    api,
    token,
    folder: deps.filesFolder,
    onTokenRefused: refused,
  })
  const unlisten = database.onCommit(({ workers }) => {
    if (workers.has('sender')) sender.wake()
    if (workers.has('downloader')) downloader.wake()
    if (workers.has('processor')) processor.wake()
  })
  receiving.start()
  const stopWatching = watchClock(now, () => {
    log.warn({ scope: 'engine' }, 'The clock was set back')
    putRight(deps)
    sender.retryNow()
  })

  return {
    retryNow: () => {
      deps.http.renew()
      receiving.start()
      sender.retryNow()
      downloader.wake()
    },
    stop: async () => {
      // In the order of the flow: nothing new comes in while what is there is finished.
      await receiving.stop()
      await processor.stop()
      await Promise.all([sender.stop(STOP_MS), downloader.stop()])
      unlisten()
      stopWatching()
    },
  }
}

/** An earlier run, or the time before the clock was put right, may have put things off by a wrong clock. */
function putRight({ database, now, log }: EngineDeps): void {
  try {
    database.transact((db) => {
      bringBackDueTimes(db, now())
    })
  } catch (error) {
    log.error({ error, scope: 'engine' }, 'Due times could not be put right')
  }
}

type Told = {
  /** So many updates wait to be handled. */
  readonly stored: (count: number) => void
  /** Telegram answers, for the first time or again. */
  readonly reached: () => void
  readonly refused: () => void
}

function createReceiving(deps: EngineDeps, token: string, show: (state: BotState) => void, told: Told) {
  const { database, log, now } = deps
  const botId = botIdOf(token)
  const api = createApi(token, deps.apiRoot, deps.http)
  const pause = deps.pause ?? realPause
  let abort = new AbortController()
  let loop: Promise<void> = Promise.resolve()
  let introduced = false

  const introduce = async () => {
    introduced = true
    try {
      const me = await api.getMe()
      remember(database, me)
      if (abort.signal.aborted) return
      show(shown(database, { kind: 'receiving' }, now()))
      await registerCommands(api)
    } catch (error) {
      // Names and commands are a courtesy; the next start tries again.
      log.warn({ error, scope: 'engine' }, 'The bot could not be introduced')
    }
  }
  const onState = (state: PollState) => {
    if (state.kind === 'token-refused') {
      told.refused()
      return
    }
    show(shown(database, state, now()))
    if (state.kind !== 'receiving') return
    told.reached()
    if (!introduced) void introduce()
  }
  const stop = async () => {
    abort.abort()
    await loop
  }
  const begin = async (previous: Promise<void>, signal: AbortSignal) => {
    await previous
    while (!signal.aborted) {
      try {
        await receive(signal)
        return
      } catch (error) {
        log.error({ error, scope: 'engine' }, 'Receiving ended unexpectedly')
        show({ kind: 'offline', since: now(), reason: 'network' })
        await pause(BEGIN_AGAIN_MS, signal)
      }
    }
  }
  const receive = async (signal: AbortSignal) => {
    const onGap = (gap: { readonly from: number; readonly to: number }) => {
      database.transact((db) => {
        writeSetting(db, 'gap', gap)
      })
    }
    const { read, transact } = database
    const onStored = told.stored
    await runPollLoop({ api, botId, read, transact, now, pause, log, onStored, onState, onGap }, signal)
  }

  return {
    start: () => {
      abort.abort()
      abort = new AbortController()
      loop = begin(loop, abort.signal)
    },
    stop,
  }
}

function shown(database: Database, state: PollState, since: number): BotState {
  if (state.kind !== 'receiving') return state
  const bot = readSetting(database.read, 'bot')
  return { kind: 'receiving', name: bot?.name ?? '', username: bot?.username ?? '', since }
}

function remember(database: Database, me: { id: number; first_name: string; username: string }): void {
  database.transact((db) => {
    writeSetting(db, 'bot', { id: me.id, name: me.first_name, username: me.username })
  })
}

/** Who the bot is, as far as known without asking: handling must not wait for the network. */
function knownIdentity(database: Database, botId: number): UserFromGetMe {
  const bot = readSetting(database.read, 'bot')
  const known = bot?.id === botId ? bot : { name: '', username: '' }
  return {
    id: botId,
    is_bot: true,
    first_name: known.name,
    username: known.username,
    can_join_groups: false,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
  } as UserFromGetMe
}
