import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { appState } from '../../lib/app-state'
import { client } from '../../lib/client'
import { FormDialog } from '../../ui/form-dialog/form-dialog'

/** Says what disconnecting means before doing it; the token would have to be pasted again. */
export function DisconnectDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('settings')
  const disconnect = useMutation({
    mutationFn: () => client.bot.disconnect(),
    onSuccess: async () => {
      await appState.refresh()
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('disconnect.title')}
      save={t('bot.disconnect')}
      cancel={t('disconnect.keep')}
      isBusy={disconnect.isPending}
      error={disconnect.error}
      onClose={onClose}
      onSave={() => {
        disconnect.mutate()
      }}
    >
      <p>{t('disconnect.means')}</p>
    </FormDialog>
  )
}
