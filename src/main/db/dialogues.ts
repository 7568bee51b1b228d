import { eq, sql } from 'drizzle-orm'
import { type ReadableDb, reading, type WritableDb, writing } from './database'
import { dialogues } from './schema/telegram'

const byChat = reading((orm) =>
  orm
    .select({ state: dialogues.state })
    .from(dialogues)
    .where(eq(dialogues.chatId, sql.placeholder('chatId')))
    .prepare(),
)
const upsert = writing((orm) =>
  orm
    .insert(dialogues)
    .values({
      chatId: sql.placeholder('chatId'),
      state: sql.placeholder('state'),
      version: 1,
      updatedAt: sql.placeholder('updatedAt'),
    })
    .onConflictDoUpdate({
      target: dialogues.chatId,
      set: {
        state: sql`excluded.state`,
        version: sql`${dialogues.version} + 1`,
        updatedAt: sql`excluded.updated_at`,
      },
    })
    .prepare(),
)

/** The stored state of the dialogue in a chat as JSON text, or undefined when nothing was ever said. */
export function findDialogue(db: ReadableDb, chatId: number): string | undefined {
  return byChat(db).get({ chatId })?.state
}

/** Stores the state of the dialogue in a chat, as JSON text. */
export function saveDialogue(db: WritableDb, chatId: number, state: string, updatedAt: number): void {
  upsert(db).run({ chatId, state, updatedAt })
}
