import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Facts } from '../../shared/model/facts'
import type { Judgement } from '../../shared/model/judgement'
import type { Log } from '../telemetry/log'
import { objectionTo } from './guard'
import { healthReport } from './health-report'

/** What the endpoint answers from. */
export type HealthServerDeps = {
  /** 0 for any free one. */
  readonly port: number
  readonly token: string
  readonly version: string
  readonly facts: () => Facts
  readonly judge: (facts: Facts) => Judgement
  /** All metrics as text, and the type of that text. */
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>
  /** Whether messages of residents are received and handled now. */
  readonly ready: () => boolean
  readonly log: Log
  /** Longest time for a request to arrive and for its answer to go out, in ms; another one for tests. */
  readonly patienceMs?: number
}

/** The endpoint while it listens. */
export type HealthServer = {
  readonly port: number
  /** Stops listening and ends what is under way. */
  readonly close: () => Promise<void>
}

type Answer = { readonly status: number; readonly type: string; readonly text: string }
type Route = () => Answer | Promise<Answer>

const PATIENCE_MS = 5000
/** Of a request, with all its headers, in bytes. */
const MOST_BYTES = 8192
const MOST_CONNECTIONS = 16
const BETWEEN_WARNINGS_MS = 60_000

const limits = (patienceMs: number) => ({
  maxHeaderSize: MOST_BYTES,
  headersTimeout: patienceMs,
  requestTimeout: patienceMs,
  keepAliveTimeout: patienceMs,
  connectionsCheckingInterval: patienceMs / 2,
  // A missing Host is refused by the guard, without an answer.
  requireHostHeader: false,
})

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  // For browsers that do not say from where they ask: the answer is not for pages.
  'cross-origin-resource-policy': 'same-origin',
} as const

/** Answers on 127.0.0.1 only. Rejects with what the system says when the port can't be had. */
export async function startHealthServer(deps: HealthServerDeps): Promise<HealthServer> {
  const { patienceMs = PATIENCE_MS } = deps
  const routes = routesOf(deps)
  const warn = warnSometimes(deps.log)
  const server = createServer(limits(patienceMs), (request, response) => {
    // The system gives an open connection a port.
    const port = request.socket.localPort ?? 0
    const objection = objectionTo(request, { port, token: deps.token })
    if (objection?.kind === 'unheard') {
      warn(objection.reason)
      request.socket.destroy()
      return
    }
    if (objection !== null) refuse(response, objection.status)
    else void answer(response, routes.get(request.url ?? ''), deps.log)
  })
  server.maxConnections = MOST_CONNECTIONS
  server.setTimeout(patienceMs * 2)
  leaveUnheard(server)
  await listen(server, deps.port)
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo
  return { port, close: () => close(server) }
}

function routesOf(deps: HealthServerDeps): ReadonlyMap<string, Route> {
  const { facts, judge, metrics, ready, version } = deps
  return new Map<string, Route>([
    ['/healthz', () => plain(200, 'ok')],
    ['/readyz', () => (ready() ? plain(200, 'ready') : plain(503, 'not ready'))],
    [
      '/health',
      () => {
        const seen = facts()
        const report = healthReport(seen, judge(seen), version)
        // For monitors that look at the status only.
        const status = report.healthy ? 200 : 503
        return { status, type: 'application/json; charset=utf-8', text: `${JSON.stringify(report)}\n` }
      },
    ],
    ['/metrics', async () => ({ status: 200, ...(await metrics()) })],
  ])
}

function plain(status: number, text: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', text: `${text}\n` }
}

async function answer(response: ServerResponse, route: Route | undefined, log: Log): Promise<void> {
  if (route === undefined) {
    refuse(response, 404)
    return
  }
  const { status, type, text } = await attempt(route, log)
  const length = Buffer.byteLength(text)
  response.writeHead(status, { ...HEADERS, 'content-type': type, 'content-length': length })
  response.end(text)
}

async function attempt(route: Route, log: Log): Promise<Answer> {
  try {
    return await route()
  } catch (error) {
    log.error({ error, scope: 'health' }, 'The health endpoint could not answer')
    return plain(500, 'failed')
  }
}

function refuse(response: ServerResponse, status: 400 | 401 | 404 | 405): void {
  const more = status === 401 ? { 'www-authenticate': 'Bearer' } : status === 405 ? { allow: 'GET' } : {}
  // What is left of a refused request is not read.
  response.writeHead(status, { ...HEADERS, ...more, 'content-length': 0, connection: 'close' })
  response.end()
}

/** A page that asks again and again must not push everything else out of the log. */
function warnSometimes(log: Log): (reason: string) => void {
  const warnedAt = new Map<string, number>()
  return (reason) => {
    const now = performance.now()
    if (now - (warnedAt.get(reason) ?? Number.NEGATIVE_INFINITY) < BETWEEN_WARNINGS_MS) return
    warnedAt.set(reason, now)
    log.warn({ reason, scope: 'health' }, 'Somebody who may not was left without an answer about the health')
  }
}

/** Whatever is no plain request gets no answer at all; Node by itself would write one. */
function leaveUnheard(server: Server): void {
  const drop = (request: IncomingMessage) => {
    request.socket.destroy()
  }
  server.on('clientError', (_error, socket) => {
    socket.destroy()
  })
  server.on('upgrade', drop)
  server.on('connect', drop)
  server.on('checkContinue', drop)
  server.on('checkExpectation', drop)
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })
}
