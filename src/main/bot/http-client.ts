import { Agent, request } from 'undici'

/** Longest answer that is read, in bytes: a page of updates is far smaller, so more is not Telegram. */
const LONGEST_ANSWER = 20 * 1024 * 1024
const CONNECTIONS = 64

/** The network answered with a page of its own, as hotel and office log-in pages do. */
export class LoginPageError extends Error {
  constructor() {
    super('The network answered with a web page instead of Telegram')
    this.name = 'LoginPageError'
  }
}

/** An HTTP client that keeps its connections open between calls. */
export type HttpClient = {
  /** Takes and gives what grammY uses of fetch. */
  readonly fetch: typeof fetch
  /** The bytes at an address, or null when the server says that there is nothing. Throws on every other failure. */
  readonly download: (url: string, signal: AbortSignal) => Promise<Uint8Array | null>
  /** Drops every connection: after sleep they may be dead without anybody knowing. */
  readonly renew: () => void
  readonly close: () => Promise<void>
}

/** Opens the HTTP client for Telegram. grammY's default (node-fetch 2) ignores keep-alive and costs half the throughput. */
export function createHttpClient(): HttpClient {
  let agent = newAgent()

  const fetchLike = async (url: string, init: RequestInit) => {
    const answer = await request(url, {
      // The three come from grammY, which makes them as fetch wants them; undici's request takes the same.
      method: (init.method ?? 'GET') as 'GET' | 'POST',
      headers: init.headers as Record<string, string>,
      body: (init.body ?? null) as string | null,
      signal: init.signal ?? null,
      dispatcher: agent,
    })
    const text = await readCapped(answer.body, LONGEST_ANSWER)
    const type = answer.headers['content-type']
    if (answer.statusCode === 200 && typeof type === 'string' && type.includes('text/html'))
      throw new LoginPageError()
    return {
      ok: answer.statusCode < 400,
      status: answer.statusCode,
      json: () => parsed(text.toString('utf8')),
    }
  }

  return {
    // grammY uses nothing of the response but `json`.
    fetch: fetchLike as unknown as typeof fetch,
    download: async (url, signal) => {
      const answer = await request(url, { dispatcher: agent, signal })
      const bytes = await readCapped(answer.body, LONGEST_ANSWER + 1)
      if (answer.statusCode === 404) return null
      if (answer.statusCode !== 200) throw new Error(`Download answered ${String(answer.statusCode)}`)
      const declared = Number(answer.headers['content-length'] ?? bytes.byteLength)
      if (declared !== bytes.byteLength) throw new Error('Download was cut short')
      return bytes
    },
    renew: () => {
      const old = agent
      agent = newAgent()
      void old.destroy()
    },
    close: () => agent.destroy(),
  }
}

function newAgent(): Agent {
  return new Agent({ connections: CONNECTIONS, keepAliveTimeout: 60_000, bodyTimeout: 0, headersTimeout: 0 })
}

// A promise, as fetch has it: grammY awaits it.
async function parsed(text: string): Promise<unknown> {
  return Promise.resolve(JSON.parse(text) as unknown)
}

async function readCapped(body: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.byteLength
    if (size > limit) throw new Error('The answer is too long')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
