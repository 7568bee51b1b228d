import type { Violation } from './invariants'
import type { Case, Outcome } from './stage'

/** What has been counted so far. */
export type Tally = {
  readonly add: (test: Case, outcome: Outcome) => void
  /** As the other suites report. */
  readonly counts: () => { readonly passed: number; readonly failed: number; readonly skipped: number }
  /** The summary, for people. */
  readonly text: () => string
}

const KINDS: readonly Violation['kind'][] = [
  'lost',
  'twice',
  'corrupt',
  'stuck',
  'silent',
  'changed',
  'leaked',
  'untrue',
]

/** Begins to count. */
export function createTally(): Tally {
  let passed = 0
  let failed = 0
  let images = 0
  let kills = 0
  const violations = new Map<string, number>()
  return {
    add: (_test, outcome) => {
      if (outcome.violations.length === 0) passed += 1
      else failed += 1
      images += outcome.counted.images ?? 0
      kills += outcome.counted.kills ?? 0
      for (const { kind } of outcome.violations) violations.set(kind, (violations.get(kind) ?? 0) + 1)
    },
    counts: () => ({ passed, failed, skipped: 0 }),
    text: () =>
      [
        `\n${passed + failed} cases, ${images} power cuts, ${kills} kills:`,
        KINDS.map((kind) => `${violations.get(kind) ?? 0} ${kind}`).join(', '),
      ].join(' '),
  }
}
