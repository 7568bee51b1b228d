import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { ApiServices } from './api-context'
import { BotProfile } from './bot-profile'
import { CallbackQueries } from './callback-queries'
import { createFaults } from './faults'
import { Files, memoryFileStore } from './files'
import { Flood } from './flood'
import { freshState } from './fresh-state'
import { Ledger } from './ledger'
import { createPerson } from './person'
import type { Person } from './phone'
import { seededToken } from './seeded'
import { createApiServer } from './server'
import type { Simulator, SimulatorOptions } from './simulator'
import type { SimulatorState } from './state'
import { UpdatesQueue } from './updates-queue'
import { type Chat, World } from './world'

type TokenState = { number: number; revoked: boolean }

/** Starts a simulator on the loopback address; throws when the port is taken or the state is of another version. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const state = options.state ?? freshState(options.botId ?? 7_204_000_001)
  // A state read from a disk may be of any version, whatever its type says.
  if ((state.version as number) !== 1) throw new Error('the simulator state is of another version')
  const changed = coalesced(options.onStateChange)
  const services = createServices(options, state, changed)
  const token: TokenState = { number: state.tokenNumber, revoked: state.tokenRevoked }
  const ledger = new Ledger()
  const faults = createFaults()
  let latencyMs = options.latencyMs ?? 0
  const currentToken = (): string => seededToken(state.botId, token.number)
  const replaceable = replacing(token, currentToken, changed)
  const server = createApiServer({
    services,
    ledger,
    takeFault: (method) => faults.take(method),
    isToken: (given) => !token.revoked && given === currentToken(),
    latencyMs: () => latencyMs,
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server that listens always has one
  return {
    apiRoot: `http://127.0.0.1:${port}`,
    get token() {
      return currentToken()
    },
    ...peopleOf(services),
    ...updatesOf(services),
    ledger: ledger.entries,
    faults,
    fileBytes: (fileId) => services.world.files.bytes(fileId),
    onChange: (listener) => services.world.onChange(listener),
    ...replaceable,
    setLatency: (ms) => {
      latencyMs = ms
    },
    botTexts: () => services.world.bot.snapshot(),
    snapshot: () => snapshot(services, token),
    stop: async () => {
      if (!server.listening) return
      services.callbacks.close()
      await closeServer(server)
    },
  }
}

/** What BotFather does with a token: revokes it, and gives another one for it. */
function replacing(
  token: TokenState,
  current: () => string,
  changed: () => void,
): Pick<Simulator, 'revokeToken' | 'issueToken'> {
  return {
    revokeToken: () => {
      token.revoked = true
      changed()
    },
    issueToken: () => {
      token.number += 1
      token.revoked = false
      changed()
      return current()
    },
  }
}

async function closeServer(server: ReturnType<typeof createApiServer>): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

function coalesced(listener: (() => void) | undefined): () => void {
  let due = false
  return () => {
    if (!listener || due) return
    due = true
    setImmediate(() => {
      due = false
      listener()
    })
  }
}

function createServices(options: SimulatorOptions, state: SimulatorState, changed: () => void): ApiServices {
  const { now = Date.now, botName = 'Facility Dispatcher', botUsername = 'facility_practice_bot' } = options
  const world = new World({
    bot: new BotProfile(state.botId, botName, botUsername, state),
    files: new Files(options.files ?? memoryFileStore(), state.botId, state.nextFileNumber, state.files),
    now,
    nextMessageId: state.nextMessageId,
    chats: state.chats,
  })
  world.onChange(changed)
  const updates = new UpdatesQueue({
    now,
    changed,
    nextId: state.nextUpdateId,
    queue: state.updates,
    allowed: state.allowedUpdates,
  })
  return {
    world,
    updates,
    callbacks: new CallbackQueries(now),
    flood: new Flood(options.floodLimits ?? {}, now),
    webhook: { url: state.webhookUrl },
    changed,
  }
}

function peopleOf(services: ApiServices): Pick<Simulator, 'people' | 'person'> {
  const { world } = services
  const known = new WeakMap<Chat, Person>()
  const personOf = (chat: Chat): Person => {
    const person = known.get(chat) ?? createPerson(services, chat)
    known.set(chat, person)
    return person
  }
  return {
    people: {
      addPerson: (profile) => personOf(world.addPerson(profile)),
      list: () => world.chats().map(personOf),
    },
    person: (id) => {
      const chat = world.chat(id)
      if (!chat) throw new Error(`there is no person ${id}`)
      return personOf(chat)
    },
  }
}

function updatesOf(
  services: ApiServices,
): Pick<
  Simulator,
  'pushUpdate' | 'pendingUpdates' | 'confirmedUpdateIds' | 'setWebhook' | 'restartUpdateIds'
> {
  const { updates, webhook, changed } = services
  return {
    pushUpdate: (update) => updates.pushAny(update),
    pendingUpdates: () => updates.pending().map((queued) => queued.update),
    confirmedUpdateIds: () => updates.confirmedIds(),
    setWebhook: (url) => {
      webhook.url = url
      if (url !== '') updates.endPoll('terminated by setWebhook request')
      changed()
    },
    restartUpdateIds: (from) => {
      updates.restartIds(from)
    },
  }
}

function snapshot(services: ApiServices, token: TokenState): SimulatorState {
  const { world, updates, webhook } = services
  return structuredClone({
    version: 1 as const,
    botId: world.bot.id,
    tokenNumber: token.number,
    tokenRevoked: token.revoked,
    nextMessageId: world.nextMessageId,
    nextUpdateId: updates.nextId,
    nextFileNumber: world.files.nextNumber,
    updates: updates.pending(),
    ...(updates.allowed === undefined ? {} : { allowedUpdates: updates.allowed }),
    webhookUrl: webhook.url,
    chats: world.chats().map(({ person, messages, keyboard }) => ({
      person,
      messages: [...messages.values()],
      ...(keyboard === undefined ? {} : { keyboard }),
    })),
    files: world.files.all(),
    ...world.bot.snapshot(),
  })
}
