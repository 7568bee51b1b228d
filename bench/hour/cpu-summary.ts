import type { Profiler } from 'node:inspector'

/** Where a part of the time went. */
export type Spent = { readonly name: string; readonly ms: number }

/** What a CPU profile says, the most expensive first. */
export type CpuSummary = {
  /** Time in which something was done, ms. */
  readonly busyMs: number
  readonly idleMs: number
  readonly modules: readonly Spent[]
  readonly functions: readonly Spent[]
}

type Frame = Profiler.ProfileNode['callFrame']

const IDLE = '(idle)'
const NATIVE = 'native code'
const PLACE = /\/built\/(.+?)\.m?js$/u

/** Adds up the time each function and each module had the processor for itself. */
export function summarize({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): CpuSummary {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const callers = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])))
  const modules = new Map<string, number>()
  const functions = new Map<string, number>()
  let busyMs = 0
  let idleMs = 0
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id)
    // A delta is the time from one sample to the next, in µs; some are below nothing when the clock is set.
    const ms = Math.max(0, timeDeltas[index + 1] ?? 0) / 1000
    if (frame === undefined) continue
    if (frame.functionName === IDLE) {
      idleMs += ms
      continue
    }
    busyMs += ms
    const module = moduleOf(frame)
    add(modules, module, ms)
    const caller = module === NATIVE ? frames.get(callers.get(id) ?? 0) : undefined
    add(functions, placed(frame) + (caller === undefined ? '' : ` for ${placed(caller)}`), ms)
  }
  return { busyMs, idleMs, modules: ranked(modules), functions: ranked(functions) }
}

function placed(frame: Frame): string {
  return `${frame.functionName || '(anonymous)'} · ${moduleOf(frame)}${lineOf(frame)}`
}

function add(sums: Map<string, number>, name: string, ms: number): void {
  sums.set(name, (sums.get(name) ?? 0) + ms)
}

function ranked(sums: ReadonlyMap<string, number>): Spent[] {
  return [...sums].map(([name, ms]) => ({ name, ms })).toSorted((a, b) => b.ms - a.ms)
}

/** The source module; packages as a whole. */
function moduleOf({ url, functionName }: Frame): string {
  if (functionName.startsWith('(')) return functionName
  if (url === '') return NATIVE
  if (url.startsWith('node:')) return 'Node'
  const place = PLACE.exec(url)?.[1] ?? url.slice(url.lastIndexOf('/') + 1)
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(place) ?? []
  return name ?? place
}

function lineOf({ url, lineNumber }: Frame): string {
  return url === '' || url.startsWith('node:') ? '' : `:${String(lineNumber + 1)}`
}
