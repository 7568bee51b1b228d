import { join } from 'node:path'
import { runAsMain } from './lib/main.mjs'
import { root } from './lib/paths.mjs'
import { findPromtool } from './lib/promtool.mjs'
import { run } from './lib/run.mjs'

const folder = join(root, 'ops', 'prometheus')
const CHECKS = [
  // Only the form: the token it names is on the office's computer.
  ['the scrape example', ['check', 'config', '--syntax-only', join(folder, 'prometheus.yml')]],
  ['the alert rules', ['check', 'rules', join(folder, 'dispatcher.rules.yml')]],
  ['each alert raised and ended', ['test', 'rules', join(folder, 'dispatcher.rules.test.yml')]],
]

/**
 * Lets promtool check what ops/ says to Prometheus. Without promtool the checks count as skipped, never as passed.
 * @returns {Promise<import('./lib/counts.mjs').Counts>}
 */
export async function runOpsChecks() {
  const found = findPromtool()
  if ('missing' in found) {
    console.log(`  - not run: ${found.missing}`)
    return { passed: 0, failed: 0, skipped: CHECKS.length }
  }
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const [name, args] of CHECKS) {
    const { code, output } = await run(found.program, args, { quiet: true })
    // Of all words only this one says that something was looked at.
    const isPassed = code === 0 && output.includes('SUCCESS')
    console.log(isPassed ? `  ✓ ${name}` : `  ✗ ${name}\n${output.trim()}`)
    counts[isPassed ? 'passed' : 'failed'] += 1
  }
  return counts
}

await runAsMain(import.meta, async () => {
  const { failed, skipped } = await runOpsChecks()
  if (skipped > 0) console.log(`${skipped} checks were not run`)
  return failed === 0 ? 0 : 1
})
