import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { PersonId, UnitId } from '../../shared/model/ids'
import type { Language, Role } from '../../shared/model/vocabulary'
import { type ReadableDb, reading, touch, type WritableDb, writing } from './database'
import { columnsAsPlaceholders } from './placeholders'
import { recordChange } from './save-row'
import { buildings, requests, units, users } from './schema/office'

/** A resident, technician or manager. Instants are UTC ms. */
export type Person = {
  readonly id: PersonId
  readonly telegramId: number | null
  readonly username: string | null
  readonly role: Role
  readonly isActive: boolean
  readonly createdAt: number
  readonly name: string
  readonly namedByDesk: boolean
  readonly language: Language
  readonly unitId: UnitId | null
  readonly blockedAt: number | null
}

const byId = reading((orm) =>
  orm
    .select()
    .from(users)
    .where(eq(users.id, sql.placeholder('id')))
    .prepare(),
)
const byTelegramId = reading((orm) =>
  orm
    .select()
    .from(users)
    .where(eq(users.telegramId, sql.placeholder('telegramId')))
    .prepare(),
)

/** The person with this id, or undefined. */
export function findPerson(db: ReadableDb, id: PersonId): Person | undefined {
  return byId(db).get({ id })
}

/** The person with this Telegram account, or undefined. */
export function findByTelegramId(db: ReadableDb, telegramId: number): Person | undefined {
  return byTelegramId(db).get({ telegramId })
}

const insertRow = writing((orm) => orm.insert(users).values(columnsAsPlaceholders(users)).prepare())
const updateRow = writing((orm) => {
  const { id, ...rest } = columnsAsPlaceholders(users)
  // drizzle's types know no placeholders in `set`, though its builder takes them.
  return orm
    .update(users)
    .set(rest as unknown as Partial<typeof users.$inferInsert>)
    .where(eq(users.id, id))
    .prepare()
})

/** Writes a person as they are now, with the journal entry. `before` is null for somebody new. */
export function savePerson(
  db: WritableDb,
  before: Person | null,
  after: Person,
  by: { readonly actor: PersonId | null; readonly at: number },
): void {
  if (!recordChange(db, { table: 'users', before, after, ...by })) return
  // Drizzle does not turn booleans given for placeholders into SQLite's 0 and 1.
  const row = { ...after, isActive: Number(after.isActive), namedByDesk: Number(after.namedByDesk) }
  if (before === null) insertRow(db).run(row)
  else updateRow(db).run(row)
  touch(db, 'people')
}

const openReported = sql<number>`(select count(*) from ${requests} where ${requests.userId} = ${users.id} and ${requests.endedAt} is null)`
const openAssigned = sql<number>`(select count(*) from ${requests} where ${requests.assignedTo} = ${users.id} and ${requests.status} in ('ASSIGNED', 'IN_PROGRESS', 'ON_HOLD'))`

const listed = {
  id: users.id,
  name: users.name,
  username: users.username,
  role: users.role,
  isActive: users.isActive,
  telegramId: users.telegramId,
  blockedAt: users.blockedAt,
  language: users.language,
  createdAt: users.createdAt,
  unit: units.name,
  building: buildings.name,
}
const everybody = reading((orm) =>
  orm
    .select({
      ...listed,
      openRequests: sql<number>`case ${users.role} when 'technician' then ${openAssigned} else ${openReported} end`,
    })
    .from(users)
    .leftJoin(units, eq(units.id, users.unitId))
    .leftJoin(buildings, eq(buildings.id, units.buildingId))
    .where(sql`${users.role} in ('user', 'technician')`)
    .orderBy(asc(users.role), asc(users.name))
    .prepare(),
)

/** Everybody but managers, as the People screen lists them. */
export function listPeople(db: ReadableDb) {
  return everybody(db).all()
}

const technicians = reading((orm) =>
  orm
    .select()
    .from(users)
    .where(and(eq(users.role, 'technician'), eq(users.isActive, true)))
    .orderBy(asc(users.name))
    .prepare(),
)

/** Technicians who take jobs, by name. */
export function findTechnicians(db: ReadableDb): Person[] {
  return technicians(db).all()
}

const deskManager = reading((orm) =>
  orm
    .select()
    .from(users)
    .where(and(eq(users.role, 'manager'), eq(users.isActive, true), isNull(users.telegramId)))
    .prepare(),
)

/** The manager at this desk, or undefined before the first start is over. */
export function findManager(db: ReadableDb): Person | undefined {
  return deskManager(db).get()
}

const managerIds = new WeakMap<ReadableDb, PersonId>()

/**
 * The id of the manager at this desk, or undefined before the first start is over. Looked up once for each open
 * database: a desk's manager is written once, by a transaction that asks for no id, and never replaced.
 */
export function findManagerId(db: ReadableDb): PersonId | undefined {
  const known = managerIds.get(db)
  if (known !== undefined) return known
  const found = findManager(db)?.id
  if (found !== undefined) managerIds.set(db, found)
  return found
}
