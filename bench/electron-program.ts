import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createClock } from './clock'
import { connectPage, type Page } from './page'

/** What Electron is started with. */
export type ProgramWish = {
  /** Path of Electron. */
  readonly electron: string
  /** Folder of the program, with its package.json. */
  readonly folder: string
  readonly display: string
  readonly env: Readonly<Record<string, string>>
}

/** A started Electron. */
export type Program = {
  /** When it was started, in ms of the shared clock. */
  readonly startedAt: number
  readonly page: () => Promise<Page>
  /** Proportional memory of all its processes, in MB. */
  readonly memory: () => number
  readonly stop: () => Promise<void>
}

const STOP_MS = 5000
const clock = createClock()

/** Starts an Electron program with its window. Both the program and the blank window get the same flags. */
export function startProgram({ electron, folder, display, env }: ProgramWish): Program {
  const flags = ['--remote-debugging-port=0', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const { ELECTRON_RUN_AS_NODE: _asNode, ...inherited } = process.env
  const startedAt = clock()
  const child = spawn(electron, [...flags, folder], {
    env: { ...inherited, ...env, DISPLAY: display },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  const port = new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString()
      const found = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//u.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('exit', (code) => {
      reject(new Error(`Electron ended with ${String(code)}\n${said}`))
    })
  })
  port.catch(() => {})
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve()
    }),
  )
  return {
    startedAt,
    page: async () => connectPage(await port),
    memory: () => processTree(child.pid ?? 0).reduce((sum, pid) => sum + proportionalMemory(pid), 0),
    stop: async () => {
      child.kill()
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await ended
      clearTimeout(timer)
    },
  }
}

/** A process and all that came from it. */
function processTree(root: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/u.test(name)) continue
    const stat = readOrEmpty(`/proc/${name}/stat`)
    // The name in brackets may hold anything; the parent is the second word after it.
    const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
    if (parent !== undefined) parents.set(Number(name), Number(parent))
  }
  const tree = [root]
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child)
  return tree
}

function proportionalMemory(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/mu.exec(readOrEmpty(`/proc/${String(pid)}/smaps_rollup`))?.[1]
  return Number(kilobytes ?? 0) / 1024
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // The process has ended meanwhile.
    return ''
  }
}
