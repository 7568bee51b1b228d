import { Loader } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupsState } from '../../../shared/model/backups'
import { Refusal } from '../../../shared/model/refusal'
import { client } from '../../lib/client'
import { Button } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './backups.module.css'
import { PassphraseSettings } from './passphrase-settings'
import { RestoreDialog } from './restore-dialog'
import { SecondFolder } from './second-folder'
import settings from './settings.module.css'
import { SettingsGroup } from './settings-group'
import { useBackupAction, useBackupsState, useWhen } from './use-backups'

/** The copies of all data: how they stand, one by hand, and the way back to one. */
export function BackupSettings({ practice }: { practice: boolean }) {
  const { t } = useTranslation('backups')
  return <SettingsGroup title={t('title')}>{practice ? <p>{t('practice')}</p> : <Backups />}</SettingsGroup>
}

function Backups() {
  const { t } = useTranslation('backups')
  const { data: state, error } = useBackupsState()
  const [isRestoring, setRestoring] = useState(false)
  const make = useBackupAction(() => client.backups.makeNow())
  if (!state) return <RefusalNote error={error} />
  return (
    <>
      <Standing state={state} />
      <div className={settings.buttons}>
        <Button
          kind={state.isOld ? 'primary' : 'outlined'}
          disabled={make.isPending || state.step !== null}
          onClick={() => {
            make.mutate()
          }}
        >
          {t('now')}
        </Button>
        <Button
          onClick={() => {
            setRestoring(true)
          }}
        >
          {t('all')}
        </Button>
        <Step state={state} />
      </div>
      <SecondFolder second={state.second} />
      <PassphraseSettings locked={state.locked} />
      {isRestoring ? (
        <RestoreDialog
          onClose={() => {
            setRestoring(false)
          }}
        />
      ) : null}
    </>
  )
}

function Step({ state: { step } }: { state: BackupsState }) {
  const { t } = useTranslation('backups')
  return (
    <span className={classes.step} role="status">
      {step === null ? null : (
        <>
          <Loader size={14} aria-hidden />
          {t(`step.${step}`)}
        </>
      )}
    </span>
  )
}

function Standing({ state }: { state: BackupsState }) {
  const { t } = useTranslation('backups')
  const when = useWhen()
  const { lastAt, isOld, problem, missingFiles, lastDrill } = state
  const last = lastAt === null ? t('never') : t(isOld ? 'old' : 'last', { when: when(lastAt) })
  return (
    <>
      <p className={isOld ? classes.bad : classes.good}>{last}</p>
      <p>{t('about')}</p>
      {problem === null ? null : (
        <>
          <p className={classes.bad}>{t('failed', { when: when(problem.at) })}</p>
          <RefusalNote error={new Refusal(problem.code)} />
        </>
      )}
      {missingFiles === 0 ? null : <p className={classes.bad}>{t('missing', { count: missingFiles })}</p>}
      {lastDrill === null ? (
        <p>{t('drill.none')}</p>
      ) : (
        <p className={lastDrill.good ? undefined : classes.bad}>
          {t(lastDrill.good ? 'drill.good' : 'drill.bad', { when: when(lastDrill.at) })}
        </p>
      )}
    </>
  )
}
