import { randomBytes } from 'node:crypto'
import type { SpanJSON, TransactionEvent } from '@sentry/core'
import type { RecordSpan, SpanKind } from '../../telemetry/span'

/** One of so many pieces of work is measured and sent. */
const ONE_IN = 50
const MOST_SPANS = 100

type Root = { readonly traceId: string; readonly spanId: string; readonly spans: SpanJSON[] }

const newId = (bytes: number) => randomBytes(bytes).toString('hex')

type SpanOptions = {
  readonly send: (transaction: TransactionEvent) => void
  /** Chance from 0 to 1. */
  readonly random?: () => number
  /** UTC ms, with fractions. */
  readonly now?: () => number
}

/**
 * Records one piece of work of many: an update with the use cases and queries inside it, or a call to Telegram. What
 * lies inside is found by the stack: the work on an update lets only microtasks pass, so nothing else comes between.
 */
export function createSpans({ send, random = Math.random, now = preciseNow }: SpanOptions): RecordSpan {
  let root: Root | null = null
  let parent = ''

  const within = <T>(open: Root, kind: SpanKind, name: string, work: () => T): T => {
    const spanId = newId(8)
    const outer = parent
    const start = now()
    const end = () => {
      if (open.spans.length < MOST_SPANS)
        open.spans.push(spanOf(open, { spanId, parent: outer, kind, name, start, end: now() }))
    }
    parent = spanId
    try {
      const result = work()
      if (!(result instanceof Promise)) end()
      else void result.then(end, end)
      return result
    } catch (error) {
      end()
      throw error
    } finally {
      parent = outer
    }
  }
  const measured = <T>(kind: SpanKind, name: string, work: () => T): T => {
    const opened: Root = { traceId: newId(16), spanId: newId(8), spans: [] }
    const start = now()
    const isNested = kind === 'update'
    const end = () => {
      if (root === opened) root = null
      send(transactionOf(opened, { kind, name, start, end: now() }))
    }
    if (isNested) {
      root = opened
      parent = opened.spanId
    }
    return ended(work, end)
  }
  return (kind, name, work) => {
    if (root !== null && kind !== 'update' && kind !== 'send') return within(root, kind, name, work)
    return random() * ONE_IN < 1 ? measured(kind, name, work) : work()
  }
}

function ended<T>(work: () => T, end: () => void): T {
  let result: T
  try {
    result = work()
  } catch (error) {
    end()
    throw error
  }
  if (result instanceof Promise) void result.then(end, end)
  else end()
  return result
}

type Measured = {
  readonly kind: SpanKind
  readonly name: string
  readonly start: number
  readonly end: number
}

function spanOf(
  { traceId }: Root,
  { spanId, parent, kind, name, start, end }: Measured & { readonly spanId: string; readonly parent: string },
): SpanJSON {
  return {
    trace_id: traceId,
    span_id: spanId,
    parent_span_id: parent,
    op: kind,
    description: name,
    start_timestamp: start / 1000,
    timestamp: end / 1000,
    data: {},
  }
}

function transactionOf(
  { traceId, spanId, spans }: Root,
  { kind, name, start, end }: Measured,
): TransactionEvent {
  return {
    type: 'transaction',
    transaction: name,
    start_timestamp: start / 1000,
    timestamp: end / 1000,
    contexts: { trace: { trace_id: traceId, span_id: spanId, op: kind, data: {} } },
    spans,
  }
}

function preciseNow(): number {
  return performance.timeOrigin + performance.now()
}
