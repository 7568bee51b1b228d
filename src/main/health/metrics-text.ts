import { type Metric, Registry } from 'prom-client'
import type { MetricRow, Seen } from './metric-rows'
import { METRICS } from './metric-table'

/** The type of the answer to Prometheus. */
export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE

/** All metrics in Prometheus' text form, read when they are asked for. */
export function createMetricsText(see: () => Seen): () => Promise<string> {
  const registry = new Registry()
  let seen: Seen | null = null
  const present = () => (seen ??= see())
  for (const row of METRICS) registry.registerMetric(metricOf(row, present))
  return () => {
    // One look for all metrics of an answer; the registry reads each of them before it first waits.
    seen = null
    return registry.metrics()
  }
}

/**
 * What the registry needs of a metric. The library's own kinds would keep every value a second time, and its histogram
 * can't be given what has been counted elsewhere.
 */
function metricOf({ name, help, type, read }: MetricRow, present: () => Seen): Metric {
  const get = () =>
    Promise.resolve({
      name,
      help,
      type,
      aggregator: 'sum',
      values: read(present()).map((sample) => ({ ...sample, metricName: sample.name ?? name })),
    })
  // The registry's type lists the library's own classes; of a metric it uses the name and `get`.
  return { name, get } as unknown as Metric
}
