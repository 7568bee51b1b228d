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

const IDLE = '(idle)'
const PLACE = /\/built\/(.+?)\.m?js$/u

/** Adds up the time each function and each module had the processor for itself. */
export function summarize({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): CpuSummary {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
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
    add(functions, `${frame.functionName || '(anonymous)'} · ${module}${lineOf(frame)}`, ms)
  }
  return { busyMs, idleMs, modules: ranked(modules), functions: ranked(functions) }
}

function add(sums: Map<string, number>, name: string, ms: number): void {
  sums.set(name, (sums.get(name) ?? 0) + ms)
}

function ranked(sums: ReadonlyMap<string, number>): Spent[] {
  return [...sums].map(([name, ms]) => ({ name, ms })).toSorted((a, b) => b.ms - a.ms)
}

/** The source module; packages as a whole. */
function moduleOf({ url, functionName }: Profiler.Profile['nodes'][number]['callFrame']): string {
  if (functionName.startsWith('(')) return functionName
  if (url === '') return 'native code'
  if (url.startsWith('node:')) return 'Node'
  const place = PLACE.exec(url)?.[1] ?? url.slice(url.lastIndexOf('/') + 1)
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(place) ?? []
  return name ?? place
}

function lineOf({ url, lineNumber }: Profiler.Profile['nodes'][number]['callFrame']): string {
  return url === '' || url.startsWith('node:') ? '' : `:${String(lineNumber + 1)}`
}
