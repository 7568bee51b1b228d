import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AlertKey, AlertSettings } from '../../../shared/model/alerts'
import { client } from '../../lib/client'
import { FormDialog } from '../../ui/form-dialog/form-dialog'
import { AlertRow } from './alert-row'
import classes from './alerts.module.css'
import { ChannelFields } from './channel-fields'
import { QuietFields } from './quiet-fields'
import { useAlertChange } from './use-alert-settings'

/** Everything about alerts that can be set. */
export function AlertDialog({ initial, onClose }: { initial: AlertSettings; onClose: () => void }) {
  const { t } = useTranslation('alerts')
  const [draft, setDraft] = useState(initial)
  const save = useAlertChange((settings: AlertSettings) => client.alerts.saveSettings(settings))
  const change = (part: Partial<AlertSettings>) => {
    setDraft((before) => ({ ...before, ...part }))
  }
  const parsed = AlertSettings.safeParse(draft)
  return (
    <FormDialog
      title={t('settings.dialog')}
      save={t('settings.save')}
      cancel={t('settings.cancel')}
      size={720}
      canSave={parsed.success}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSave={() => {
        save.mutate(draft, { onSuccess: onClose })
      }}
    >
      <fieldset className={classes.group}>
        <legend>{t('settings.whenTitle')}</legend>
        {AlertKey.options.map((name) => (
          <AlertRow key={name} name={name} draft={draft} onChange={change} />
        ))}
      </fieldset>
      <QuietFields draft={draft} onChange={change} />
      <ChannelFields draft={draft} onChange={change} />
    </FormDialog>
  )
}
