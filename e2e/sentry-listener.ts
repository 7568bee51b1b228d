import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** A stand-in for Sentry on loopback that keeps what it is sent. */
export type SentryListener = {
  readonly dsn: string
  /** Everything that came in, unpacked, one text for each envelope; bytes of attachments as Latin-1. */
  readonly envelopes: readonly string[]
  /** Types of the errors that came in. */
  readonly errors: () => readonly ReportedError[]
  /** From now on answers with this status, as a server in trouble does; null cuts the connection. */
  readonly answer: (status: number | null) => void
  readonly close: () => Promise<void>
}

/** What of an event the tests look at. */
export type ReportedError = {
  readonly message: string
  readonly platform: string
  readonly tags: Readonly<Record<string, string>>
  readonly keys: readonly string[]
}

/** Starts the stand-in. */
export async function listenForSentry(): Promise<SentryListener> {
  const envelopes: string[] = []
  let status: number | null = 200
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      if (status === null) {
        request.socket.destroy()
        return
      }
      const body = Buffer.concat(parts)
      const isPacked = request.headers['content-encoding'] === 'gzip'
      const heads = JSON.stringify(request.headers)
      if (status === 200)
        envelopes.push(`${heads}\n${(isPacked ? gunzipSync(body) : body).toString('latin1')}`)
      response.writeHead(status).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    dsn: `http://0123456789abcdef@127.0.0.1:${String(port)}/7`,
    envelopes,
    errors: () => envelopes.flatMap(errorsOf),
    answer: (next) => {
      status = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

function errorsOf(envelope: string): ReportedError[] {
  const lines = envelope.split('\n')
  const head = lines.findIndex((line) => line.startsWith('{"type":"event"'))
  if (head < 0) return []
  const event = JSON.parse(lines[head + 1] ?? '{}') as Omit<ReportedError, 'keys'>
  const { message, platform, tags } = event
  return [{ message, platform, tags, keys: Object.keys(event).sort() }]
}
