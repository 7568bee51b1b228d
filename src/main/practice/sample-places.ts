import { must } from '../../shared/model/refusal'
import type { Language, UnitKind } from '../../shared/model/vocabulary'
import { inLanguage, type Words } from './sample-words'

const flats = [
  'f11',
  'f12',
  'f13',
  'f14',
  'f21',
  'f22',
  'f23',
  'f24',
  'f31',
  'f32',
  'f33',
  'f34',
  'f41',
  'f42',
  'f43',
  'f44',
  'f51',
  'f52',
  'f53',
  'f54',
  'f61',
  'f62',
  'f63',
  'f64',
] as const
const offices = ['o111', 'o204', 'o207', 'o301', 'o302', 'o306'] as const

const lindenCommon = {
  entrance: ['entrance', 'вход'],
  lift: ['lift', 'лифт'],
  stairwell: ['stairwell', 'лестница'],
  boilerRoom: ['boiler room', 'котельная'],
  garage: ['garage', 'гараж'],
  yard: ['yard', 'двор'],
} as const satisfies Readonly<Record<string, Words>>

const quayCommon = {
  lobby: ['lobby', 'холл'],
  kitchen: ['kitchen 2', 'кухня 2'],
  floor3: ['floor 3', 'этаж 3'],
  carPark: ['car park', 'парковка'],
} as const satisfies Readonly<Record<string, Words>>

/** A unit of the practice buildings. */
export type UnitKey =
  | (typeof flats)[number]
  | (typeof offices)[number]
  | keyof typeof lindenCommon
  | keyof typeof quayCommon

/** A unit as it is added. */
export type SampleUnit = { readonly key: UnitKey; readonly kind: UnitKind; readonly name: Words }

/** A building as it is added, its units in their order. */
export type SampleBuilding = {
  readonly name: Words
  readonly address: Words
  readonly units: readonly SampleUnit[]
}

function common(places: Readonly<Partial<Record<UnitKey, Words>>>): SampleUnit[] {
  // Object.entries forgets the keys, which are those of the type.
  const entries = Object.entries(places) as [UnitKey, Words][]
  return entries.map(([key, name]) => ({ key, kind: 'common', name }))
}

function flat(key: (typeof flats)[number]): SampleUnit {
  const number = key.slice(1)
  return { key, kind: 'unit', name: [`flat ${number}`, `кв. ${number}`] }
}

function office(key: (typeof offices)[number]): SampleUnit {
  const number = `${key.slice(1, 2)}.${key.slice(2)}`
  return { key, kind: 'unit', name: [`office ${number}`, `офис ${number}`] }
}

/** The practice buildings: 40 units. */
export const sampleBuildings: readonly SampleBuilding[] = [
  {
    name: ['Linden Court', 'Липовая 5'],
    address: ['5 Linden Street', 'ул. Липовая, 5'],
    units: [...flats.map(flat), ...common(lindenCommon)],
  },
  {
    name: ['Quay House', 'Набережная 2'],
    address: ['2 Quayside', 'наб. Речная, 2'],
    units: [...offices.map(office), ...common(quayCommon)],
  },
]

/** Building and unit in one line, as people write it. */
export function placeOf(key: UnitKey, language: Language): string {
  const building = must(
    sampleBuildings.find(({ units }) => units.some((unit) => unit.key === key)),
    'the building of a sample unit',
  )
  const unit = must(
    building.units.find((one) => one.key === key),
    'a sample unit',
  )
  return `${inLanguage(building.name, language)}, ${inLanguage(unit.name, language)}`
}
