import { setUp } from './set-up.mjs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { runE2e } from './e2e.mjs'
import { runFaults } from './faults.mjs'
import { electronNode } from './electron-node.mjs'
import { runOpsChecks } from './ops.mjs'
import { searchCanaries } from './lib/canaries.mjs'
import { runChecks } from './lib/checks.mjs'
import { faultsCounts, judged, playwrightCounts, vitestCounts } from './lib/counts.mjs'
import { Failure, runAsMain } from './lib/main.mjs'
import { wasInterrupted } from './lib/run.mjs'

// A log is read without colours.
const PLAIN = process.stdout.isTTY ? {} : { NO_COLOR: '1' }
const ONE_PASSED = { passed: 1, failed: 0, skipped: 0 }
/** With fewer the tests have not said what must be searched for. */
const FEWEST_CANARIES = 20
const ONE_FAILED = { passed: 0, failed: 1, skipped: 0 }

async function prepare() {
  await setUp({ forTests: true })
  return { passed: 0, failed: 0, skipped: 0 }
}

async function unitTests(folder) {
  const report = join(folder, 'unit.json')
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--coverage']
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await electronNode([...vitest, ...reporters], { ...process.env, ...PLAIN })
  return judged(vitestCounts(report), code)
}

async function faultTests(folder) {
  const report = join(folder, 'faults.json')
  const code = await runFaults(['--json', report], PLAIN)
  return judged(faultsCounts(report), code)
}

async function buildProgram() {
  await build()
  return ONE_PASSED
}

async function e2eTests(folder) {
  const report = join(folder, 'e2e.json')
  const env = { ...PLAIN, PLAYWRIGHT_JSON_OUTPUT_FILE: report, TEST_OUTPUTS: join(folder, 'outputs') }
  const code = await runE2e(['--reporter=list,json'], env)
  return judged(playwrightCounts(report), code)
}

/** Nothing that was put out by whatever was tested holds a token, a number, a name or a word of anybody. */
function canaryTest(folder) {
  const reports = ['unit.json', 'faults.json', 'e2e.json'].map((name) => join(folder, name))
  const { searched, canaries, found } = searchCanaries(join(folder, 'outputs'), reports)
  console.log(`  ${searched} outputs searched for ${canaries} canaries`)
  if (found.length > 0) return { ...ONE_FAILED, reason: ['somebody can be recognised', ...found].join('\n') }
  if (canaries < FEWEST_CANARIES) return { ...ONE_FAILED, reason: 'there was next to nothing to search for' }
  return ONE_PASSED
}

const SUITES = {
  checks: runChecks,
  ops: runOpsChecks,
  unit: unitTests,
  faults: faultTests,
  build: buildProgram,
  e2e: e2eTests,
  canaries: canaryTest,
}

/** Runs one suite; whatever it throws counts as one failure. */
async function runSuite(name, suite, folder) {
  console.log(`\n── ${name}`)
  const started = Date.now()
  let counts
  try {
    counts = await suite(folder)
  } catch (error) {
    counts = { ...ONE_FAILED, reason: error instanceof Failure ? error.message : error.stack }
  }
  if (counts.reason) console.log(`✗ ${name}: ${counts.reason}`)
  return { name, ...counts, seconds: (Date.now() - started) / 1000 }
}

async function runSuites(folder) {
  const results = []
  for (const [name, suite] of Object.entries(SUITES)) {
    // What is in out/ may be of an older state: testing that would prove nothing.
    const stale = name === 'e2e' && results.some((result) => result.name === 'build' && result.failed > 0)
    const run = stale ? async () => ({ ...ONE_FAILED, reason: 'not run, because there is no build' }) : suite
    results.push(await runSuite(name, run, folder))
    if (wasInterrupted()) throw new Failure('interrupted')
  }
  return results
}

const inWords = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

function summarize(results) {
  console.log('')
  for (const result of results) {
    console.log(
      `${result.name.padEnd(8)} ${`${result.seconds.toFixed(1)} s`.padStart(8)}   ${inWords(result)}`,
    )
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  const total = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
  // The last line, alone: other programs read it.
  console.log(`\n${inWords(total)}`)
  return total.failed === 0
}

async function runAll() {
  const prepared = await runSuite('set-up', prepare)
  // Without it nothing can run: one failure, not one for every suite.
  if (prepared.failed > 0) return summarize([prepared]) ? 0 : 1
  const folder = mkdtempSync(join(tmpdir(), 'facility-dispatcher-test-'))
  try {
    return summarize(await runSuites(folder)) ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await runAsMain(import.meta, runAll)
