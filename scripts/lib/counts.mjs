import { existsSync, readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)

/**
 * What Vitest's json report says; undefined when it wrote none.
 * @param {string} file
 * @returns {Counts | undefined}
 */
export function vitestCounts(file) {
  const files = read(file)?.testResults
  if (!files) return undefined
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const { status, assertionResults } of files) {
    const failed = assertionResults.filter((test) => test.status === 'failed').length
    const passed = assertionResults.filter((test) => test.status === 'passed').length
    counts.passed += passed
    // A file that could not even be loaded holds no failed test.
    counts.failed += status === 'failed' ? Math.max(failed, 1) : failed
    counts.skipped += assertionResults.length - failed - passed
  }
  return counts
}

/**
 * What Playwright's json report says; undefined when it wrote none.
 * @param {string} file
 * @returns {Counts | undefined}
 */
export function playwrightCounts(file) {
  const report = read(file)
  if (!report) return undefined
  const { expected, flaky, unexpected, skipped } = report.stats
  // An error outside of any test is a failure too.
  return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped }
}

/**
 * What the rig of the faults says: it counts as the suites do.
 * @param {string} file
 * @returns {Counts | undefined}
 */
export const faultsCounts = (file) => read(file)

/**
 * A suite's counts made honest: one that crashed, ended badly without a failed test or ran nothing has failed.
 * @param {Counts | undefined} counts
 * @param {number} code its exit code
 * @returns {Counts & { reason?: string }}
 */
export function judged(counts, code) {
  const known = counts ?? { passed: 0, failed: 0, skipped: 0 }
  if (known.failed > 0) return known
  if (!counts)
    return { ...known, failed: 1, reason: `it ended with exit code ${code} before reporting a result` }
  if (code !== 0)
    return { ...known, failed: 1, reason: `no test failed, but it ended with exit code ${code}` }
  if (known.passed === 0) return { ...known, failed: 1, reason: 'it ran no test' }
  return known
}
