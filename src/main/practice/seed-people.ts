import type { Language } from '../../shared/model/vocabulary'
import { savePerson } from '../db/people'
import { listUnits } from '../db/places'
import { must } from '../../shared/model/refusal'
import {
  sampleResidents,
  type SampleResident,
  sampleTechnicians,
  type SampleTechnician,
} from './sample-people'
import { sampleBuildings } from './sample-places'
import { momentOf } from './sample-time'
import type { Stage } from './stage'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Puts up the buildings with their units. */
export function addBuildings(stage: Stage): void {
  stage.setClock(momentOf('60d 08:10', 0, stage.now))
  stage.people.ensureManager()
  for (const building of sampleBuildings) {
    const id = stage.places.addBuilding({
      name: stage.words(building.name),
      address: stage.words(building.address),
    })
    for (const { key, kind, name } of building.units) {
      stage.places.addUnits(id, [stage.words(name)], kind)
      const added = listUnits(stage.db).findLast((unit) => unit.buildingId === id)
      stage.units.set(key, must(added, 'the unit just added').id)
    }
  }
}

/** Lets the technicians join by invitation and the residents meet the bot, one after the other. */
export function addPeople(stage: Stage): void {
  for (const [index, technician] of sampleTechnicians.entries()) {
    stage.setClock(momentOf('59d 09:10', 0, stage.now) + index * 7 * MINUTE)
    const { code } = stage.people.invite(stage.words(technician.name))
    stage.people.join(meet(stage, technician), code)
  }
  for (const [index, resident] of sampleResidents.entries()) {
    stage.setClock(momentOf('58d 09:15', 0, stage.now) + index * DAY + (index % 9) * 61 * MINUTE)
    const before = meet(stage, resident)
    const at = stage.clock()
    savePerson(stage.db, before, { ...before, unitId: stage.unit(resident.unit) }, { actor: before.id, at })
  }
}

function meet(stage: Stage, { telegramId, name, username }: SampleResident | SampleTechnician) {
  const language: Language = stage.language
  return stage.people.meet({ telegramId, name: stage.words(name), username, language }, stage.nextUpdate())
}
