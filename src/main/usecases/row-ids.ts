import { v5 as uuidv5 } from 'uuid'
import type { UpdateKey } from '../db/inbox'

/** Namespace of the ids made from Telegram's updates: any fixed UUID, never to be changed. */
const NAMESPACE = '6f1a9a3e-6a0c-5f0b-9c61-2f0d6d1c7a55'

/** The id of a row that an update makes: the same for every handling of the update, on whatever desk. */
export function rowId(update: UpdateKey, kind: 'request' | 'comment' | 'file' | 'person'): string {
  return uuidv5(
    `${String(update.botId)}:${String(update.epoch)}:${String(update.updateId)}:${kind}`,
    NAMESPACE,
  )
}

/** A key that names an update within the outbox's dedupe keys. */
export function updateName(update: UpdateKey): string {
  return `${String(update.botId)}:${String(update.epoch)}:${String(update.updateId)}`
}
