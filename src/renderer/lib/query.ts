import { QueryClient } from '@tanstack/react-query'
import type { RequestId } from '../../shared/model/ids'

/** What this window has read; fresh until main says otherwise, so nothing polls. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      networkMode: 'always',
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

/** Query keys begin with a topic, so that a push can name what is stale. */
export const keys = {
  details: (requestId: RequestId) => ['requests', 'details', requestId] as const,
  technicians: ['people', 'technicians'] as const,
}
