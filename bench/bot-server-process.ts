import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Order, PlainUpdate, Told } from './bot-server-talk'

/** A Bot API server that runs in a process of its own. */
export type BotServer = {
  readonly apiRoot: string
  readonly open: (token: string, delayMs: number) => void
  /** Lets people write so many messages; gives how many were answered in a second. */
  readonly write: (token: string, count: number) => Promise<number>
  /** Hands out an update; gives when it left, in ms of the shared clock. */
  readonly push: (token: string, update: PlainUpdate) => Promise<number>
  readonly stop: () => void
}

/** A token as BotFather would give it, for the bot with this id. */
export function tokenOf(id: number): string {
  return `${String(id)}:${'A'.repeat(35)}`
}

/** Starts the server. */
export async function startBotServer(): Promise<BotServer> {
  const child = fork(join(import.meta.dirname, 'bot-server.js'), {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
  const listeners = new Set<(told: Told) => void>()
  child.on('message', (told: Told) => {
    for (const listener of [...listeners]) listener(told)
  })
  const next = <K extends Told['told']>(kind: K, token: string | null) =>
    new Promise<Extract<Told, { told: K }>>((resolve) => {
      const listener = (told: Told) => {
        if (told.told !== kind || (token !== null && 'token' in told && told.token !== token)) return
        listeners.delete(listener)
        // The kind was compared just above.
        resolve(told as Extract<Told, { told: K }>)
      }
      listeners.add(listener)
    })
  const order = (message: Order) => child.send(message)
  const { port } = await next('listening', null)
  return {
    apiRoot: `http://127.0.0.1:${String(port)}`,
    open: (token, delayMs) => order({ do: 'open', token, delayMs }),
    write: async (token, count) => {
      const answered = next('answered', token)
      order({ do: 'write', token, count })
      const { from, until } = await answered
      return (count * 1000) / (until - from)
    },
    push: async (token, update) => {
      const pushed = next('pushed', token)
      order({ do: 'push', token, update })
      return (await pushed).at
    },
    stop: () => child.kill(),
  }
}
