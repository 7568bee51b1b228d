import type { IncomingMessage } from 'node:http'
import { isAuthorized } from './health-token'

/** Why a request is not served: `unheard` is closed without a single byte, so that a page learns nothing from it. */
export type Objection =
  | { readonly kind: 'unheard'; readonly reason: 'host' | 'page' }
  | { readonly kind: 'answered'; readonly status: 400 | 401 | 405 }

/**
 * What speaks against a request; null when nothing does. A web page can reach a port of this computer: it gives itself
 * away by Origin or Sec-Fetch-Site, or, when it has turned its own name towards 127.0.0.1, by Host.
 */
export function objectionTo(
  request: Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'method'>,
  { port, token }: { readonly port: number; readonly token: string },
): Objection | null {
  const { headers } = request
  if (!isMeant(request, port)) return { kind: 'unheard', reason: 'host' }
  if (headers.origin !== undefined || (headers['sec-fetch-site'] ?? 'none') !== 'none')
    return { kind: 'unheard', reason: 'page' }
  if (!isAuthorized(headers.authorization, token)) return { kind: 'answered', status: 401 }
  if (request.method !== 'GET') return { kind: 'answered', status: 405 }
  if (hasBody(headers)) return { kind: 'answered', status: 400 }
  return null
}

/** Named exactly once, and by one of the two names of this computer's own port. */
function isMeant({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>, port: number): boolean {
  // Names and values in turn; of several hosts Node itself keeps the first without a word.
  const hosts = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host',
  )
  const [host = ''] = hosts
  return hosts.length === 1 && ['127.0.0.1', 'localhost'].some((name) => host === `${name}:${String(port)}`)
}

function hasBody(headers: IncomingMessage['headers']): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}
