import { npm } from './npm.mjs'
import { wasInterrupted } from './run.mjs'

// The slowest first, so that the others run beside it.
const CHECKS = ['lint', 'typecheck', 'knip', 'arch', 'format:check']
const AT_ONCE = 2

async function check(name) {
  const started = Date.now()
  const { code, output } = await npm(['run', '--silent', name])
  const time = `${((Date.now() - started) / 1000).toFixed(1)} s`
  if (code === 0) console.log(`  ✓ ${name} (${time})`)
  else console.log(`  ✗ ${name} (${time})\n${output.trim()}`)
  return code === 0
}

/**
 * Runs what `npm run check` runs, two at a time; output only of what failed.
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export async function runChecks() {
  const waiting = [...CHECKS]
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const worker = async () => {
    for (let name = waiting.shift(); name && !wasInterrupted(); name = waiting.shift()) {
      counts[(await check(name)) ? 'passed' : 'failed'] += 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return counts
}
