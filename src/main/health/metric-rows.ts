import type { Facts } from '../../shared/model/facts'
import type { Judgement } from '../../shared/model/judgement'
import type { Measures } from '../telemetry/measures'

/** What the metrics are read from. */
export type Seen = {
  readonly facts: Facts
  readonly judgement: Judgement
  readonly measures: Measures
  readonly version: string
}

/** One value of a metric; `name` differs from the metric's own in the parts of a histogram. */
export type Sample = {
  readonly name?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

/** One metric: a row of the table that the endpoint, its documentation and the dashboard's test are made from. */
export type MetricRow = {
  /** By Prometheus' rules: base units, `_total` for what only grows. */
  readonly name: `dispatcher_${string}`
  readonly type: 'gauge' | 'counter' | 'histogram'
  readonly help: string
  /** Their values come from fixed lists, never from what people write. */
  readonly labels: readonly string[]
  readonly read: (seen: Seen) => readonly Sample[]
}

type Plain = Pick<MetricRow, 'name' | 'help'>

/** A metric without labels; no sample while there is nothing to say. */
export function single(type: 'gauge' | 'counter', of: Plain, read: (seen: Seen) => number | null): MetricRow {
  return {
    ...of,
    type,
    labels: [],
    read: (seen) => {
      const value = read(seen)
      return value === null ? [] : [{ value }]
    },
  }
}

/** A metric with one label, from the values by label. */
export function byLabel(
  type: 'gauge' | 'counter',
  of: Plain & { readonly label: string },
  read: (seen: Seen) => Iterable<readonly [string, number]>,
): MetricRow {
  const { label, ...plain } = of
  return {
    ...plain,
    type,
    labels: [label],
    read: (seen) => [...read(seen)].map(([word, value]) => ({ labels: { [label]: word }, value })),
  }
}

/** A metric that is 1 for the word that holds and 0 for the others. */
export function whichOf(
  of: Plain & { readonly label: string },
  words: readonly string[],
  holds: (seen: Seen) => string,
): MetricRow {
  return byLabel('gauge', of, (seen) => words.map((word) => [word, Number(holds(seen) === word)]))
}
