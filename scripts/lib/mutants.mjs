import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { electronProgram } from '../ensure-electron.mjs'
import { MUTANTS } from './mutant-list.mjs'
import { root } from './paths.mjs'
import { run, wasInterrupted } from './run.mjs'

const COPIED = [
  'src',
  'e2e',
  'drizzle',
  'package.json',
  'vitest.config.ts',
  'tsconfig.base.json',
  'tsconfig.json',
]
const copy = join(root, 'node_modules', '.cache', 'faults', 'mutant')

function freshCopy() {
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy, { recursive: true })
  for (const name of COPIED) cpSync(join(root, name), join(copy, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
}

/** Takes the guard out of the copy. A text that is not there exactly once is a mutant that nobody has kept up to date. */
function apply(changes) {
  for (const { file, find, replace } of changes) {
    const path = join(copy, file)
    const source = readFileSync(path, 'utf8')
    if (source.split(find).length !== 2)
      throw new Error(`${file} does not hold the text to change exactly once`)
    writeFileSync(
      path,
      source.replace(find, () => replace),
    )
  }
}

/** Whether the named test of the unit tests fails, and what it was that failed. */
async function unitFails({ file, name }) {
  const report = join(copy, 'report.json')
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const args = [vitest, 'run', '--root', copy, file, '-t', name, '--reporter=json', `--outputFile=${report}`]
  await run(electronProgram(), args, { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, quiet: true })
  if (!existsSync(report)) return { caught: false, by: 'the test could not be run' }
  const results = JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap(
    (result) => result.assertionResults,
  )
  const failed = results.filter((result) => result.status === 'failed')
  return { caught: failed.length > 0, by: `${file}: ${failed[0]?.title ?? 'nothing failed'}` }
}

/** Whether the named case of the rig fails, in the way that is meant. */
async function caseFails({ name, kind }, playFaults) {
  const { code, output } = await playFaults(['--case', name], { sources: copy, quiet: true })
  const found = new RegExp(`^\\s+${kind}: .*$`, 'm').exec(output)
  return { caught: code === 1 && found !== null, by: `${name}: ${found?.[0].trim() ?? `no ${kind}`}` }
}

/**
 * Takes out one guard after the other, in a copy of the sources, and runs the test that must notice.
 * @param {string[]} args words of the mutants to try; all of them without any
 * @param {typeof import('../faults.mjs').playFaults} playFaults
 * @returns {Promise<number>} the exit code
 */
export async function tryMutants(args, playFaults) {
  const chosen = MUTANTS.filter(({ guard }) => args.length === 0 || args.some((word) => guard.includes(word)))
  let missed = 0
  for (const { guard, changes, unit, rig } of chosen) {
    if (wasInterrupted()) return 1
    let result
    try {
      freshCopy()
      apply(changes)
      result = unit ? await unitFails(unit) : await caseFails(rig, playFaults)
    } catch (error) {
      result = { caught: false, by: error.message }
    }
    if (!result.caught) missed += 1
    console.log(`  ${result.caught ? '✓' : '✗'} without ${guard}\n      ${result.by.slice(0, 200)}`)
  }
  rmSync(copy, { recursive: true, force: true })
  console.log(`\n${chosen.length - missed} of ${chosen.length} mutants caught`)
  return missed === 0 && chosen.length > 0 ? 0 : 1
}
