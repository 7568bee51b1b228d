import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../../lib/client'
import { type Draft, placeChoices, unitOf } from './draft'

/** The places to choose from while a request is written down. */
export function usePlaceChoices(enabled: boolean) {
  const places = useQuery({ queryKey: ['places', 'list'], queryFn: () => client.places.list(), enabled })
  return placeChoices(places.data ?? [])
}

/** Saves a request made at the desk. */
export function useCreateRequest(choices: ReturnType<typeof usePlaceChoices>) {
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
