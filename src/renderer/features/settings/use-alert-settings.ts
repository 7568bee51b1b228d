import { useMutation, useQuery } from '@tanstack/react-query'
import { client } from '../../lib/client'
import { queryClient } from '../../lib/query'

const TOPIC = 'alerts'

/** When what is alerted, and how it is told. */
export function useAlertSettings() {
  return useQuery({ queryKey: [TOPIC, 'settings'], queryFn: () => client.alerts.settings() })
}

/** The chat that alerts go to. */
export function useManagerChat() {
  return useQuery({ queryKey: ['app', 'manager-chat'], queryFn: () => client.alerts.chat() })
}

/** Changes something about the alerts, and reads them again. */
export function useAlertChange<Input = void, Output = void>(work: (input: Input) => Promise<Output>) {
  return useMutation({
    mutationFn: work,
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: [TOPIC] })
      await queryClient.invalidateQueries({ queryKey: ['app', 'manager-chat'] })
    },
  })
}
