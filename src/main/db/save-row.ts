import { journalOf, type WritableDb } from './database'
import type { Patch } from './journal'

type Value = string | number | boolean | null

/** Which columns differ, with their new values; everything for a new row. */
export function patchOf<T extends Readonly<Record<string, Value>>>(before: T | null, after: T): Patch | null {
  if (before === null) return after
  const patch: Record<string, Value> = {}
  let changed = false
  for (const key of Object.keys(after)) {
    const value = after[key] ?? null
    if (before[key] === value) continue
    patch[key] = value
    changed = true
  }
  return changed ? patch : null
}

/** Writes the difference between two states of a shared row to the journal and returns it; null when there is none. */
export function recordChange<T extends Readonly<Record<string, Value>> & { readonly id: string }>(
  db: WritableDb,
  change: {
    readonly table: string
    readonly before: T | null
    readonly after: T
    readonly actor: string | null
    readonly at: number
  },
): Patch | null {
  const patch = patchOf(change.before, change.after)
  if (patch === null) return null
  journalOf(db).record({
    table: change.table,
    rowId: change.after.id,
    patch,
    actor: change.actor,
    at: change.at,
  })
  return patch
}
