import { connect } from 'node:net'
import { sampleFacts } from '../testing/sample-facts'

/** The moment of the facts of an office at ease. */
export const NOW = 10_000_000

/** The facts of an office in which all is well. */
export const WELL = sampleFacts(NOW, {
  startedAt: 5000,
  outbox: { waiting: 2, oldestAt: NOW - 3000, unknown: 0, failed: 0 },
  totals: { ...sampleFacts(NOW).totals, updatesReceived: 5, updatesHandled: 5, sendsDone: 5 },
  database: { bytes: 4096, walBytes: 1, check: 'ok' },
  backup: { lastAt: NOW - 60_000, isOld: false },
  disk: { state: 'enough', freeBytes: 1e12 },
  process: { loopDelayMs: 3, memoryBytes: 1 },
  requests: { ...sampleFacts(NOW).requests, byStatus: { ...sampleFacts(NOW).requests.byStatus, OPEN: 1 } },
})

/** Sends these very bytes to a port of this computer; resolves with all that comes back until the end. */
export function talk(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => (heard += part))
    // A connection that is cut off has said what it has said.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') resolve(heard)
      else reject(error)
    })
    socket.on('close', () => {
      resolve(heard)
    })
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  })
}
