import { and, asc, eq, sql } from 'drizzle-orm'
import type { BuildingId, UnitId } from '../../shared/model/ids'
import type { UnitKind } from '../../shared/model/vocabulary'
import { type ReadableDb, reading, touch, type WritableDb, writing } from './database'
import { columnsAsPlaceholders, limitPlaceholder } from './placeholders'
import { recordChange } from './save-row'
import { buildings, units, users } from './schema/office'

/** A building, with the opaque code of its deep link. */
export type Building = {
  readonly id: BuildingId
  readonly name: string
  readonly address: string
  readonly linkCode: string
  readonly isActive: boolean
  readonly createdAt: number
}

/** A flat, an office or a common place of a building. */
export type Unit = {
  readonly id: UnitId
  readonly buildingId: BuildingId
  readonly name: string
  readonly kind: UnitKind
  readonly linkCode: string
  readonly position: number
  readonly isActive: boolean
  readonly createdAt: number
}

const allBuildings = reading((orm) => orm.select().from(buildings).orderBy(asc(buildings.name)).prepare())
const allUnits = reading((orm) =>
  orm.select().from(units).orderBy(asc(units.buildingId), asc(units.position)).prepare(),
)
const activeUnits = reading((orm) =>
  orm
    .select()
    .from(units)
    .where(and(eq(units.buildingId, sql.placeholder('buildingId')), eq(units.isActive, true)))
    .orderBy(asc(units.position))
    .limit(limitPlaceholder())
    .offset(sql.placeholder('offset'))
    .prepare(),
)
const buildingById = reading((orm) =>
  orm
    .select()
    .from(buildings)
    .where(eq(buildings.id, sql.placeholder('id')))
    .prepare(),
)
const buildingByCode = reading((orm) =>
  orm
    .select()
    .from(buildings)
    .where(eq(buildings.linkCode, sql.placeholder('code')))
    .prepare(),
)
const unitById = reading((orm) =>
  orm
    .select()
    .from(units)
    .where(eq(units.id, sql.placeholder('id')))
    .prepare(),
)
const unitByCode = reading((orm) =>
  orm
    .select()
    .from(units)
    .where(eq(units.linkCode, sql.placeholder('code')))
    .prepare(),
)
const anyBuilding = reading((orm) =>
  orm.select({ id: buildings.id }).from(buildings).where(eq(buildings.isActive, true)).prepare(),
)
const residents = reading((orm) =>
  orm
    .select({ unitId: users.unitId, count: sql<number>`count(*)` })
    .from(users)
    .where(sql`${users.unitId} is not null`)
    .groupBy(users.unitId)
    .prepare(),
)

/** All buildings by name, active or not. */
export function listBuildings(db: ReadableDb): Building[] {
  return allBuildings(db).all()
}

/** Whether there is any active building. */
export function hasBuildings(db: ReadableDb): boolean {
  return anyBuilding(db).get() !== undefined
}

/** All units in the order of their buildings. */
export function listUnits(db: ReadableDb): Unit[] {
  return allUnits(db).all()
}

/** One page of a building's active units, for the buttons in Telegram. */
export function findUnits(db: ReadableDb, buildingId: BuildingId, offset: number, limit: number): Unit[] {
  return activeUnits(db).all({ buildingId, offset, limit })
}

/** The building with this id, or undefined. */
export function findBuilding(db: ReadableDb, id: BuildingId): Building | undefined {
  return buildingById(db).get({ id })
}

/** The building whose deep link has this code, or undefined. */
export function findBuildingByCode(db: ReadableDb, code: string): Building | undefined {
  return buildingByCode(db).get({ code })
}

/** The unit with this id, or undefined. */
export function findUnit(db: ReadableDb, id: UnitId): Unit | undefined {
  return unitById(db).get({ id })
}

/** The unit whose deep link has this code, or undefined. */
export function findUnitByCode(db: ReadableDb, code: string): Unit | undefined {
  return unitByCode(db).get({ code })
}

/** How many residents each unit has. */
export function countResidents(db: ReadableDb): Map<UnitId, number> {
  const counts = new Map<UnitId, number>()
  for (const { unitId, count } of residents(db).all()) if (unitId !== null) counts.set(unitId, count)
  return counts
}

const insertBuilding = writing((orm) =>
  orm.insert(buildings).values(columnsAsPlaceholders(buildings)).prepare(),
)
const insertUnit = writing((orm) => orm.insert(units).values(columnsAsPlaceholders(units)).prepare())
const updateBuilding = writing((orm) => {
  const { id, ...rest } = columnsAsPlaceholders(buildings)
  // drizzle's types know no placeholders in `set`, though its builder takes them.
  const set = rest as unknown as Partial<typeof buildings.$inferInsert>
  return orm.update(buildings).set(set).where(eq(buildings.id, id)).prepare()
})
const updateUnit = writing((orm) => {
  const { id, ...rest } = columnsAsPlaceholders(units)
  const set = rest as unknown as Partial<typeof units.$inferInsert>
  return orm.update(units).set(set).where(eq(units.id, id)).prepare()
})

type By = { readonly actor: string | null; readonly at: number }

/** Writes a building with its journal entry; `before` is null for a new one. Throws when the name of a link is taken. */
export function saveBuilding(db: WritableDb, before: Building | null, after: Building, by: By): void {
  if (!recordChange(db, { table: 'buildings', before, after, ...by })) return
  const row = { ...after, isActive: Number(after.isActive) }
  if (before === null) insertBuilding(db).run(row)
  else updateBuilding(db).run(row)
  touch(db, 'places')
}

/** Writes a unit with its journal entry; `before` is null for a new one. Throws when the building has one of that name. */
export function saveUnit(db: WritableDb, before: Unit | null, after: Unit, by: By): void {
  if (!recordChange(db, { table: 'units', before, after, ...by })) return
  const row = { ...after, isActive: Number(after.isActive) }
  if (before === null) insertUnit(db).run(row)
  else updateUnit(db).run(row)
  touch(db, 'places')
}
