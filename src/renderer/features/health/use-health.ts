import { useMutation, useQuery } from '@tanstack/react-query'
import type { HistorySpan } from '../../../shared/model/health-history'
import { client } from '../../lib/client'
import { queryClient } from '../../lib/query'

// Each look of the monitor says that `health` is stale, each change of an alert that `alerts` is.

/** How the program does at this moment. */
export function useFacts() {
  return useQuery({ queryKey: ['health', 'facts'], queryFn: async () => (await client.health.facts()).facts })
}

/** How it did over a while. */
export function useHistory(span: HistorySpan) {
  return useQuery({ queryKey: ['health', 'history', span], queryFn: () => client.health.history({ span }) })
}

/** The slowest work since the start. */
export function useProfile() {
  return useQuery({ queryKey: ['health', 'profile'], queryFn: () => client.health.profile() })
}

/** What is wrong and what was. */
export function useAlerts() {
  return useQuery({ queryKey: ['alerts', 'list'], queryFn: () => client.alerts.list() })
}

/** Does something about an alert, and reads them again. */
export function useAlertAction() {
  return useMutation({
    mutationFn: (work: () => Promise<void>) => work(),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['alerts'] }),
  })
}
