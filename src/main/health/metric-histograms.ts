import { BUCKETS_MS, type TimerName, type Timing } from '../telemetry/measures'
import type { MetricRow, Sample } from './metric-rows'

/** A histogram in seconds of what is timed under a name, one for each label of the timer. */
export function histogram(of: {
  readonly name: MetricRow['name']
  readonly help: string
  readonly timer: TimerName
  /** None for a timer that has one kind only. */
  readonly label: string | null
}): MetricRow {
  const { name, help, timer, label } = of
  return {
    name,
    help,
    type: 'histogram',
    labels: label === null ? [] : [label],
    read: ({ measures }) =>
      [...measures.timings(timer)].flatMap(([word, timing]) =>
        samplesOf(name, label === null ? {} : { [label]: word }, timing),
      ),
  }
}

/** Prometheus counts in each bucket whatever is in those below it too. */
function samplesOf(
  name: string,
  labels: Readonly<Record<string, string>>,
  timing: Timing,
): readonly Sample[] {
  let below = 0
  const buckets = BUCKETS_MS.map((bound, index) => {
    below += timing.buckets[index] ?? 0
    return { name: `${name}_bucket`, labels: { le: String(bound / 1000), ...labels }, value: below }
  })
  return [
    ...buckets,
    { name: `${name}_bucket`, labels: { le: '+Inf', ...labels }, value: timing.count },
    { name: `${name}_sum`, labels, value: timing.totalMs / 1000 },
    { name: `${name}_count`, labels, value: timing.count },
  ]
}
