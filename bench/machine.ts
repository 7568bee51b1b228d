import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { timed } from './clock'
import { median } from './statistics'

/** What tells how fast and how quiet the computer is. */
export type Machine = {
  readonly cpu: string
  readonly electron: string
  readonly node: string
  /** ms for a fixed loop: median and quartile distance relative to it. */
  readonly spinMs: number
  readonly spinSpread: number
  readonly load: number
  /** Median of writing 4 KiB and waiting for the disk, in ms. */
  readonly fdatasyncMs: number
}

const SPINS = 15
const SYNCS = 60

/** Takes the measure of the computer. */
export function measureMachine(folder: string): Machine {
  const spins = Array.from({ length: SPINS }, () => timed(spin)).sort((a, b) => a - b)
  const middle = median(spins)
  const spread = ((spins[11] ?? middle) - (spins[3] ?? middle)) / middle
  const all = cpus()
  return {
    cpu: `${String(all.length)} × ${all[0]?.model ?? 'unknown'}`,
    electron: process.versions.electron,
    node: process.versions.node,
    spinMs: middle,
    spinSpread: spread,
    load: loadavg().at(0) ?? 0,
    fdatasyncMs: median(syncTimes(join(folder, 'fdatasync.tmp'))),
  }
}

function spin(): void {
  let value = 1
  for (let step = 0; step < 5_000_000; step += 1) value = (value * 31 + step) % 1_000_003
  if (value < 0) throw new Error('unreachable')
}

function syncTimes(path: string): number[] {
  const bytes = Buffer.alloc(4096, 1)
  const file = openSync(path, 'w')
  try {
    return Array.from({ length: SYNCS }, () =>
      timed(() => {
        writeSync(file, bytes, 0, bytes.length, 0)
        fdatasyncSync(file)
      }),
    )
  } finally {
    closeSync(file)
    rmSync(path)
  }
}
