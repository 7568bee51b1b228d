import type { ServerResponse } from 'node:http'
import { ApiError, errorBody, tooManyRequests } from './api-error'
import type { Fault } from './faults'

/** What goes back over the socket. */
export type Answer = {
  readonly status: number
  readonly body: Uint8Array
  readonly headers: Readonly<Record<string, string | number>>
}

/** An answer with a JSON body. */
export function jsonAnswer(status: number, body: object): Answer {
  return { status, body: Buffer.from(JSON.stringify(body)), headers: { 'content-type': 'application/json' } }
}

/** The answer that tells of a refusal. */
export function errorAnswer(error: ApiError): Answer {
  const answer = jsonAnswer(error.code, errorBody(error))
  if (error.retryAfter === undefined) return answer
  return { ...answer, headers: { ...answer.headers, 'retry-after': error.retryAfter } }
}

/** The answer of a fault that keeps the call from being handled; undefined for a fault that does not. */
export function faultAnswer(fault: Fault): Answer | undefined {
  switch (fault.kind) {
    case 'retryAfter':
      return errorAnswer(tooManyRequests(fault.seconds))
    case 'malformed':
      return rawAnswer(200, fault.body, fault.contentType)
    case 'status': {
      const { status, body } = fault
      if (body === undefined) return errorAnswer(new ApiError(status, 'Internal Server Error'))
      return typeof body === 'string' ? rawAnswer(status, body) : jsonAnswer(status, body)
    }
    default:
      return undefined
  }
}

function rawAnswer(status: number, body: string, contentType?: string): Answer {
  const headers = contentType === undefined ? {} : { 'content-type': contentType }
  return { status, body: Buffer.from(body), headers }
}

/** Sends an answer, spoilt on the way if the fault says so. */
export function sendAnswer(response: ServerResponse, answer: Answer, fault: Fault | undefined): void {
  if (response.destroyed) return
  if (fault?.kind === 'dropAfter') {
    response.socket?.destroy()
    return
  }
  const { body } = answer
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length })
  if (fault?.kind === 'closeMidBody') cut(response, body)
  else if (fault?.kind === 'drip') drip(response, body, fault.bytesPerSecond)
  else response.end(body)
}

function cut(response: ServerResponse, body: Uint8Array): void {
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
    response.socket?.destroy()
  })
}

function drip(response: ServerResponse, body: Uint8Array, bytesPerSecond: number): void {
  const step = Math.max(1, Math.round(bytesPerSecond / 10))
  let sent = 0
  const timer = setInterval(
    () => {
      response.write(body.subarray(sent, sent + step))
      sent += step
      if (sent < body.length) return
      clearInterval(timer)
      response.end()
    },
    (1000 * step) / bytesPerSecond,
  )
  response.on('close', () => {
    clearInterval(timer)
  })
}
