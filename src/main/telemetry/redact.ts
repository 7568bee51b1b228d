import { REQUEST_NUMBER } from '../../shared/model/log-line'

/** What stands in a log line in place of something that must not be there. */
export const LEFT_OUT = '[left out]'

/** A value that may stand in a log line. */
export type Loggable = string | number | boolean | null | LoggedError
/** An error as it may stand in a log line. */
export type LoggedError = {
  readonly name: string
  readonly message: string
  readonly code?: string | number
  readonly frames?: readonly string[]
  readonly causes?: readonly LoggedError[]
}

/** Cuts from everything that is logged what a log must never hold. */
export type Redactor = {
  /** Cuts this value from now on, wherever it appears. Values under 8 characters are too common to cut. */
  readonly addSecret: (value: string) => void
  /** A text written by a programmer, with secrets and numbers of people cut. */
  readonly text: (value: string) => string
  /** The same for a fixed sentence, which is looked through only once. */
  readonly sentence: (value: string) => string
  /** The fields of one line: listed names only, words and numbers only. Never throws. */
  readonly fields: (fields: Readonly<Record<string, unknown>>) => Record<string, Loggable>
}

/** What a field may look like: a count or amount, one of our ids, a request's number, a word of a programmer. */
type Form = 'amount' | 'id' | 'request-number' | 'word'

// Everything else is left out: a list of what may be logged can't forget a new field, a list of what may not can.
const ALLOWED: ReadonlyMap<string, Form> = new Map(
  Object.entries({
    amount: 'attempt bytes count exitCode ms outboxId port retryAfter rows updateId skipped',
    id: 'personId requestId',
    'request-number': 'requestNumber',
    word: 'backend call code columns component file job kind method migration path reason scope signal state status table topic version',
  } satisfies Record<Form, string>).flatMap(([form, names]) =>
    // The keys are those of the record above.
    names.split(' ').map((name) => [name, form as Form] as const),
  ),
)

const LONGEST_TEXT = 500
const LONGEST_WORD = 200
const MOST_FRAMES = 12
const MOST_CAUSES = 5
const DEEPEST_CAUSE = 4
const SHORTEST_SECRET = 8

