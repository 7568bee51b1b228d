import { rmSync } from 'node:fs'
import type { Facts } from '../../shared/model/facts'
import { writePrivateFile } from '../settings/private-file'
import type { Environment } from '../settings/environment'
import type { Log } from '../telemetry/log'
import type { Measures } from '../telemetry/measures'
import type { Redactor } from '../telemetry/redact'
import { keptHealthToken } from './health-token'
import { judge } from './judge'
import { pathOfPort } from './kept-port'
import { type HealthServer, startHealthServer } from './server'

/** What the endpoint is started with. */
export type HealthStart = {
  readonly environment: Pick<Environment, 'healthPort' | 'healthToken'>
  readonly folder: string
  readonly version: string
  readonly facts: () => Facts
  readonly measures: Measures
  /** Kind of the bot's state. */
  readonly botState: () => string
  readonly redactor: Redactor
  readonly log: Log
  /** Told in a sentence where it listens, or why it does not. */
  readonly say?: (sentence: string) => void
}

/**
 * Starts the endpoint for health and metrics if the environment asks for it, and gives back how to stop it. Never
 * rejects: the program works as well without it.
 */
export async function startHealth(start: HealthStart): Promise<() => Promise<void>> {
  const { healthPort } = start.environment
  if (healthPort === null) return () => Promise.resolve()
  const say = start.say ?? (() => {})
  try {
    const server = await open(start, healthPort)
    // For `--health`, which has to find it when any free port was asked for.
    writePrivateFile(pathOfPort(start.folder), `${String(server.port)}\n`)
    start.log.info({ port: server.port, scope: 'health' }, 'The health endpoint listens')
    say(`Health: http://127.0.0.1:${String(server.port)}/health`)
    return async () => {
      rmSync(pathOfPort(start.folder), { force: true })
      await server.close()
    }
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    const why = isTaken ? 'another program has this port' : 'see the log'
    start.log.warn({ error, port: healthPort, scope: 'health' }, 'The health endpoint could not be opened')
    say(`Health: port ${String(healthPort)} could not be opened (${why}). Everything else works.`)
    return () => Promise.resolve()
  }
}

async function open(start: HealthStart, port: number): Promise<HealthServer> {
  const { facts, measures, version, folder, redactor, log } = start
  const token = start.environment.healthToken ?? keptHealthToken(folder)
  redactor.addSecret(token)
  const text = once(async () => {
    // Loaded when the first scraper asks: most who want to know the health have none.
    const { createMetricsText, METRICS_TYPE } = await import('./metrics-text')
    const write = createMetricsText(() => {
      const seen = facts()
      return { facts: seen, judgement: judge(seen), measures, version }
    })
    return async () => ({ type: METRICS_TYPE, text: await write() })
  })
  return startHealthServer({
    port,
    token,
    version,
    facts,
    judge,
    metrics: async () => (await text())(),
    ready: () => start.botState() === 'receiving',
    log,
  })
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => (made ??= make())
}
