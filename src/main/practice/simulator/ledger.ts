import type { CallParams } from './http-body'

/** One Bot API call as it came; `at` in milliseconds. Downloads stand here as method 'file'. */
export type LedgerEntry = {
  readonly method: string
  /** As sent; an uploaded file is told by its name, type and size. */
  readonly params: Readonly<Record<string, unknown>>
  readonly at: number
  /** False until the call was answered with success, also when the answer was lost on the way. */
  readonly ok: boolean
  /** True when the method ran with success, whatever became of the answer. */
  readonly handled: boolean
  readonly errorCode?: number
  readonly description?: string
  /** The kind of the fault that was played. */
  readonly fault?: string
}

/** What becomes known of a call after it was written down. */
export type Outcome = Partial<Pick<LedgerEntry, 'ok' | 'handled' | 'errorCode' | 'description' | 'fault'>>

/** Entries kept; a practice building that runs for weeks must not fill the memory. */
const keptEntries = 20_000

/** The record of all calls, oldest first. */
export class Ledger {
  readonly entries: LedgerEntry[] = []

  /** Writes a call down at once and returns a way to add its outcome. */
  open(method: string, params: Record<string, unknown>, at: number): (outcome: Outcome) => void {
    const entry = { method, params, at, ok: false, handled: false }
    this.entries.push(entry)
    if (this.entries.length > keptEntries) this.entries.splice(0, keptEntries / 2)
    return (outcome) => {
      Object.assign(entry, outcome)
    }
  }
}

/** The parameters of a call as plain JSON. */
export function ledgerParams(call: CallParams): Record<string, unknown> {
  const params: Record<string, unknown> = Object.fromEntries(call.values)
  for (const [name, { fileName, mimeType, bytes }] of call.files) {
    params[name] ??= { fileName, mimeType, size: bytes.length }
  }
  return params
}
