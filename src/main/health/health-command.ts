import { resolve } from 'node:path'
import type { Command, Outcome } from '../command-line/command'
import { type Environment, readEnvironment } from '../settings/environment'
import { type Asked, askHealth } from './ask'
import type { HealthReport } from './health-report'
import { readHealthToken } from './health-token'
import { ACTION_WORDS, ISSUE_WORDS } from './health-words'
import { readKeptPort } from './kept-port'
import { type FolderLook, lookAtFolder } from './look-at-folder'

/** In the order of their exit codes. */
const STATES = ['healthy', 'degraded', 'unhealthy'] as const
type State = (typeof STATES)[number]

/** The command that tells how the program does, for a scheduler or a monitor. */
export function healthCommand(variables: Readonly<Record<string, string | undefined>>): Command {
  return {
    name: 'health',
    summary: 'Tell how the running program does',
    details: [
      'Asks the running program when its health endpoint is on (DISPATCHER_HEALTH_PORT), and otherwise tells what can',
      'be seen from its data folder. Changes nothing.',
    ],
    exitCodes: '0 healthy, 1 something needs a look, 2 not healthy, not running, or asked wrongly.',
    args: [],
    options: [{ name: 'data-dir', value: 'folder', summary: 'look at this data folder' }],
    run: (call) => tellHealth(variables, call.values.get('data-dir')),
  }
}

async function tellHealth(
  variables: Readonly<Record<string, string | undefined>>,
  dataDir: string | undefined,
): Promise<Outcome> {
  const environment = readEnvironment(variables)
  const folder = dataDir === undefined ? environment.dataFolder : resolve(dataDir)
  const look = lookAtFolder(folder)
  // Without a running program the port may be anybody's by now: it gets no token.
  const asked = look.runningBy === null ? null : await askWhereKnown(folder, environment)
  return asked?.kind === 'answered' ? ofReport(asked.report) : ofFolder(look, asked)
}

/** Null when the endpoint is off as far as can be seen. */
async function askWhereKnown(
  folder: string,
  { healthPort, healthToken }: Environment,
): Promise<Asked | null> {
  const port = readKeptPort(folder) ?? (healthPort || null)
  const token = healthToken ?? readHealthToken(folder)
  if (port === null) return null
  return token === null ? { kind: 'refused' } : askHealth(port, token)
}

function outcome(state: State, lines: readonly string[], data: Outcome['data']): Outcome {
  return { isGood: state === 'healthy', exitCode: STATES.indexOf(state), lines, data: { state, ...data } }
}

function ofReport(report: HealthReport): Outcome {
  const state = stateOf(report)
  const heads = { healthy: 'Healthy.', degraded: 'Something needs a look:', unhealthy: 'Not healthy:' }
  const lines = [
    heads[state],
    ...report.issues.map(
      ({ code, since }) => `- ${ISSUE_WORDS[code]}${since === null ? '' : `, since ${timeOf(since)}`}`,
    ),
    ...report.actions.map((action) => `To do: ${ACTION_WORDS[action]}.`),
  ]
  return outcome(state, lines, { source: 'program', report })
}

function stateOf({ healthy, issues }: HealthReport): State {
  if (!healthy) return 'unhealthy'
  return issues.length === 0 ? 'healthy' : 'degraded'
}

/** What is known when the program did not tell; a program that was asked in vain is not well. */
function ofFolder(look: FolderLook, asked: Asked | null): Outcome {
  const isRunning = look.runningBy !== null
  const isWell = isRunning && asked === null && look.database === 'readable'
  return outcome(isWell ? 'degraded' : 'unhealthy', [...runningLines(look, asked), ...databaseLines(look)], {
    source: 'folder',
    endpoint: asked?.kind ?? 'off',
    folder: look,
  })
}

function runningLines({ runningBy }: FolderLook, asked: Asked | null): readonly string[] {
  if (runningBy === null) return ['The program is not running.']
  const running = `The program is running (process ${String(runningBy.pid)} on ${runningBy.host})`
  if (asked === null) return [`${running}, but its health endpoint is off: set DISPATCHER_HEALTH_PORT.`]
  if (asked.kind === 'refused') return [`${running}, but wants another token: set DISPATCHER_HEALTH_TOKEN.`]
  return [`${running}, but does not answer.`]
}

function databaseLines({ database, wasClosed, runningBy, lastMarkAt }: FolderLook): readonly string[] {
  const words = {
    missing: 'There is no database yet.',
    unreadable: 'The database cannot be read.',
    readable: 'The database can be read.',
  }
  return [
    words[database],
    ...(wasClosed === false && runningBy === null ? ['It was not closed in order.'] : []),
    ...(lastMarkAt === null ? [] : [`Last change noted at ${timeOf(lastMarkAt)}.`]),
  ]
}

function timeOf(at: number): string {
  return new Date(at).toISOString()
}
