import type { HealthStart } from './start-health'

/** The endpoint for health and metrics of a session with a window. */
export type Endpoint = {
  /** Opens it in the background if the environment asks for it; not a second time. */
  readonly start: () => void
  readonly stop: () => Promise<void>
}

/** The endpoint, loaded when it is started: hardly anybody asks for it. */
export function healthEndpoint(given: HealthStart): Endpoint {
  let stopping: Promise<() => Promise<void>> | null = null
  return {
    start: () => {
      if (given.environment.healthPort !== null) stopping ??= open(given)
    },
    stop: async () => (await stopping)?.(),
  }
}

async function open(given: HealthStart): Promise<() => Promise<void>> {
  const { startHealth } = await import('./start-health')
  return startHealth(given)
}
