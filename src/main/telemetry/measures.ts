/** Upper bounds of the histograms' buckets, in ms; the last one takes everything above. */
export const BUCKETS_MS = [
  0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000,
] as const

/** What is counted since the program started. Labels come from fixed lists, never from what people write. */
export type CounterName =
  | 'updates-received'
  /** By what became of them: done, ignored. */
  | 'updates-handled'
  | 'updates-failed'
  /** By method and outcome, such as `card sent`. */
  | 'sends'
  | 'sends-retried'
  /** Lines of the log, by level. */
  | 'log-lines'
  | 'window-errors'

/** What is timed, each by a label: kind of update, use case, method, statement. */
export type TimerName = 'handler' | 'use-case' | 'send' | 'query' | 'commit' | 'checkpoint'

/** How long something took so far; times in ms. */
export type Timing = {
  readonly count: number
  readonly totalMs: number
  readonly maxMs: number
  /** How many fell into each bucket (not summed up); one more than there are bounds. */
  readonly buckets: readonly number[]
}

/** The program's own measures, cheap enough for the path of every message. */
export type Measures = {
  readonly count: (name: CounterName, label?: string, by?: number) => void
  readonly time: (name: TimerName, label: string, ms: number) => void
  /** The same for one label, looked up once: for what is timed many times for each message. */
  readonly timer: (name: TimerName, label: string) => (ms: number) => void
  /** Notes when a phase of the start was over, in ms since the process began. */
  readonly phase: (name: string, ms: number) => void
  readonly counter: (name: CounterName, label?: string) => number
  readonly counters: (name: CounterName) => ReadonlyMap<string, number>
  readonly timings: (name: TimerName) => ReadonlyMap<string, Timing>
  readonly phases: () => ReadonlyMap<string, number>
}

type Growing = { count: number; totalMs: number; maxMs: number; readonly buckets: number[] }

/** Labels of one name beyond this number are counted together: nothing may grow without end. */
const MOST_LABELS = 200
const OTHER = 'other'

/** Begins to measure; everything stands at zero. */
export function createMeasures(): Measures {
  const counters = new Map<CounterName, Map<string, number>>()
  const timers = new Map<TimerName, Map<string, Growing>>()
  const phases = new Map<string, number>()
  return {
    count: (name, label = '', by = 1) => {
      const labels = labelsOf(counters, name)
      const key = keyIn(labels, label)
      labels.set(key, (labels.get(key) ?? 0) + by)
    },
    time: (name, label, ms) => {
      add(timingIn(labelsOf(timers, name), label), ms)
    },
    timer: (name, label) => {
      const timing = timingIn(labelsOf(timers, name), label)
      return (ms) => {
        add(timing, ms)
      }
    },
    phase: (name, ms) => {
      if (!phases.has(name)) phases.set(name, ms)
    },
    counter: (name, label) => {
      const labels = counters.get(name)
      if (label !== undefined) return labels?.get(label) ?? 0
      let sum = 0
      for (const value of labels?.values() ?? []) sum += value
      return sum
    },
    counters: (name) => new Map(counters.get(name)),
    timings: (name) =>
      new Map(
        [...(timers.get(name) ?? [])].map(([label, timing]) => [
          label,
          { ...timing, buckets: [...timing.buckets] },
        ]),
      ),
    phases: () => new Map(phases),
  }
}

function timingIn(labels: Map<string, Growing>, label: string): Growing {
  const key = keyIn(labels, label)
  const known = labels.get(key)
  if (known !== undefined) return known
  const buckets = Array.from({ length: BUCKETS_MS.length + 1 }, () => 0)
  const made = { count: 0, totalMs: 0, maxMs: 0, buckets }
  labels.set(key, made)
  return made
}

function add(timing: Growing, ms: number): void {
  timing.count += 1
  timing.totalMs += ms
  if (ms > timing.maxMs) timing.maxMs = ms
  const bucket = bucketOf(ms)
  timing.buckets[bucket] = (timing.buckets[bucket] ?? 0) + 1
}

function labelsOf<N, T>(all: Map<N, Map<string, T>>, name: N): Map<string, T> {
  const known = all.get(name)
  if (known !== undefined) return known
  const made = new Map<string, T>()
  all.set(name, made)
  return made
}

function keyIn(labels: ReadonlyMap<string, unknown>, label: string): string {
  return labels.has(label) || labels.size < MOST_LABELS ? label : OTHER
}

function bucketOf(ms: number): number {
  for (let index = 0; index < BUCKETS_MS.length; index += 1) if (ms <= (BUCKETS_MS[index] ?? 0)) return index
  return BUCKETS_MS.length
}

/** The time that a part (0 to 1) of the timed calls did not exceed, in ms: between the bounds of its bucket. */
export function quantileOf({ count, maxMs, buckets }: Timing, part: number): number {
  let left = part * count
  for (const [index, inBucket] of buckets.entries()) {
    if (left > inBucket || inBucket === 0) {
      left -= inBucket
      continue
    }
    const low = BUCKETS_MS[index - 1] ?? 0
    const high = Math.min(BUCKETS_MS[index] ?? maxMs, maxMs)
    return low + ((high - low) * left) / inBucket
  }
  return maxMs
}

/** Runs the work and times it, also when it throws. */
export function timed<T>(measures: Measures, name: TimerName, label: string, work: () => T): T {
  const began = performance.now()
  try {
    return work()
  } finally {
    measures.time(name, label, performance.now() - began)
  }
}
