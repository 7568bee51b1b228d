import { findDialogue, saveDialogue } from '../db/dialogues'
import type { ReadableDb, WritableDb } from '../db/database'
import { type Dialogue, SILENCE } from '../domain/dialogue'

/** What the bot remembers of a chat. */
export function readDialogue(db: ReadableDb, chatId: number): Dialogue {
  const stored = findDialogue(db, chatId)
  // Only writeDialogue writes this column, always from the same type.
  return stored === undefined ? SILENCE : (JSON.parse(stored) as Dialogue)
}

/** Stores what the bot remembers of a chat, in the transaction of whatever caused it. */
export function writeDialogue(db: WritableDb, chatId: number, dialogue: Dialogue, at: number): void {
  saveDialogue(db, chatId, JSON.stringify(dialogue), at)
}
