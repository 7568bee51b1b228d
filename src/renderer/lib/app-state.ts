import type { AppState } from '../../shared/ipc/contract'
import type { BotState } from '../../shared/model/bot-state'
import { client } from './client'
import { createStore } from './store'
import { useStore } from './use-store'

const BEFORE_THE_FIRST_ANSWER: AppState = {
  language: 'en',
  version: '',
  practice: false,
  bot: { kind: 'starting' },
  setUp: true,
  managerName: '',
  gap: null,
  backup: null,
  restored: null,
  conditions: {
    readOnly: null,
    disk: { state: 'enough', freeBytes: 0 },
    place: null,
    damaged: false,
  },
}

const state = createStore<AppState>(BEFORE_THE_FIRST_ANSWER)

/** What this window knows about the program as a whole. */
export const appState = {
  get: state.get,
  subscribe: state.subscribe,
  set: state.set,
  /** The bot's state arrives by itself, without the rest. */
  setBot: (bot: BotState): void => {
    state.set({ ...state.get(), bot })
  },
  refresh: async (): Promise<void> => {
    state.set(await client.app.state())
  },
}

/** The program as a whole: language, bot, practice, gap. */
export function useAppState(): AppState {
  return useStore(state)
}
