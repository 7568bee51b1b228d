/** What may be measured: the names are fixed, so that none can hold what people wrote. */
export type SpanKind = 'update' | 'use-case' | 'query' | 'send'

/** Does the work and measures it. */
export type RecordSpan = <T>(kind: SpanKind, name: string, work: () => T) => T

let record: RecordSpan | null = null

/** Has spans recorded from now on; null ends that. */
export function recordSpans(next: RecordSpan | null): void {
  record = next
}

/** Does the work, measured as a span when somebody records them; otherwise it costs one comparison. */
export function span<T>(kind: SpanKind, name: string, work: () => T): T {
  return record === null ? work() : record(kind, name, work)
}
