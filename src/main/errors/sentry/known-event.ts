import type {
  Breadcrumb,
  ErrorEvent,
  Event,
  Exception,
  SpanJSON,
  StackFrame,
  TransactionEvent,
} from '@sentry/core'

/** Where an event comes from. */
export type About = {
  readonly release: string
  readonly environment: string
  readonly contexts: NonNullable<Event['contexts']>
}

/** Names of the program: scopes, codes, types, functions. */
const NAME = /^(?!.*\d{6})[\w.$#<>/-]{1,80}$/
const FILE = /^app:\/\/\/[\w./+@-]{1,120}$/
const ID = /^[0-9a-f]{16,32}$/
const LEVELS: readonly unknown[] = ['fatal', 'error', 'warning', 'info', 'debug']
/** Tags of a crash of a process, and our own. */
const TAGS: readonly string[] = ['scope', 'code', 'event.process', 'exit.reason']
const LONGEST_SENTENCE = 300

/**
 * An event built anew from the fields that are known. A list of what may go out can't forget a new field of the
 * library, as a list of what may not can: no host, no user, no request, no variables, no context that we did not make.
 */
export function knownError(event: ErrorEvent, about: About): ErrorEvent {
  return {
    ...commonOf(event, about),
    type: undefined,
    level: LEVELS.includes(event.level) ? (event.level ?? 'error') : 'error',
    logger: name(event.logger),
    ...groupOf(event),
    tags: tagsOf(event.tags),
    exception: { values: (event.exception?.values ?? []).slice(0, 5).map(exceptionOf) },
    breadcrumbs: (event.breadcrumbs ?? []).slice(-30).map(crumbOf),
  }
}

/** A measurement built anew, in the same way. */
export function knownTransaction(event: TransactionEvent, about: About): TransactionEvent {
  const trace = event.contexts?.trace
  const common = commonOf(event, about)
  return {
    ...common,
    type: 'transaction',
    transaction: name(event.transaction),
    start_timestamp: moment(event.start_timestamp),
    contexts: {
      ...common.contexts,
      trace: { trace_id: id(trace?.trace_id), span_id: id(trace?.span_id), op: name(trace?.op), data: {} },
    },
    spans: (event.spans ?? []).slice(0, 200).map(spanOf),
  }
}

function commonOf(event: Event, { release, environment, contexts }: About) {
  return {
    event_id: id(event.event_id),
    timestamp: moment(event.timestamp),
    platform: event.platform === 'native' ? ('native' as const) : ('node' as const),
    release,
    environment,
    contexts: { ...contexts },
  }
}

/** The memory of a crashed process comes without words: which process it was, and why it ended, is its kind. */
function groupOf(event: ErrorEvent): Pick<ErrorEvent, 'message' | 'fingerprint'> {
  if (event.platform !== 'native')
    return {
      message: sentence(event.message),
      fingerprint: (event.fingerprint ?? []).slice(0, 3).map(sentence),
    }
  const tags = tagsOf(event.tags)
  return {
    message: 'A process has crashed',
    fingerprint: ['native', tags['event.process'] ?? '', tags['exit.reason'] ?? ''],
  }
}

function tagsOf(tags: Event['tags'] = {}): Record<string, string> {
  return Object.fromEntries(TAGS.flatMap((tag) => (tags[tag] === undefined ? [] : [[tag, name(tags[tag])]])))
}

function exceptionOf({ type, value, stacktrace }: Exception): Exception {
  return {
    type: name(type),
    value: sentence(value),
    stacktrace: { frames: (stacktrace?.frames ?? []).slice(-50).map(frameOf) },
  }
}

function frameOf(frame: StackFrame): StackFrame {
  const { filename = '', lineno = 0, colno = 0, in_app: inApp = false } = frame
  return {
    function: name(frame.function ?? ''),
    filename: FILE.test(filename) ? filename : 'app:///?',
    lineno,
    colno,
    in_app: inApp,
  }
}

function crumbOf({ timestamp, category, level, message }: Breadcrumb): Breadcrumb {
  return {
    timestamp: moment(timestamp),
    category: name(category ?? ''),
    level: level !== undefined && LEVELS.includes(level) ? level : 'info',
    message: sentence(message),
  }
}

function spanOf(span: SpanJSON): SpanJSON {
  return {
    trace_id: id(span.trace_id),
    span_id: id(span.span_id),
    parent_span_id: id(span.parent_span_id),
    op: name(span.op),
    description: name(span.description),
    start_timestamp: moment(span.start_timestamp),
    timestamp: moment(span.timestamp),
    data: {},
  }
}

function name(value: unknown): string {
  return typeof value === 'string' && NAME.test(value) ? value : ''
}

function moment(value: unknown): number {
  return typeof value === 'number' ? value : Date.now() / 1000
}

function id(value: unknown): string {
  return typeof value === 'string' && ID.test(value) ? value : ''
}

/** Only what `eventOf` puts there ever comes here: sentences of the log, and known ones of errors. */
function sentence(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, LONGEST_SENTENCE) : ''
}
