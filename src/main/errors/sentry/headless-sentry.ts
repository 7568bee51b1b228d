import { type BaseTransportOptions, createTransport, type Transport } from '@sentry/core'
import { APP_VERSION } from '../../version'
import { openSentry } from './open-sentry'

/** An address that does not answer for so long counts as out of reach, in ms. */
const LONGEST_MS = 15_000

/** Sentry in the program without a window, which has nothing of Electron's. */
export function headlessSentry() {
  return openSentry({
    release: APP_VERSION,
    environment: 'headless',
    transport: plainTransport,
    // Without Chromium nobody writes the memory of a crashed process down.
    memory: () => [],
  })
}

function plainTransport(options: BaseTransportOptions): Transport {
  return createTransport(options, async ({ body }) => {
    const answer = await fetch(options.url, {
      method: 'POST',
      headers: { ...options.headers, 'Content-Type': 'application/x-sentry-envelope' },
      body: Buffer.from(body),
      signal: AbortSignal.timeout(LONGEST_MS),
    })
    await answer.body?.cancel()
    return {
      statusCode: answer.status,
      headers: {
        'retry-after': answer.headers.get('retry-after'),
        'x-sentry-rate-limits': answer.headers.get('x-sentry-rate-limits'),
      },
    }
  })
}
