import { BuildingId, UnitId } from '../../shared/model/ids'
import { Refusal } from '../../shared/model/refusal'
import type { UnitKind } from '../../shared/model/vocabulary'
import type { WritableDb } from '../db/database'
import {
  type Building,
  findBuilding,
  findUnit,
  listBuildings,
  listUnits,
  saveBuilding,
  saveUnit,
} from '../db/places'
import { cleanLine } from '../domain/plain-text'
import type { Deps } from './deps'
import { managerIdOf } from './people'

/** How buildings and units come and change. */
export type Places = ReturnType<typeof createPlaces>

/** Creates the use cases about places. */
export function createPlaces({ transact, now, newId, newCode }: Deps) {
  const by = (db: WritableDb) => ({ actor: managerIdOf(db), at: now() })
  const changeBuilding = (id: BuildingId, work: (building: Building) => Building) => {
    transact((db) => {
      const before = findBuilding(db, id)
      if (!before) throw new Refusal('not-found')
      saveBuilding(db, before, work(before), by(db))
    })
  }

  return {
    /** Adds a building. Refuses a name that another one has. */
    addBuilding: (given: { readonly name: string; readonly address: string }): BuildingId =>
      transact((db) => {
        const name = freeBuildingName(db, given.name, null)
        const id = BuildingId.parse(newId())
        const address = cleanLine(given.address)
        const building = { id, name, address, linkCode: newCode(), isActive: true, createdAt: now() }
        saveBuilding(db, null, building, by(db))
        return id
      }),

    /** Renames a building. Refuses a name that another one has. */
    renameBuilding: (id: BuildingId, given: { readonly name: string; readonly address: string }) => {
      transact((db) => {
        const before = findBuilding(db, id)
        if (!before) throw new Refusal('not-found')
        const name = freeBuildingName(db, given.name, id)
        saveBuilding(db, before, { ...before, name, address: cleanLine(given.address) }, by(db))
      })
    },

    /** Offers a building to residents, or no longer. */
    setBuildingActive: (id: BuildingId, isActive: boolean) => {
      changeBuilding(id, (building) => ({ ...building, isActive }))
    },

    /** Adds units in the given order; names that the building has already are left as they are. */
    addUnits: (buildingId: BuildingId, names: readonly string[], kind: UnitKind) => {
      transact((db) => {
        if (!findBuilding(db, buildingId)) throw new Refusal('not-found')
        const present = listUnits(db).filter((unit) => unit.buildingId === buildingId)
        const taken = new Set(present.map(({ name }) => name))
        let position = present.reduce((last, unit) => Math.max(last, unit.position), 0)
        for (const name of names.map(cleanLine)) {
          if (name === '' || taken.has(name)) continue
          taken.add(name)
          position += 1
          const id = UnitId.parse(newId())
          const unit = {
            id,
            buildingId,
            name,
            kind,
            linkCode: newCode(),
            position,
            isActive: true,
            createdAt: now(),
          }
          saveUnit(db, null, unit, by(db))
        }
      })
    },

    /** Renames a unit. Refuses a name that another unit of the building has. */
    renameUnit: (id: UnitId, name: string) => {
      transact((db) => {
        const before = findUnit(db, id)
        if (!before) throw new Refusal('not-found')
        const clean = named(name)
        const twin = listUnits(db).some(
          (unit) => unit.buildingId === before.buildingId && unit.name === clean && unit.id !== id,
        )
        if (twin) throw new Refusal('name-taken', { name: clean })
        saveUnit(db, before, { ...before, name: clean }, by(db))
      })
    },

    /** Offers a unit to residents, or no longer. */
    setUnitActive: (id: UnitId, isActive: boolean) => {
      transact((db) => {
        const before = findUnit(db, id)
        if (!before) throw new Refusal('not-found')
        saveUnit(db, before, { ...before, isActive }, by(db))
      })
    },
  }
}

function named(name: string): string {
  const clean = cleanLine(name)
  if (clean === '') throw new Refusal('name-missing')
  return clean
}

function freeBuildingName(db: WritableDb, name: string, except: BuildingId | null): string {
  const clean = named(name)
  const twin = listBuildings(db).some((building) => building.name === clean && building.id !== except)
  if (twin) throw new Refusal('name-taken', { name: clean })
  return clean
}
