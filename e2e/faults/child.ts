import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ChildOptions, Command, Said } from './child-protocol'

/** Where the rig finds itself; set by scripts/faults.mjs. */
export const RIG = {
  root: process.env['FAULTS_ROOT'] ?? '.',
  built: process.env['FAULTS_BUILT'] ?? '.',
  /** The compiled recorder.c; empty where there is none. */
  recorder: process.env['FAULTS_RECORDER'] ?? '',
}

/** Folder of the migrations. */
export const MIGRATIONS = join(RIG.root, 'drizzle')

/** A running office. */
export type Child = {
  readonly pid: number
  /** Everything that it has said so far. */
  readonly said: readonly Said[]
  /** What it wrote to its error output. */
  readonly complaints: () => string
  readonly tell: (command: Command, value?: string) => void
  readonly kill: (signal: NodeJS.Signals) => void
  /** How it ended: the signal, or `exit n`. */
  readonly ended: Promise<string>
  /** Resolves when its bot runs, or when it ends before. */
  readonly ready: Promise<void>
}

const running = new Set<ChildProcess>()

/** Starts an office on a folder. `env` adds variables, such as those of the recorder. */
export function startChild(
  options: Omit<ChildOptions, 'migrationsFolder'>,
  env: Readonly<Record<string, string>> = {},
): Child {
  const given: ChildOptions = { ...options, migrationsFolder: MIGRATIONS }
  const child = spawn(process.execPath, [join(RIG.built, 'office-child.js')], {
    env: {
      ...process.env,
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: '',
      NODE_NO_WARNINGS: '1',
      UV_USE_IO_URING: '0',
      FAULT_CHILD: JSON.stringify(given),
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  running.add(child)
  const said: Said[] = []
  const complaints: string[] = []
  child.stderr.on('data', (bytes: Buffer) => complaints.push(bytes.toString()))
  // Whoever is dead does not listen.
  child.stdin.on('error', () => {})
  const ended = new Promise<string>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child)
      resolve(signal ?? `exit ${String(code)}`)
    })
  })
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as Said
      said.push(message)
      if ('ready' in message) resolve()
    })
    void ended.then(() => {
      resolve()
    })
  })
  return {
    pid: child.pid ?? 0,
    said,
    complaints: () => complaints.join(''),
    tell: (command, value = '') => {
      child.stdin.write(`${command} ${value}\n`)
    },
    kill: (signal) => {
      child.kill(signal)
    },
    ended,
    ready,
  }
}

/** Ends whatever a failed case has left running. */
export function killAllChildren(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** The state that the office showed last; null before the first. */
export function shownState(said: readonly Said[]): string | null {
  const last = said.findLast((message) => 'state' in message)
  if (last === undefined) return null
  return last.state.kind === 'offline' ? `offline ${last.state.reason}` : last.state.kind
}

/** Waits so many milliseconds. */
export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

/** Waits until something holds; throws with `what` when it does not in time (ms). */
export async function until(what: string, holds: () => boolean, limitMs = 20_000): Promise<void> {
  const deadline = Date.now() + limitMs
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`In vain waited for: ${what}`)
    await pause(10)
  }
}
