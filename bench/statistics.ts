/** What a row of the benchmark has to reach: a ratio at most, or at least, this. */
export type Goal = { readonly atMost: number } | { readonly atLeast: number }

/** How a row ended. */
export type Verdict = 'reached' | 'not reached' | 'noisy'

/** A series of measurements, summed up. */
export type Summary = { readonly median: number; readonly low: number; readonly high: number }

/** Above this spread of its ratio a row proves nothing. */
const LARGEST_SPREAD = 0.25

/** The value below which the given part of the measurements lies, between neighbours by a straight line. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * part
  const before = sorted[Math.floor(place)]
  const after = sorted[Math.ceil(place)]
  if (before === undefined || after === undefined) throw new Error('There is nothing to sum up')
  return before + (after - before) * (place - Math.floor(place))
}

/** The middle of the measurements. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The middle and the quartiles. */
export function summarize(values: readonly number[]): Summary {
  return { median: median(values), low: quantile(values, 0.25), high: quantile(values, 0.75) }
}

/** The ratio of each pair: what was measured in one round belongs together, since noise hits both. */
export function ratios(ours: readonly number[], baseline: readonly number[]): number[] {
  if (ours.length !== baseline.length) throw new Error('Every round needs both measurements')
  return ours.map((value, round) => value / (baseline[round] ?? Number.NaN))
}

/** The distance between the quartiles, relative to the middle. */
export function spreadOf({ median: middle, low, high }: Summary): number {
  return (high - low) / middle
}

/** Whether the middle of the ratios reaches the goal; "noisy" when they lie too far apart to tell. */
export function judge(ratio: Summary, goal: Goal): Verdict {
  if (!(spreadOf(ratio) <= LARGEST_SPREAD)) return 'noisy'
  const reached = 'atMost' in goal ? ratio.median <= goal.atMost : ratio.median >= goal.atLeast
  return reached ? 'reached' : 'not reached'
}
