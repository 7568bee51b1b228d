import { useMutation, useQuery } from '@tanstack/react-query'
import { client } from '../../lib/client'
import { queryClient } from '../../lib/query'

const TOPIC = 'errors'

/** What the program knows of its own errors, the last first. */
export function useErrors() {
  return useQuery({ queryKey: [TOPIC, 'list'], queryFn: () => client.errors.list() })
}

/** Does something about the list and reads it again. */
export function useListAction(work: () => Promise<void>) {
  return useMutation({
    mutationFn: work,
    onSettled: () => queryClient.invalidateQueries({ queryKey: [TOPIC] }),
  })
}
