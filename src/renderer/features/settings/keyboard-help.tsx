import { Trans, useTranslation } from 'react-i18next'
import { SettingsGroup } from './settings-group'

/** Where the list of all keys is. */
export function KeyboardHelp() {
  const { t } = useTranslation('settings')
  return (
    <SettingsGroup title={t('keys.title')}>
      <p>
        <Trans t={t} i18nKey="keys.text" components={{ key: <kbd /> }} />
      </p>
    </SettingsGroup>
  )
}
