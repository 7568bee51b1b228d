import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { appState } from '../../lib/app-state'
import { client } from '../../lib/client'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'

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
    <Modal opened onClose={onClose} title={t('disconnect.title')}>
      <Stack gap="md">
        <Text>{t('disconnect.means')}</Text>
        <RefusalNote error={disconnect.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('disconnect.keep')}
          </Button>
          <Button
            loading={disconnect.isPending}
            onClick={() => {
              disconnect.mutate()
            }}
          >
            {t('bot.disconnect')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
