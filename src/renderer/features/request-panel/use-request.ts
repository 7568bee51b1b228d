import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { RequestId } from '../../../shared/model/ids'
import type { RequestDetails } from '../../../shared/model/request'
import type { Visibility } from '../../../shared/model/vocabulary'
import { client } from '../../lib/client'
import { keys } from '../../lib/query'

/** Everything about a request, kept fresh by pushes. */
export function useRequest(requestId: RequestId) {
  return useQuery({
    queryKey: keys.details(requestId),
    queryFn: () => client.requests.details({ requestId }),
  })
}

/** Marks the replies as read while somebody has the request open. */
export function useMarkRead(details: RequestDetails | undefined): void {
  const requestId = details?.card.id
  const unread = details?.card.unreadCount ?? 0
  useEffect(() => {
    if (requestId === undefined || unread === 0 || document.hidden) return
    // The next opening tries again.
    client.requests.markRead({ requestId }).catch(() => undefined)
  }, [requestId, unread])
}

/** Sends a comment; the answer is the request as it is then. */
export function useComment(requestId: RequestId) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (comment: { text: string; visibility: Visibility }) =>
      client.requests.comment({ requestId, ...comment }),
    onSuccess: (details) => {
      queries.setQueryData(keys.details(requestId), details)
    },
  })
}

/** Decides about a message of which nobody knows whether it arrived. */
export function useDecideDelivery(requestId: RequestId) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ outboxId, again }: { outboxId: number; again: boolean }) =>
      again ? client.attention.sendAgain({ outboxId }) : client.attention.leaveIt({ outboxId }),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.details(requestId) }),
  })
}
