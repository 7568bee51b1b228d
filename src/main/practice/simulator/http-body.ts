import type { IncomingMessage } from 'node:http'
import { Busboy } from '@fastify/busboy'
import { ApiError, badRequest } from './api-error'
import { limits } from './limits'
import { isRecord } from './unknown-value'

/** A file that came in a multipart body. */
export type UploadedFile = {
  readonly fileName: string
  readonly mimeType: string
  readonly bytes: Uint8Array
}

/** What one Bot API call carries: parameters by name (not yet typed) and uploaded files by field name. */
export type CallParams = {
  readonly values: ReadonlyMap<string, unknown>
  readonly files: ReadonlyMap<string, UploadedFile>
}

/** Room for the form fields beside one largest document. */
const bodyBytes = limits.documentBytes + 1024 * 1024

/** Reads query string and body of a call in any encoding the Bot API takes; throws ApiError 400 or 413. */
export async function readCall(request: IncomingMessage, query: URLSearchParams): Promise<CallParams> {
  const values = new Map<string, unknown>(query)
  const files = new Map<string, UploadedFile>()
  const body = await readBytes(request)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/form-data')) await readMultipart(type, body, values, files)
  else if (body.length > 0) readFields(type, decodeUtf8(body), values)
  for (const value of values.values()) assertWellFormed(value)
  return { values, files }
}

/** Throws ApiError 400 when a string anywhere inside the value holds half a surrogate pair. */
export function assertWellFormed(value: unknown): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw badRequest('strings must be encoded in UTF-8')
  } else if (Array.isArray(value)) value.forEach(assertWellFormed)
  else if (isRecord(value)) Object.values(value).forEach(assertWellFormed)
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    // The rest is still read, unstored, so that the client gets an answer and not a broken pipe.
    if (size <= bodyBytes) chunks.push(chunk)
  }
  if (size > bodyBytes) throw new ApiError(413, 'Request Entity Too Large')
  return Buffer.concat(chunks)
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw badRequest('strings must be encoded in UTF-8')
  }
}

function readFields(type: string, body: string, values: Map<string, unknown>): void {
  if (type.startsWith('application/json')) {
    for (const [name, value] of Object.entries(parseObject(body))) values.set(name, value)
  } else if (type.startsWith('application/x-www-form-urlencoded')) {
    for (const [name, value] of new URLSearchParams(body)) values.set(name, value)
  }
}

function parseObject(body: string): Record<string, unknown> {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    throw badRequest("can't parse JSON object")
  }
  if (!isRecord(parsed)) throw badRequest("can't parse JSON object")
  return parsed
}

function readMultipart(
  type: string,
  body: Buffer,
  values: Map<string, unknown>,
  files: Map<string, UploadedFile>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (): void => {
      reject(badRequest("can't parse multipart/form-data"))
    }
    let parser
    try {
      parser = new Busboy({ headers: { 'content-type': type } })
    } catch {
      refuse()
      return
    }
    parser.on('field', (name, value) => values.set(name, value))
    parser.on('file', (name, stream, fileName, _encoding, mimeType) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => files.set(name, { fileName, mimeType, bytes: Buffer.concat(chunks) }))
    })
    parser.on('finish', resolve)
    parser.on('error', refuse)
    parser.end(body)
  })
}
