import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killAllChildren } from './child'
import { CLOCK_CASES } from './clock-cases'
import { DISK_CASES } from './disk-cases'
import { INPUT_CASES } from './input-cases'
import { KILL_CASES } from './kills'
import { readOptions, type Options } from './options'
import { BACKUP_POWER_CASES } from './backup-power-case'
import { POWER_CASES } from './power-case'
import { SERVER_CASES } from './server-cases'
import type { Case, Outcome } from './stage'
import { createTally, type Tally } from './tally'

// The rig's entry: plays the cases once, or again and again with other seeds until the time is over.

const CASES: readonly Case[] = [
  ...KILL_CASES,
  ...POWER_CASES,
  ...BACKUP_POWER_CASES,
  ...SERVER_CASES,
  ...CLOCK_CASES,
  ...DISK_CASES,
  ...INPUT_CASES,
]
/** So many cases that work, and so many that mostly wait, run side by side. */
const AT_ONCE = 3
/** A case of the short form that takes longer hangs, in ms. */
const LONGEST_CASE_MS = 180_000

/** A program that does what it must not may also do nothing at all: then the case is over some time. */
async function inTime(outcome: Promise<Outcome>, share: number): Promise<Outcome> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('the case does not end')), LONGEST_CASE_MS * Math.max(1, share)).unref()
  })
  return Promise.race([outcome, late])
}

async function play(test: Case, round: number, options: Options, tally: Tally): Promise<void> {
  const seed = options.seed + round
  const keep = join(tmpdir(), 'facility-dispatcher-faults', `${test.group}-${seed}`)
  const began = Date.now()
  let outcome: Outcome
  try {
    outcome = await inTime(test.run({ seed, share: options.share, keep }), options.share)
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : 'unknown'
    outcome = { counted: {}, violations: [{ kind: 'stuck', text }], steps: [] }
  }
  tally.add(test, outcome)
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  const failed = outcome.violations.length > 0
  console.log(`  ${failed ? '✗' : '✓'} ${test.group}: ${test.name} (${seconds} s)`)
  if (!failed) return
  for (const [kind, texts] of byKind(outcome)) {
    console.log(
      `      ${kind}: ${texts.slice(0, 3).join('; ')}${texts.length > 3 ? `, ${texts.length} in all` : ''}`,
    )
  }
  for (const step of outcome.steps.slice(-30)) console.log(`      step: ${step}`)
  console.log(`      again: npm run faults -- --seed ${seed} --case "${test.name}"`)
  console.log(`      kept: ${keep}`)
}

function byKind({ violations }: Outcome): Map<string, string[]> {
  const kinds = new Map<string, string[]>()
  for (const { kind, text } of violations) kinds.set(kind, [...(kinds.get(kind) ?? []), text])
  return kinds
}

async function playRound(
  cases: readonly Case[],
  round: number,
  options: Options,
  tally: Tally,
): Promise<void> {
  const waiting = cases.filter(({ waits }) => waits === true)
  const busy = cases.filter(({ waits }) => waits !== true)
  const worker = async (queue: Case[]) => {
    for (let test = queue.shift(); test !== undefined; test = queue.shift())
      await play(test, round, options, tally)
  }
  await Promise.all([
    ...Array.from({ length: AT_ONCE }, () => worker(busy)),
    ...Array.from({ length: AT_ONCE }, () => worker(waiting)),
  ])
}

async function run(options: Options): Promise<boolean> {
  const cases = CASES.filter(
    ({ group, name }) =>
      (options.only === null || group === options.only) &&
      (options.name === null || name.includes(options.name)),
  )
  if (cases.length === 0) throw new Error('There is no such case')
  const tally = createTally()
  const deadline = Date.now() + options.minutes * 60_000
  console.log(`Faults with seed ${options.seed}`)
  for (let round = 0; round === 0 || Date.now() < deadline; round += 1)
    await playRound(cases, round, options, tally)
  console.log(tally.text())
  if (options.json !== null) writeFileSync(options.json, JSON.stringify(tally.counts()))
  return tally.counts().failed === 0
}

let code = 1
try {
  code = (await run(readOptions(process.argv.slice(2)))) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
}
killAllChildren()
process.exit(code)
