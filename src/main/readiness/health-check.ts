import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Check, type Finding, go, noGo, skipped, warn } from './check'

const LONGEST_MS = 5_000

type Variables = Readonly<Record<string, string | undefined>>

/** The check on the endpoint that monitoring asks, where one is wanted. */
export function healthCheck(folder: string, variables: Variables): Check {
  return { id: 'health', title: 'Health endpoint', look: () => look(folder, variables) }
}

async function look(folder: string, variables: Variables): Promise<Finding> {
  const port = Number(variables['DISPATCHER_HEALTH_PORT'] ?? '')
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return skipped('off')
  const token = variables['DISPATCHER_HEALTH_TOKEN'] ?? readToken(folder)
  if (token === null)
    return warn('no token yet', 'It is made when the program starts with DISPATCHER_HEALTH_PORT.')
  try {
    const { status } = await fetch(`http://127.0.0.1:${port}/healthz`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(LONGEST_MS),
    })
    if (status === 200) return go(`answers on port ${port}`)
    return noGo(`answers with ${status} on port ${port}`, 'See whether another program has the port.')
  } catch {
    return warn(
      `nobody answers on port ${port}`,
      'Start the program with DISPATCHER_HEALTH_PORT, then look again.',
    )
  }
}

function readToken(folder: string): string | null {
  try {
    return readFileSync(join(folder, 'health-token'), 'utf8').trim()
  } catch {
    return null
  }
}
