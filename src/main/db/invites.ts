import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { type ReadableDb, reading, touch, type WritableDb, writing } from './database'
import { columnsAsPlaceholders } from './placeholders'
import { invites } from './schema/desk'

/** A one-use invitation for a technician. */
export type Invite = typeof invites.$inferSelect

const open = reading((orm) =>
  orm
    .select()
    .from(invites)
    .where(
      and(isNull(invites.usedAt), isNull(invites.revokedAt), gt(invites.expiresAt, sql.placeholder('now'))),
    )
    .orderBy(asc(invites.createdAt))
    .prepare(),
)
const byCode = reading((orm) =>
  orm
    .select()
    .from(invites)
    .where(eq(invites.code, sql.placeholder('code')))
    .prepare(),
)
const byId = reading((orm) =>
  orm
    .select()
    .from(invites)
    .where(eq(invites.id, sql.placeholder('id')))
    .prepare(),
)
const insertRow = writing((orm) => orm.insert(invites).values(columnsAsPlaceholders(invites)).prepare())
const updateRow = writing((orm) => {
  const { id, ...rest } = columnsAsPlaceholders(invites)
  // drizzle's types know no placeholders in `set`, though its builder takes them.
  const set = rest as unknown as Partial<typeof invites.$inferInsert>
  return orm.update(invites).set(set).where(eq(invites.id, id)).prepare()
})

/** Invitations that still work. */
export function findOpenInvites(db: ReadableDb, now: number): Invite[] {
  return open(db).all({ now })
}

/** The invitation with this code, working or not. */
export function findInviteByCode(db: ReadableDb, code: string): Invite | undefined {
  return byCode(db).get({ code })
}

/** The invitation with this id, working or not. */
export function findInvite(db: ReadableDb, id: string): Invite | undefined {
  return byId(db).get({ id })
}

/** Writes a new invitation. */
export function addInvite(db: WritableDb, invite: Invite): void {
  insertRow(db).run(invite)
  touch(db, 'people')
}

/** Writes an invitation that was used or revoked. */
export function saveInvite(db: WritableDb, invite: Invite): void {
  updateRow(db).run(invite)
  touch(db, 'people')
}
