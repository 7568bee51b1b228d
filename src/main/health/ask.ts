import { request } from 'node:http'
import { HealthReport } from './health-report'

/** What came of asking the running program how it does. */
export type Asked =
  | { readonly kind: 'answered'; readonly report: HealthReport }
  /** It wants another token. */
  | { readonly kind: 'refused' }
  /** Nobody listens there, or something that does not answer as the program would. */
  | { readonly kind: 'silent' }

/** Longest time to wait for an answer, in ms. */
const PATIENCE_MS = 5000
/** More than any answer of ours, in characters. */
const MOST = 100_000

/** Asks the program that listens on a port of this computer. Never rejects. */
export async function askHealth(port: number, token: string, patienceMs = PATIENCE_MS): Promise<Asked> {
  try {
    const { status, text } = await get(port, token, patienceMs)
    if (status === 401) return { kind: 'refused' }
    return { kind: 'answered', report: HealthReport.parse(JSON.parse(text)) }
  } catch {
    // Whatever went wrong, nothing is known about the program.
    return { kind: 'silent' }
  }
}

type Got = { readonly status: number; readonly text: string }

function get(port: number, token: string, patienceMs: number): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asking = request({
      host: '127.0.0.1',
      port,
      path: '/health',
      headers: { authorization: `Bearer ${token}` },
      agent: false,
      signal: AbortSignal.timeout(patienceMs),
    })
    asking.on('error', reject)
    asking.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('error', reject)
      response.on('data', (part: string) => {
        text += part
        if (text.length > MOST) response.destroy(new Error('The answer is too long'))
      })
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text })
      })
    })
    asking.end()
  })
}
