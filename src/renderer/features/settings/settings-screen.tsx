import { useTranslation } from 'react-i18next'
import { useAppState } from '../../lib/app-state'
import { Screen } from '../../ui/screen/screen'
import { AlertSettings } from './alert-settings'
import { BackupSettings } from './backup-settings'
import { BotSettings } from './bot-settings'
import { KeyboardHelp } from './keyboard-help'
import { LanguageSettings } from './language-settings'
import { PracticeSettings } from './practice-settings'
import { ReportSettings } from './report-settings'
import { SettingsGroup } from './settings-group'
import classes from './settings.module.css'

/** Everything that can be set, in the order in which it is looked for. */
export function SettingsScreen() {
  // The token's form, which opens over this screen, has its texts in the guide's.
  const { t } = useTranslation(['settings', 'guide', 'backups', 'alerts', 'errors'])
  const { bot, practice, version } = useAppState()
  return (
    <Screen label={t('title')}>
      <div className={classes.scroll}>
        <div className={classes.column}>
          <LanguageSettings />
          <SettingsGroup title={t('theme.title')}>
            <p>{t('theme.text')}</p>
          </SettingsGroup>
          <BotSettings bot={bot} practice={practice} />
          <AlertSettings practice={practice} />
          <BackupSettings practice={practice} />
          <PracticeSettings practice={practice} />
          <ReportSettings />
          <KeyboardHelp />
          <SettingsGroup title={t('about.title')}>
            <p>{t('about.version', { version })}</p>
            <p>{t('about.data')}</p>
          </SettingsGroup>
        </div>
      </div>
    </Screen>
  )
}
