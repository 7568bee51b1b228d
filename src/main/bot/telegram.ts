import type { BotState } from '../../shared/model/bot-state'
import type { Engine, EngineDeps } from './engine'
import type { LoadedTelegram } from './loaded-telegram'

/** Telegram as the rest of the program reaches it. */
export type Telegram = {
  readonly engine: Engine
  /** Asks Telegram whose token this is; see identify.ts for what it refuses. */
  readonly identify: LoadedTelegram['identify']
  /** Takes a webhook out of the way. Updates that wait at Telegram stay there for us. */
  readonly removeWebhook: LoadedTelegram['removeWebhook']
  /** Stops the engine and closes its connections. */
  readonly close: () => Promise<void>
}

/** Reaches Telegram. Its code, the larger half of the program's, is loaded when it is first used. */
export function createTelegram(deps: Omit<EngineDeps, 'http'>): Telegram {
  let state: BotState = { kind: 'no-token' }
  let loading: Promise<LoadedTelegram> | null = null
  const onState = (next: BotState) => {
    state = next
    deps.onState(next)
  }
  const load = () => {
    loading ??= import('./loaded-telegram').then(({ loadTelegram }) => loadTelegram({ ...deps, onState }))
    return loading
  }
  return {
    engine: {
      state: () => state,
      start: async (token) => {
        const { engine } = await load()
        await engine.start(token)
      },
      stop: async () => {
        if (loading === null) onState({ kind: 'no-token' })
        else await (await loading).engine.stop()
      },
      retryNow: () => {
        void loading?.then(({ engine }) => {
          engine.retryNow()
        })
      },
    },
    identify: async (token) => (await load()).identify(token),
    removeWebhook: async (token) => (await load()).removeWebhook(token),
    close: async () => {
      if (loading === null) return
      const { engine, http } = await loading
      await engine.stop()
      await http.close()
    },
  }
}
