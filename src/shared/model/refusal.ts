import { z } from 'zod'

/** Every reason for which the program says no; the words for people are in the catalogues under `refusal`. */
export const RefusalCode = /* @__PURE__ */ z.enum([
  'bad-request',
  'internal',
  'not-found',
  'not-yours',
  'not-allowed-now',
  'technician-unavailable',
  'nothing-to-send',
  'too-many-requests',
  'text-missing',
  'name-missing',
  'name-taken',
  'number-too-large',
  'reopen-too-late',
  'invite-used',
  'undo-too-late',
  'token-malformed',
  'token-refused',
  'token-of-another-bot',
  'telegram-unreachable',
  'webhook-in-the-way',
  'storage-unprotected',
  'not-in-practice',
  'backup-damaged',
  'backup-missing',
  'passphrase-needed',
  'wrong-passphrase',
  'backup-newer',
  'not-enough-space',
  'data-in-use',
  'data-damaged',
  'backup-failed',
  'data-trouble',
  'read-only',
  'no-trouble',
  'copy-unusable',
  'rescue-failed',
  'log-level-fixed',
  'report-not-saved',
])
export type RefusalCode = z.infer<typeof RefusalCode>

/** Facts that belong to a refusal, to be named in its text. */
export type RefusalDetails = Readonly<Record<string, string | number>>

/** A "no" with a code: thrown by rules and use cases, told to people in one place. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly details: RefusalDetails

  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.details = details
  }
}

/** Fails to compile when a switch forgets a case, and throws if one slips through at run time. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value ${JSON.stringify(value)}`)
}

/** Returns the value, or throws naming what is missing. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`Missing: ${what}`)
  return value
}
