import { createEngine, type EngineDeps } from './engine'
import { createHttpClient } from './http-client'
import { identify, removeWebhook } from './identify'

/** Everything of Telegram that telegram.ts loads late. */
export type LoadedTelegram = ReturnType<typeof loadTelegram>

/** Creates the engine, standing still, and the calls that need none. */
export function loadTelegram(deps: Omit<EngineDeps, 'http'>) {
  const http = createHttpClient()
  return {
    engine: createEngine({ ...deps, http }),
    http,
    identify: (token: string) => identify(token, deps.apiRoot, http),
    removeWebhook: (token: string) => removeWebhook(token, deps.apiRoot, http),
  }
}
