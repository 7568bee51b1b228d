import type { BotState } from '../../src/shared/model/bot-state'

/** Where the child may be told to end. */
export const POINTS = [
  'fetched',
  'inboxed',
  'handler-start',
  'domain-mid',
  'domain-kept',
  'domain-done',
  'outbox-sending',
  'http-sent',
  'http-replied',
  'outbox-sent',
  'ack-called',
  'file-fetched',
  'file-stored',
  'assigned',
  'stop-called',
  'stopped',
] as const
export type Point = (typeof POINTS)[number]

/** How the child is started, as JSON in `FAULT_CHILD`. */
export type ChildOptions = {
  readonly folder: string
  readonly apiRoot: string
  readonly token: string
  readonly migrationsFolder: string
  /** Ends at this point when it is reached for the nth time. */
  readonly at?: Point
  readonly nth?: number
  /** How far its clock is ahead of the computer's, in ms. */
  readonly clockAheadMs?: number
  /** After so many pages the log is written back into the file. */
  readonly checkpointPages?: number
  /** False leaves requests unassigned. */
  readonly manager?: boolean
}

/** What a running child can be told. */
export type Command = 'stop' | 'retry' | 'clock' | 'token' | 'damage' | 'shut-out'

/** What the child prints, one object a line. */
export type Said =
  | { readonly ready: true }
  | { readonly state: BotState }
  | { readonly assigned: string }
  | { readonly refused: string }
  | { readonly claimed: number }

/** Prints a line for the rig, at once: what is said must not wait behind a crash. */
export function say(said: Said): void {
  process.stdout.write(`${JSON.stringify(said)}\n`)
}
