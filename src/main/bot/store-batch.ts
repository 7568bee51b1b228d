import type { Transact, WritableDb } from '../db/database'
import { findIncoming, findListening, saveListening, storeIncoming } from '../db/inbox'
import { chatOf, fingerprintOf, kindOf, type RawUpdate } from './updates'

/**
 * Stores a batch and the offset after it in one durable transaction: only then may the next getUpdates confirm it.
 * Returns how many updates were new.
 */
export function storeBatch(
  transact: Transact,
  botId: number,
  batch: readonly RawUpdate[],
  now: number,
): { readonly stored: number; readonly nextOffset: number | null } {
  return transact((db) => {
    const before = findListening(db, botId)
    const epoch = before.epoch + (isRenumbered(db, before, batch) ? 1 : 0)
    let stored = 0
    for (const update of batch) {
      const row = {
        botId,
        epoch,
        updateId: update.update_id,
        chatId: chatOf(update),
        kind: kindOf(update),
        receivedAt: now,
        payload: JSON.stringify(update),
      }
      if (storeIncoming(db, row)) stored += 1
    }
    const last = batch.at(-1)?.update_id
    // Assigned, never the larger of the two: after a renumbering the old offset would ask for nothing, for ever.
    const nextOffset = last === undefined ? before.nextOffset : last + 1
    saveListening(db, { botId, epoch, nextOffset, lastOkAt: now })
    return { stored, nextOffset }
  })
}

/** Whether Telegram has started to number anew since the stored updates. */
function isRenumbered(
  db: WritableDb,
  before: { readonly botId: number; readonly epoch: number; readonly nextOffset: number | null },
  batch: readonly RawUpdate[],
): boolean {
  const { botId, epoch, nextOffset } = before
  const first = batch[0]
  if (nextOffset === null || first === undefined || first.update_id >= nextOffset) return false
  return batch.some((update) => {
    if (update.update_id >= nextOffset) return false
    const stored = findIncoming(db, { botId, epoch, updateId: update.update_id })
    // A number of the past with other content, or one that was never stored, is not a repetition.
    return (
      stored === undefined || fingerprintOf(JSON.parse(stored.payload) as RawUpdate) !== fingerprintOf(update)
    )
  })
}
