import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../../lib/client'

/** What a person can do about an item. */
export type Answer =
  | { readonly kind: 'retryUpdate' | 'dismissUpdate'; readonly id: string }
  | { readonly kind: 'sendAgain' | 'leaveIt'; readonly outboxId: number }
  | { readonly kind: 'backUp' }

/** What the program could not do by itself. */
export function useAttention() {
  return useQuery({ queryKey: ['attention', 'list'], queryFn: () => client.attention.list() })
}

/** Carries out what was decided about an item. */
export function useAnswer() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (answer: Answer): Promise<void> => {
      if ('id' in answer) return client.attention[answer.kind]({ id: answer.id })
      if (answer.kind === 'backUp') return client.backups.makeNow()
      return client.attention[answer.kind]({ outboxId: answer.outboxId })
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['attention'] }),
  })
}
