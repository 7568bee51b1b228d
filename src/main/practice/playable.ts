import {
  newcomer,
  type ResidentKey,
  sampleResidents,
  type SampleTechnician,
  sampleTechnicians,
  type TechnicianKey,
} from './sample-people'
import type { UnitKey } from './sample-places'
import { must } from '../../shared/model/refusal'

/** Somebody whose phone can be taken in hand. */
type Playable = {
  readonly telegramId: number
  readonly role: 'user' | 'technician'
  /** Where they live or work; null for technicians and for the neighbour who is new. */
  readonly unit: UnitKey | null
}

function resident(key: ResidentKey): Playable {
  const found = must(
    sampleResidents.find((one) => one.key === key),
    'a resident to play',
  )
  return { telegramId: found.telegramId, role: 'user', unit: found.unit }
}

function technician(key: TechnicianKey): Playable {
  const found: SampleTechnician = must(
    sampleTechnicians.find((one) => one.key === key),
    'a technician to play',
  )
  return { telegramId: found.telegramId, role: 'technician', unit: null }
}

/** The people whose phones can be taken in hand, in the order in which they are offered. */
export const playable: readonly Playable[] = [
  resident('anna'),
  technician('marek'),
  technician('piotr'),
  technician('joana'),
  technician('elsa'),
  technician('daniel'),
  resident('grace'),
  resident('james'),
  resident('paula'),
  resident('sam'),
  { telegramId: newcomer.telegramId, role: 'user', unit: null },
]
