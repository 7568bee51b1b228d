import { contract, type Handlers, type Reply } from '../../shared/ipc/contract'
import type { Method } from '../../shared/ipc/method'
import { Refusal } from '../../shared/model/refusal'
import { withContext } from '../telemetry/context'
import type { Log } from '../telemetry/log'
import { isLargerThan, LARGEST_INPUT, LARGEST_PHOTO_INPUT } from './limits'

/** A method of the contract with what answers it. */
export type Route = {
  readonly method: Method
  readonly handle: (input: unknown) => unknown
  /** Largest input in bytes. */
  readonly largest: number
}
/** All methods by their path, such as `requests.assign`. */
export type Routes = ReadonlyMap<string, Route>

const LARGER: ReadonlyMap<string, number> = new Map([['practice.sendPhoto', LARGEST_PHOTO_INPUT]])

/** Joins each method of the contract with its handler. Throws at start when one is missing. */
export function routesOf(handlers: Handlers): Routes {
  const routes = new Map<string, Route>()
  for (const [area, methods] of Object.entries(contract)) {
    for (const [name, method] of Object.entries<Method>(methods)) {
      const path = `${area}.${name}`
      const handle = ownFunction(ownValue(handlers, area), name)
      if (!handle) throw new Error(`No handler for ${path}`)
      routes.set(path, { method, handle, largest: LARGER.get(path) ?? LARGEST_INPUT })
    }
  }
  return routes
}

/** One call from start to finish, free of Electron so that tests can drive it. Never rejects. */
export async function answer(routes: Routes, path: unknown, input: unknown, log: Log): Promise<Reply> {
  try {
    // A Map knows no inherited names, so `__proto__` and `constructor` are unknown like any other.
    const route = typeof path === 'string' ? routes.get(path) : undefined
    if (!route) return badRequest(path, 'unknown', log)
    if (isLargerThan(input, route.largest)) return badRequest(path, 'too-large', log)
    const request = route.method.input.safeParse(input)
    if (!request.success) return badRequest(path, 'wrong-input', log, request.error)
    return await withContext(aboutCall(String(path), request.data), () =>
      handled(route, request.data, path, log),
    )
  } catch (error) {
    return failed(error, path, log)
  }
}

async function handled({ method, handle }: Route, input: unknown, path: unknown, log: Log): Promise<Reply> {
  try {
    // Parsing the result drops every field that the contract does not name, so no secret leaks by accident.
    return { ok: true, value: method.output.parse(await handle(input)) }
  } catch (error) {
    return failed(error, path, log)
  }
}

function failed(error: unknown, path: unknown, log: Log): Reply {
  if (error instanceof Refusal) return refused(error)
  log.error({ path, error, scope: 'ipc' }, 'A call from a window failed')
  return refused(new Refusal('internal'))
}

/** What the lines of a call say about it: its name, and the request that it is about. */
function aboutCall(call: string, input: unknown): { readonly call: string; readonly requestId?: string } {
  const hasRequest = typeof input === 'object' && input !== null && 'requestId' in input
  return hasRequest && typeof input.requestId === 'string' ? { call, requestId: input.requestId } : { call }
}

/** The answer to a call that no window of ours makes. */
export function badRequest(path: unknown, reason: string, log: Log, error?: unknown): Reply {
  log.warn({ path, reason, ...(error === undefined ? {} : { error }) }, 'Refused a call from a window')
  return refused(new Refusal('bad-request', { reason }))
}

function refused({ code, details }: Refusal): Reply {
  return { ok: false, code, details }
}

function ownValue(owner: object, key: string): unknown {
  return Object.hasOwn(owner, key) ? (owner as Readonly<Record<string, unknown>>)[key] : undefined
}

function ownFunction(owner: unknown, key: string): Route['handle'] | undefined {
  if (typeof owner !== 'object' || owner === null) return undefined
  const found = ownValue(owner, key)
  // The contract's types, checked by the compiler, say what this function takes.
  return typeof found === 'function' ? (input) => (found as Route['handle']).call(owner, input) : undefined
}
