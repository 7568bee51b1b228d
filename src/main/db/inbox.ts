import { and, asc, eq, sql } from 'drizzle-orm'
import { giveWork, type ReadableDb, reading, touch, type WritableDb, writing } from './database'
import { columnsAsPlaceholders, fixedLimit, limitPlaceholder } from './placeholders'
import { inbox, listening } from './schema/telegram'

/** An update as Telegram sent it, with how far its handling has come. */
export type Incoming = typeof inbox.$inferSelect
/** Where a bot's reading stands. */
export type Listening = typeof listening.$inferSelect
/** Names an update: Telegram may restart its numbering, hence the epoch. */
export type UpdateKey = Pick<Incoming, 'botId' | 'epoch' | 'updateId'>

const insertRow = writing((orm) =>
  orm.insert(inbox).values(columnsAsPlaceholders(inbox)).onConflictDoNothing().prepare(),
)

/** Stores an update; false when it is stored already. */
export function storeIncoming(
  db: WritableDb,
  row: Pick<Incoming, 'botId' | 'epoch' | 'updateId' | 'chatId' | 'kind' | 'receivedAt' | 'payload'>,
): boolean {
  return insertRow(db).run({ ...row, state: 'new', attempts: 0, notBefore: 0, lastError: null }).changes > 0
}

const matchesKey = and(
  eq(inbox.botId, sql.placeholder('botId')),
  eq(inbox.epoch, sql.placeholder('epoch')),
  eq(inbox.updateId, sql.placeholder('updateId')),
)
const byKey = reading((orm) => orm.select().from(inbox).where(matchesKey).prepare())
const fresh = reading((orm) =>
  orm
    .select()
    .from(inbox)
    .where(sql`${inbox.state} = 'new'`)
    .orderBy(asc(inbox.botId), asc(inbox.epoch), asc(inbox.updateId))
    .limit(limitPlaceholder())
    .prepare(),
)
const dead = reading((orm) =>
  orm
    .select()
    .from(inbox)
    .where(sql`${inbox.state} = 'dead'`)
    .orderBy(asc(inbox.receivedAt))
    .limit(fixedLimit(200))
    .prepare(),
)
const setState = writing((orm) =>
  orm
    .update(inbox)
    .set({
      state: sql`${sql.placeholder('state')}`,
      attempts: sql`${sql.placeholder('attempts')}`,
      notBefore: sql`${sql.placeholder('notBefore')}`,
      lastError: sql`${sql.placeholder('lastError')}`,
    })
    .where(matchesKey)
    .prepare(),
)
const finish = writing((orm) =>
  orm
    .update(inbox)
    .set({ state: sql`${sql.placeholder('state')}` })
    .where(matchesKey)
    .prepare(),
)

/** The stored update, or undefined. */
export function findIncoming(db: ReadableDb, key: UpdateKey): Incoming | undefined {
  return byKey(db).get(key)
}

/** Updates still to be handled, in their order. */
export function findNew(db: ReadableDb, limit: number): Incoming[] {
  return fresh(db).all({ limit })
}

/** Updates whose handling was given up. */
export function findDead(db: ReadableDb): Incoming[] {
  return dead(db).all()
}

/** Notes that an update was handled, or left aside by rule. */
export function finishIncoming(db: WritableDb, key: UpdateKey, state: 'done' | 'ignored'): void {
  finish(db).run({ botId: key.botId, epoch: key.epoch, updateId: key.updateId, state })
}

/** Writes the state of an update after a failed try, or after a person decided about it. */
export function saveIncoming(
  db: WritableDb,
  row: UpdateKey & Pick<Incoming, 'state' | 'attempts' | 'notBefore' | 'lastError'>,
): void {
  const { botId, epoch, updateId, state, attempts, notBefore, lastError } = row
  setState(db).run({ botId, epoch, updateId, state, attempts, notBefore, lastError })
  touch(db, 'attention')
  if (state === 'new') giveWork(db, 'processor')
}

const readListening = reading((orm) =>
  orm
    .select()
    .from(listening)
    .where(eq(listening.botId, sql.placeholder('botId')))
    .prepare(),
)
const writeListening = writing((orm) => {
  const row = columnsAsPlaceholders(listening)
  const set = {
    epoch: sql`excluded.epoch`,
    nextOffset: sql`excluded.next_offset`,
    lastOkAt: sql`excluded.last_ok_at`,
  }
  return orm.insert(listening).values(row).onConflictDoUpdate({ target: listening.botId, set }).prepare()
})

/** Where the reading of this bot stands; at its beginning for a bot never read before. */
export function findListening(db: ReadableDb, botId: number): Listening {
  return readListening(db).get({ botId }) ?? { botId, epoch: 0, nextOffset: null, lastOkAt: null }
}

/** Writes where the reading stands. */
export function saveListening(db: WritableDb, row: Listening): void {
  writeListening(db).run(row)
}
