import { useMutation, useQuery } from '@tanstack/react-query'
import { useNow } from '../../lib/now'
import { queryClient } from '../../lib/query'
import { useLanguage, useText } from '../../lib/texts'
import { happenedAt } from '../../lib/time'
import { client } from '../../lib/client'

const TOPIC = 'backups'

/** How the backups stand. */
export function useBackupsState() {
  return useQuery({ queryKey: [TOPIC, 'state'], queryFn: () => client.backups.state() })
}

/** Every backup, newest first. */
export function useBackupList() {
  return useQuery({ queryKey: [TOPIC, 'list'], queryFn: () => client.backups.list() })
}

/** What restoring a backup would change. */
export function useBackupPreview(id: string) {
  // Always anew: the present goes on changing.
  return useQuery({
    queryKey: [TOPIC, 'preview', id],
    queryFn: () => client.backups.preview({ id }),
    gcTime: 0,
  })
}

/** Does something about the backups and reads them again. */
export function useBackupAction<Input = void>(work: (input: Input) => Promise<void>) {
  return useMutation({
    mutationFn: work,
    onSettled: () => queryClient.invalidateQueries({ queryKey: [TOPIC] }),
  })
}

/** Says when something was. */
export function useWhen(): (at: number) => string {
  const desk = useText()
  const language = useLanguage()
  const now = useNow()
  return (at) => happenedAt(at, now, language, desk)
}
