import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../lib/client'
import { type Draft, EMPTY_DRAFT, missingIn, type PlaceChoice, placeChoices, unitOf } from './draft'

function usePlaceChoices(enabled: boolean): PlaceChoice[] {
  const places = useQuery({ queryKey: ['places', 'list'], queryFn: () => client.places.list(), enabled })
  return placeChoices(places.data ?? [])
}

function useCreateRequest(choices: readonly PlaceChoice[]) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ description, place, reporterName, priority }: Draft) =>
      client.requests.create({
        description: description.trim(),
        place: place.trim(),
        unitId: unitOf(place, choices),
        reporterName: reporterName.trim() === '' ? null : reporterName.trim(),
        priority,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['people'] }),
  })
}

/** A request being written down: its draft outlives closing and errors, until it is saved or cleared. */
export function useNewRequest(opened: boolean, onSaved: (number: string) => void) {
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT)
  const [isAsked, setAsked] = useState(false)
  const choices = usePlaceChoices(opened)
  const create = useCreateRequest(choices)
  const missing = missingIn(draft)
  const clear = () => {
    setDraft(EMPTY_DRAFT)
    setAsked(false)
    create.reset()
  }
  const save = () => {
    setAsked(true)
    if (missing.description || missing.place || create.isPending) return
    create.mutate(draft, {
      onSuccess: ({ card }) => {
        clear()
        onSaved(card.number)
      },
    })
  }
  return {
    draft,
    setDraft,
    places: choices.map(({ words }) => words),
    /** Null until the first try to save: nobody is told off for a form they have just opened. */
    missing: isAsked ? missing : null,
    isBusy: create.isPending,
    error: create.error,
    save,
    clear,
  }
}
