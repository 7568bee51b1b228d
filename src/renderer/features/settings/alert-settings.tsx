import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertSettings as Settings } from '../../../shared/model/alerts'
import { Button } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { AlertDialog } from './alert-dialog'
import { clockOf } from './clock-of-minute'
import { ManagerChat } from './manager-chat'
import settings from './settings.module.css'
import { SettingsGroup } from './settings-group'
import { useAlertSettings } from './use-alert-settings'

/** What the program tells by itself, when, and where. */
export function AlertSettings({ practice }: { practice: boolean }) {
  const { t } = useTranslation('alerts')
  return (
    <SettingsGroup title={t('settings.title')}>
      {practice ? <p>{t('settings.practice')}</p> : <Alerts />}
    </SettingsGroup>
  )
}

function Alerts() {
  const { t } = useTranslation('alerts')
  const { data, error } = useAlertSettings()
  const [isChanging, setChanging] = useState(false)
  if (!data) return <RefusalNote error={error} />
  return (
    <>
      <p>{t('settings.about')}</p>
      <Summary data={data} />
      <div className={settings.buttons}>
        <Button
          onClick={() => {
            setChanging(true)
          }}
        >
          {t('settings.change')}
        </Button>
      </div>
      <ManagerChat />
      {isChanging ? (
        <AlertDialog
          initial={data}
          onClose={() => {
            setChanging(false)
          }}
        />
      ) : null}
    </>
  )
}

function Summary({ data: { off, quiet } }: { data: Settings }) {
  const { t } = useTranslation('alerts')
  const which = off.length === 0 ? t('settings.all') : t('settings.someOff', { count: off.length })
  const when =
    quiet === null
      ? t('settings.noQuiet')
      : t('settings.quietText', { from: clockOf(quiet.from), until: clockOf(quiet.until) })
  return (
    <p>
      {which} {when}
    </p>
  )
}
