import { GrammyError, HttpError } from 'grammy'
import { LoginPageError } from './http-client'

/** What a failed call to Telegram means for the caller. */
export type Failure =
  /** The bot's token is not valid any more. */
  | { readonly kind: 'token-refused' }
  /** Another program reads this bot's messages. */
  | { readonly kind: 'conflict' }
  /** A webhook is set: Telegram sends the messages there. */
  | { readonly kind: 'webhook' }
  /** Too many calls: nothing before this pause, in ms. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** The person has blocked the bot or deleted the account. */
  | { readonly kind: 'blocked' }
  /** The message is already as wanted. */
  | { readonly kind: 'unchanged' }
  /** The message to edit is not there any more, or can't be edited. */
  | { readonly kind: 'gone' }
  /** A press whose answer comes too late for Telegram. */
  | { readonly kind: 'too-late' }
  /** Telegram refuses this for good. */
  | { readonly kind: 'refused'; readonly description: string }
  /** Telegram has trouble of its own; `sent` tells whether the call may have been done all the same. */
  | { readonly kind: 'server'; readonly sent: boolean }
  /** A page of the network itself came back. */
  | { readonly kind: 'login-page' }
  /** Telegram was not reached; `sent` tells whether the call may have arrived all the same. */
  | { readonly kind: 'network'; readonly sent: boolean }

/** Bounds of what Telegram may ask to wait, in ms: less would be hammering, more is no answer of its. */
const SHORTEST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 24 * 3_600_000

/** Codes of errors after which the call certainly never left this computer. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** Reads what went wrong from an error of grammY's client. */
export function failureOf(error: unknown): Failure {
  if (error instanceof GrammyError) return answered(error)
  const cause = error instanceof HttpError ? error.error : error
  if (cause instanceof LoginPageError) return { kind: 'login-page' }
  // Something between us and Telegram has answered: nobody knows what Telegram did.
  if (cause instanceof SyntaxError) return { kind: 'server', sent: true }
  return { kind: 'network', sent: !NEVER_SENT.has(codeOf(cause)) }
}

function answered(error: GrammyError): Failure {
  const { code, description, waitMs } = read(error)
  if (waitMs !== null) return { kind: 'wait', ms: waitMs }
  switch (code) {
    case 401:
    case 404:
      return { kind: 'token-refused' }
    case 403:
      return { kind: 'blocked' }
    case 409:
      return { kind: description.includes('webhook') ? 'webhook' : 'conflict' }
    case 429:
      return { kind: 'wait', ms: 5_000 }
    default:
      return code >= 400 && code < 500 ? badRequest(description) : { kind: 'server', sent: false }
  }
}

/** The parts of Telegram's answer; what has another type than Telegram gives it counts as not there. */
function read(error: GrammyError): { code: number; description: string; waitMs: number | null } {
  const { error_code: code, description, parameters } = error as Record<keyof GrammyError, unknown>
  const retryAfter =
    typeof parameters === 'object' && parameters !== null && 'retry_after' in parameters
      ? parameters.retry_after
      : undefined
  return {
    code: typeof code === 'number' ? code : 0,
    description: typeof description === 'string' ? description : '',
    waitMs:
      typeof retryAfter === 'number' && Number.isFinite(retryAfter)
        ? Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, retryAfter * 1000))
        : null,
  }
}

function badRequest(description: string): Failure {
  if (description.includes('message is not modified')) return { kind: 'unchanged' }
  if (/message to edit not found|message can't be edited|MESSAGE_ID_INVALID/u.test(description))
    return { kind: 'gone' }
  if (description.includes('query is too old')) return { kind: 'too-late' }
  if (/user is deactivated|chat not found/u.test(description)) return { kind: 'blocked' }
  return { kind: 'refused', description }
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? codeOf(error.cause) : ''
}
