import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AlertFieldsProps } from './alert-row'
import classes from './alerts.module.css'

const CHANNELS = ['notification', 'tray', 'telegram'] as const

/** The ways in which alerts reach somebody who does not look at the window. */
export function ChannelFields({ draft: { channels }, onChange }: AlertFieldsProps) {
  const { t } = useTranslation('alerts')
  return (
    <fieldset className={classes.group}>
      <legend>{t('settings.whereTitle')}</legend>
      {CHANNELS.map((name) => (
        <Checkbox
          key={name}
          label={t(`settings.${name}`)}
          checked={channels[name]}
          onChange={() => {
            onChange({ channels: { ...channels, [name]: !channels[name] } })
          }}
        />
      ))}
    </fieldset>
  )
}
