import type { Bridge, Client } from '../../shared/ipc/contract'
import { Refusal } from '../../shared/model/refusal'

type Area = Readonly<Record<string, (input?: unknown) => Promise<unknown>>>

async function call(bridge: Bridge, path: string, input: unknown): Promise<unknown> {
  const reply = await bridge.invoke(path, input)
  if (reply.ok) return reply.value
  throw new Refusal(reply.code, reply.details)
}

function areaOf(bridge: Bridge, area: string): Area {
  return new Proxy<Area>(
    {},
    { get: (_target, name) => (input: unknown) => call(bridge, `${area}.${String(name)}`, input) },
  )
}

/** The contract as functions: each call crosses the bridge, each "no" comes back as a `Refusal`. */
export function createClient(bridge: () => Bridge): Client {
  const areas = new Map<string, Area>()
  const root = new Proxy(
    {},
    {
      get: (_target, name) => {
        const area = String(name)
        const known = areas.get(area) ?? areaOf(bridge(), area)
        areas.set(area, known)
        return known
      },
    },
  )
  // Safe: every path that `Client` has is one that main serves, or main does not start. Listing the
  // keys here would pull the whole contract with its validator into the first script of the window.
  return root as Client
}

/** The main process, as this window sees it. */
export const client = createClient(() => window.dispatcher)
