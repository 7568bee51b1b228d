import type { UnitId } from '../../../shared/model/ids'
import type { Building } from '../../../shared/model/places'
import type { Priority } from '../../../shared/model/vocabulary'

/** The contract's limit, kept here because importing the contract brings its whole validator along. */
export const LONGEST_DESCRIPTION = 4000

/** A request that is being written down at the desk. */
export type Draft = {
  readonly description: string
  readonly place: string
  readonly reporterName: string
  readonly priority: Priority
}

/** A draft with nothing in it. */
export const EMPTY_DRAFT: Draft = { description: '', place: '', reporterName: '', priority: 'MEDIUM' }

/** Whether there is nothing in a draft that could be lost. */
export function isEmptyDraft({ description, place, reporterName }: Draft): boolean {
  return [description, place, reporterName].every((text) => text.trim() === '')
}

/** What still has to be filled in. */
export type Missing = { readonly description: boolean; readonly place: boolean }

/** Names the fields without which a request can't be saved. */
export function missingIn(draft: Draft): Missing {
  return { description: draft.description.trim() === '', place: draft.place.trim() === '' }
}

/** A place that can be chosen: its words, and the unit they stand for. */
export type PlaceChoice = { readonly unitId: UnitId; readonly words: string }

/** All active units as they are written on cards: "Linden Court, flat 34". */
export function placeChoices(buildings: readonly Building[]): PlaceChoice[] {
  const choices = buildings
    .filter(({ isActive }) => isActive)
    .flatMap(({ name, units }) =>
      units
        .filter(({ isActive }) => isActive)
        .map((unit) => ({ unitId: unit.id, words: `${name}, ${unit.name}` })),
    )
  // Two units may be called the same; only the first can be chosen by its words.
  return [...new Map(choices.toReversed().map((choice) => [choice.words, choice])).values()].toReversed()
}

/** The unit that the words stand for, whatever their case; null for a place typed freely. */
export function unitOf(place: string, choices: readonly PlaceChoice[]): UnitId | null {
  const wanted = place.trim().toLocaleLowerCase()
  return choices.find(({ words }) => words.toLocaleLowerCase() === wanted)?.unitId ?? null
}
