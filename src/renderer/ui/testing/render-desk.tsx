import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render } from '@testing-library/react'
import i18next from 'i18next'
import { type ReactNode, Suspense } from 'react'
import { initReactI18next } from 'react-i18next'
import type { AppState, Bridge, PushEvent } from '../../../shared/ipc/contract'
import { NO_CONDITIONS } from '../../../shared/model/conditions'
import { Refusal } from '../../../shared/model/refusal'
import { appState } from '../../lib/app-state'
import { startTexts } from '../../lib/texts'

/** What the main process answers, by the path of the method, such as `people.list`. */
export type Answers = Readonly<Record<string, (input: never) => unknown>>

const APP_STATE: AppState = {
  language: 'en',
  version: '0.1.0',
  practice: false,
  bot: { kind: 'no-token' },
  setUp: false,
  managerName: 'Kim',
  gap: null,
  backup: null,
  restored: null,
  conditions: NO_CONDITIONS,
}

let answers: Answers = {}
let calls: { path: string; input: unknown }[] = []
const listeners = new Set<(event: unknown) => void>()

// One bridge for all tests: the client keeps the first one it sees.
const bridge: Bridge = {
  invoke: async (path, input) => {
    calls.push({ path, input })
    try {
      const answer = answers[path]
      if (!answer) throw new Error(`No answer for ${path}`)
      return { ok: true, value: await answer(input as never) }
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, code: error.code, details: error.details }
      throw error
    }
  },
  onPush: (listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

/** Draws a part of the desk over a main process that gives these answers. */
export function renderDesk(part: ReactNode, given: Answers, state: Partial<AppState> = {}) {
  cleanup()
  prepareWindow()
  answers = { 'app.state': () => ({ ...APP_STATE, ...state }), ...given }
  calls = []
  appState.set({ ...APP_STATE, ...state })
  startTexts('en')
  initReactI18next.init(i18next)
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={queryClient}>
        <Suspense>{part}</Suspense>
      </QueryClientProvider>
    </MantineProvider>,
  )
  return {
    queryClient,
    /** The calls of these methods so far, in their order. */
    callsOf: (...paths: string[]) => calls.filter(({ path }) => paths.includes(path)),
    push: (event: PushEvent) => {
      for (const listener of listeners) listener(event)
    },
  }
}

const deaf = { addEventListener: () => undefined, removeEventListener: () => undefined }

/** What jsdom lacks and the components ask for. */
function prepareWindow(): void {
  Object.assign(document, { fonts: deaf })
  Object.assign(window, {
    dispatcher: bridge,
    matchMedia: () => ({ matches: false, ...deaf }),
    ResizeObserver: class {
      observe = () => undefined
      unobserve = () => undefined
      disconnect = () => undefined
    },
  })
}
