import { join } from 'node:path'
import type { Store } from './data-set'
import type { Windows } from './window-start'

// scripts/bench.mjs sets these variables.

const root = process.env['BENCH_ROOT'] ?? process.cwd()

/** Folder for what one run leaves to the next. */
export const cache = join(root, 'node_modules/.cache/bench')
/** File that a whole run writes. */
export const report = join(root, 'docs/benchmarks.md')
export const store: Store = { cache, migrations: join(root, 'drizzle') }
/** The built script of the backups' threads. */
export const thread = join(root, 'out/main/backup-thread.js')
export const windows: Windows = {
  root,
  electron: process.env['BENCH_ELECTRON'] ?? '',
  displays: (process.env['BENCH_DISPLAYS'] ?? '').split(','),
}
