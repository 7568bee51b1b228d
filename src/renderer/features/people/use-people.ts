import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PersonId } from '../../../shared/model/ids'
import { client } from '../../lib/client'

/** Everybody the office knows, and the invitations still open. */
export function usePeople() {
  const people = useQuery({ queryKey: ['people', 'list'], queryFn: () => client.people.list() })
  const invites = useQuery({ queryKey: ['people', 'invites'], queryFn: () => client.people.invites() })
  return { people, invites }
}

/** What can be done to people; each call refreshes the lists. */
export function usePeopleActions() {
  const queries = useQueryClient()
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['people'] })
  const setActive = useMutation({
    mutationFn: (input: { personId: PersonId; active: boolean }) => client.people.setActive(input),
    onSuccess,
  })
  const rename = useMutation({
    mutationFn: (input: { personId: PersonId; name: string }) => client.people.rename(input),
    onSuccess,
  })
  const revokeInvite = useMutation({
    mutationFn: (inviteId: string) => client.people.revokeInvite({ inviteId }),
    onSuccess,
  })
  return { setActive, rename, revokeInvite }
}
