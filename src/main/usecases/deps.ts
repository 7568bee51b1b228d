import type { ReadableDb, Transact } from '../db/database'

/** What every use case is given. */
export type Deps = {
  readonly read: ReadableDb
  readonly transact: Transact
  /** Wall clock, in UTC ms. */
  readonly now: () => number
  /** A fresh UUIDv7. */
  readonly newId: () => string
  /** A fresh unguessable code of 22 characters from A–Z, a–z, 0–9, `_` and `-` (128 bits). */
  readonly newCode: () => string
  /** How long messages about an action of the manager are held back so that it can be undone, in ms. */
  readonly undoMs: number
  /** Letter in front of this desk's numbers; empty on the first desk. */
  readonly desk: string
}
