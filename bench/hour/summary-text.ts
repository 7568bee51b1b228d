import type { Profile, Slow } from '../../src/shared/model/profile'
import type { CpuSummary, Spent } from './cpu-summary'

/** How the hour went. */
export type HourFigures = {
  readonly seconds: number
  readonly updates: number
  readonly calls: number
  readonly requests: number
}

const SHOWN = 15

/** The summary that a person reads. */
export function summaryText(figures: HourFigures, cpu: CpuSummary, profile: Profile): string {
  const { seconds, updates, calls, requests } = figures
  return [
    `A synthetic hour in ${seconds.toFixed(1)} s: ${String(requests)} requests, ${String(updates)} updates, ` +
      `${String(calls)} calls to Telegram. Busy for ${(cpu.busyMs / 1000).toFixed(1)} s, ` +
      `${((cpu.busyMs * 1000) / Math.max(1, updates)).toFixed(0)} µs for each update.`,
    '',
    ...spent('Processor time by module', cpu.modules, cpu.busyMs),
    ...spent('Processor time by function', cpu.functions, cpu.busyMs),
    ...slow('Slowest handlers and use cases', profile.handlers),
    ...slow('Slowest queries', profile.queries),
    ...slow('Slowest calls to Telegram', profile.sends),
  ].join('\n')
}

function spent(title: string, list: readonly Spent[], busyMs: number): string[] {
  const lines = list
    .slice(0, SHOWN)
    .map(({ name, ms }) => `${ms.toFixed(0).padStart(8)} ms ${percent(ms, busyMs)}  ${name}`)
  return [title, ...lines, '']
}

function percent(ms: number, of: number): string {
  return `${((100 * ms) / Math.max(of, 1)).toFixed(1)} %`.padStart(7)
}

function slow(title: string, list: readonly Slow[]): string[] {
  const head = '   total ms     count    p50 ms    p95 ms    max ms'
  const lines = list
    .slice(0, SHOWN)
    .map(
      ({ name, count, p50Ms, p95Ms, maxMs, totalMs }) =>
        `${totalMs.toFixed(0).padStart(11)}${String(count).padStart(10)}` +
        `${[p50Ms, p95Ms, maxMs].map((ms) => ms.toFixed(3).padStart(10)).join('')}  ${name}`,
    )
  return [title, head, ...lines, '']
}
