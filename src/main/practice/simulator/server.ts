import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { ApiServices } from './api-context'
import { ApiError } from './api-error'
import type { Fault } from './faults'
import { type Answer, errorAnswer, faultAnswer, jsonAnswer, sendAnswer } from './http-answer'
import { type CallParams, readCall } from './http-body'
import { type Ledger, ledgerParams, type Outcome } from './ledger'
import { runMethod } from './methods'

/** What the HTTP side needs to know. */
export type ServerParts = {
  readonly services: ApiServices
  readonly ledger: Ledger
  readonly takeFault: (method: string) => Fault | undefined
  readonly isToken: (token: string) => boolean
  readonly latencyMs: () => number
}

type Target = {
  readonly token: string
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
}
type Respond = (answer: Answer, outcome: Outcome) => void

/** An HTTP server that speaks the Bot API; not listening yet. */
export function createApiServer(parts: ServerParts): Server {
  const server = createServer((request, response) => {
    serve(parts, request, response).catch(() => {
      // Only a broken socket comes here, and then nobody waits for an answer.
      response.destroy()
    })
  })
  // Long polls hold a request longer than Node would by default let a client keep one open.
  server.requestTimeout = 0
  server.keepAliveTimeout = 60_000
  return server
}

async function serve(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = readTarget(request.url ?? '/')
  if (!target) {
    request.resume()
    sendAnswer(response, errorAnswer(new ApiError(404, 'Not Found')), undefined)
    return
  }
  const call = await readOrRefuse(request, target.query)
  const note = parts.ledger.open(target.method, recorded(target, call), parts.services.world.now())
  const fault = parts.takeFault(target.method)
  if (fault) note({ fault: fault.kind })
  const respond: Respond = (answer, outcome) => {
    const lost = fault?.kind === 'dropAfter' || fault?.kind === 'closeMidBody' || response.destroyed
    note(lost ? { ...outcome, ok: false } : outcome)
    sendAnswer(response, answer, fault)
  }
  const wait = parts.latencyMs() + (fault?.kind === 'delay' ? fault.ms : 0)
  if (wait > 0) await delay(wait)
  if (fault && refusedByFault(fault, response, respond)) return
  await answerCall(parts, target, call, response, respond)
}

function recorded(target: Target, call: CallParams | ApiError): Record<string, unknown> {
  const params = call instanceof ApiError ? {} : ledgerParams(call)
  return target.path === '' ? params : { ...params, path: target.path }
}

/** Plays the faults that keep a call from being handled. */
function refusedByFault(fault: Fault, response: ServerResponse, respond: Respond): boolean {
  if (fault.kind === 'hang') return true
  if (fault.kind === 'dropBefore') {
    response.socket?.destroy()
    return true
  }
  const answer = faultAnswer(fault)
  if (!answer) return false
  respond(answer, { errorCode: answer.status })
  return true
}

async function answerCall(
  parts: ServerParts,
  target: Target,
  call: CallParams | ApiError,
  response: ServerResponse,
  respond: Respond,
): Promise<void> {
  const abort = new AbortController()
  response.on('close', () => {
    abort.abort()
  })
  try {
    if (!parts.isToken(target.token)) throw new ApiError(401, 'Unauthorized')
    if (call instanceof ApiError) throw call
    const answer =
      target.path === ''
        ? jsonAnswer(200, await runMethod(target.method, { ...parts.services, call, signal: abort.signal }))
        : download(parts, target.path)
    respond(answer, { ok: true, handled: true })
  } catch (error) {
    // A defect in the simulator itself must not look like a refusal by Telegram.
    const refusal =
      error instanceof ApiError ? error : new ApiError(500, `Simulator defect: ${String(error)}`)
    respond(errorAnswer(refusal), { errorCode: refusal.code, description: refusal.message })
  }
}

function download(parts: ServerParts, path: string): Answer {
  const { files, now } = parts.services.world
  const body = files.download(path, now())
  if (!body) throw new ApiError(404, 'Not Found')
  return { status: 200, body, headers: { 'content-type': 'application/octet-stream' } }
}

async function readOrRefuse(
  request: IncomingMessage,
  query: URLSearchParams,
): Promise<CallParams | ApiError> {
  try {
    return await readCall(request, query)
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

function readTarget(address: string): Target | undefined {
  if (!URL.canParse(address, 'http://localhost')) return undefined
  const url = new URL(address, 'http://localhost')
  const query = url.searchParams
  const path = /^\/file\/bot(\d+:[\w-]+)\/(.+)$/.exec(url.pathname)
  if (path) return { token: path[1] ?? '', method: 'file', path: path[2] ?? '', query }
  const method = /^\/bot(\d+:[\w-]+)\/(\w+)$/.exec(url.pathname)
  return method ? { token: method[1] ?? '', method: method[2] ?? '', path: '', query } : undefined
}