const TOKEN = /\d{6,12}(?::|%3A)[A-Za-z0-9_-]{30,}/gi
const TOKEN_IN_ADDRESS = /\/bot[^/\s"'`]{10,}/gi
// Phone numbers and Telegram ids alike: nine digits or more, as people write them.
const NUMBER_OF_A_PERSON = /\+?\d(?:[\s().-]{0,2}\d){8,}/g
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const FORMS: Readonly<Record<Exclude<Form, 'word'>, RegExp>> = {
  amount: /^\d{1,16}$/,
  id: UUID,
  'request-number': REQUEST_NUMBER,
}
const WORD = /^[\w.,:/@%+#()-]*$/
const IDENTIFIER = /^[\w$.-]{1,60}$/
// Without digits and colons there is no number of a person and no token in it.
const PLAIN_WORD = /^[A-Za-z][A-Za-z_.,-]*$/
const MOST_SENTENCES = 1000
const QUOTED = /"([^"]*)"|'([^']*)'|`([^`]*)`|«([^»]*)»|“([^”]*)”/g
const FRAME =
  /^\s+at (?:(?:async |new )*([\w$.<>#]{1,80})(?: \[as \w+\])? \()?(?:[\w+.-]+:)?(\S+?):(\d+):(\d+)\)?$/

/** Makes the one redactor of the program; every sink of text about it goes through this. */
export function createRedactor(): Redactor {
  const secrets = new Set<string>()

  function text(value: string): string {
    const cut = withoutSecrets(value).replace(TOKEN_IN_ADDRESS, `/bot${LEFT_OUT}`).replace(TOKEN, LEFT_OUT)
    return shorten(cut.replace(NUMBER_OF_A_PERSON, LEFT_OUT), LONGEST_TEXT)
  }

  function word(value: string): string {
    if (UUID.test(value)) return value
    if (PLAIN_WORD.test(value) && value.length < LONGEST_WORD) return withoutSecrets(value)
    return WORD.test(value) ? shorten(text(value), LONGEST_WORD) : LEFT_OUT
  }

  function withoutSecrets(value: string): string {
    let cut = value
    for (const secret of secrets) cut = cut.replaceAll(secret, LEFT_OUT)
    return cut
  }

  function fields(given: Readonly<Record<string, unknown>>): Record<string, Loggable> {
    const kept: Record<string, Loggable> = {}
    for (const key of Object.keys(given)) {
      if (key === 'error') kept.error = describe(read(given, 'error'), text)
      else {
        const form = ALLOWED.get(key)
        if (form !== undefined) kept[key] = valueOf(read(given, key), form, word)
        // The name of an unlisted field can be data too.
        else kept[IDENTIFIER.test(key) ? text(key) : 'other'] = LEFT_OUT
      }
    }
    return kept
  }

  const sentences = remembering(text)
  return {
    addSecret: (secret) => {
      if (secret.length < SHORTEST_SECRET) return
      secrets.add(secret)
      secrets.add(encodeURIComponent(secret))
      sentences.forget()
    },
    text,
    sentence: sentences.cut,
    fields,
  }
}

type Cut = (value: string) => string

/** Sentences are fixed, so each has to be looked through once only. */
function remembering(text: Cut): { readonly cut: Cut; readonly forget: () => void } {
  const known = new Map<string, string>()
  return {
    cut: (sentence) => {
      const cut = known.get(sentence) ?? text(sentence)
      if (known.size < MOST_SENTENCES) known.set(sentence, cut)
      return cut
    },
    forget: () => {
      known.clear()
    },
  }
}

function valueOf(given: unknown, form: Form, word: Cut): Loggable {
  if (given === null || given === undefined) return null
  if (typeof given === 'boolean') return given
  if (typeof given === 'number') return form === 'id' ? LEFT_OUT : given
  if (typeof given === 'bigint') return given.toString()
  if (typeof given !== 'string') return LEFT_OUT
  if (form === 'word') return word(given)
  return FORMS[form].test(given) ? given : LEFT_OUT
}

/** An error reduced to what helps to find its cause and can't carry what people wrote. */
function describe(given: unknown, cut: Cut, depth = 0): LoggedError {
  if (typeof given === 'string') return { name: 'string', message: cut(safeMessage(given)) }
  if (!isError(given)) return { name: typeof given, message: '' }
  const code = codeOf(given)
  const frames = framesOf(given, cut)
  const causes = depth < DEEPEST_CAUSE ? causesOf(given).map((cause) => describe(cause, cut, depth + 1)) : []
  return {
    name: identifier(read(given, 'name')) ?? 'Error',
    message: issuesOf(given) ?? cut(safeMessage(messageOf(given))),
    ...(code === undefined ? {} : { code }),
    ...(frames.length > 0 ? { frames } : {}),
    ...(causes.length > 0 ? { causes } : {}),
  }
}

function isError(value: unknown): value is Error {
  // The HTTP client's errors only inherit from Error, and errors of another realm only are errors.
  return value instanceof Error || Error.isError(value)
}

function messageOf(error: object): string {
  const message = read(error, 'message')
  return typeof message === 'string' ? message : ''
}

/** grammY keeps the reason in `error`, the language in `cause`, AggregateError in `errors`. */
function causesOf(error: object): unknown[] {
  const several = read(error, 'errors')
  const more: readonly unknown[] = Array.isArray(several) ? several : []
  const found = [read(error, 'cause'), read(error, 'error'), ...more]
  return found.filter(isError).slice(0, MOST_CAUSES)
}

function codeOf(error: object): string | number | undefined {
  const code = read(error, 'code') ?? read(error, 'error_code')
  return typeof code === 'number' ? code : identifier(code)
}

/** What is wrong where, from an error of zod's, whose own message may quote the value. */
function issuesOf(error: object): string | undefined {
  const issues = read(error, 'issues')
  if (!Array.isArray(issues)) return undefined
  return issues
    .slice(0, MOST_CAUSES)
    .map((issue: unknown) => {
      const place = read(issue, 'path')
      const steps = Array.isArray(place) ? place.map((step) => identifier(String(step)) ?? LEFT_OUT) : []
      return `${steps.join('.') || 'input'}: ${identifier(read(issue, 'code')) ?? 'wrong'}`
    })
    .join(', ')
}

/** The first line of an error's message without what it quotes: quotations hold what people typed. */
function safeMessage(message: string): string {
  // V8 quotes the text itself, and its own quotation marks can't be told from those in the text.
  if (message.endsWith('is not valid JSON')) return 'The text is not valid JSON'
  const [line = ''] = message.split(/[\r\n\u2028\u2029]|\bparams:/, 1)
  return shorten(line, LONGEST_TEXT * 4).replace(QUOTED, (quotation: string, ...groups: unknown[]) => {
    const inside = groups.find((group) => typeof group === 'string')
    return identifier(inside) === undefined && inside !== '' ? `"${LEFT_OUT}"` : quotation
  })
}

/** Where the error was thrown: function, last two parts of the path, line and column. */
function framesOf(error: object, cut: Cut): string[] {
  const stack = read(error, 'stack')
  if (typeof stack !== 'string') return []
  const message = messageOf(error)
  // The message stands at the head of the stack and may have lines that look like frames.
  const start = stack.indexOf(message) + message.length
  const frames: string[] = []
  for (const line of stack.slice(Math.max(start, 0)).split('\n')) {
    const match = FRAME.exec(line)
    if (!match) continue
    const [, where = '', path = '', row = '', column = ''] = match
    // The folders above name the computer's user.
    const file = path.split(/[/\\]/).slice(-2).join('/')
    frames.push(cut(`${where} ${file}:${row}:${column}`.trim()))
    if (frames.length === MOST_FRAMES) break
  }
  return frames
}

function identifier(value: unknown): string | undefined {
  return typeof value === 'string' && IDENTIFIER.test(value) ? value : undefined
}

/** A property of anything at all; what throws on reading is left out. */
function read(owner: unknown, key: string): unknown {
  if (typeof owner !== 'object' || owner === null) return undefined
  try {
    return (owner as Readonly<Record<string, unknown>>)[key]
  } catch {
    return undefined
  }
}

function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
