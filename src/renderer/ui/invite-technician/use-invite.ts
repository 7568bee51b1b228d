import { useMutation, useQueryClient } from '@tanstack/react-query'
import { client } from '../../lib/client'

/** Makes an invitation for a technician. */
export function useInvite() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => client.people.invite({ name }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['people'] }),
  })
}
