import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../lib/client'
import { Button } from '../../ui/button/button'
import { FormDialog } from '../../ui/form-dialog/form-dialog'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './backups.module.css'
import settings from './settings.module.css'
import { useBackupAction } from './use-backups'

// The contract's own number; the contract itself is too heavy for the window.
const SHORTEST = 10

/** Whether new backups are locked, and how that is changed. */
export function PassphraseSettings({ locked }: { locked: boolean }) {
  const { t } = useTranslation('backups')
  const [isAsking, setAsking] = useState(false)
  const remove = useBackupAction(() => client.backups.setPassphrase({ passphrase: null }))
  return (
    <section className={classes.part} aria-label={t('lock.title')}>
      <h3>{t('lock.title')}</h3>
      <p>{t(locked ? 'lock.locked' : 'lock.plain')}</p>
      <div className={settings.buttons}>
        <Button
          onClick={() => {
            setAsking(true)
          }}
        >
          {t(locked ? 'lock.change' : 'lock.set')}
        </Button>
        {locked ? (
          <Button
            kind="ghost"
            disabled={remove.isPending}
            onClick={() => {
              remove.mutate()
            }}
          >
            {t('lock.remove')}
          </Button>
        ) : null}
      </div>
      <RefusalNote error={remove.error} />
      {isAsking ? (
        <PassphraseDialog
          onClose={() => {
            setAsking(false)
          }}
        />
      ) : null}
    </section>
  )
}

function PassphraseDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('backups')
  const [first, setFirst] = useState('')
  const [again, setAgain] = useState('')
  const save = useBackupAction((passphrase: string) => client.backups.setPassphrase({ passphrase }))
  const differs = again !== '' && !first.startsWith(again)
  return (
    <FormDialog
      title={t('lock.dialogTitle')}
      save={t('lock.save')}
      cancel={t('lock.cancel')}
      canSave={first.length >= SHORTEST && first === again}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSave={() => {
        save.mutate(first, { onSuccess: onClose })
      }}
    >
      <p className={classes.means}>{t('lock.means')}</p>
      <PasswordInput
        data-autofocus
        label={t('lock.first')}
        description={t('lock.firstHint', { count: SHORTEST })}
        value={first}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => {
          setFirst(event.currentTarget.value)
        }}
      />
      <PasswordInput
        label={t('lock.again')}
        value={again}
        maxLength={200}
        autoComplete="off"
        error={differs ? t('lock.differs') : null}
        onChange={(event) => {
          setAgain(event.currentTarget.value)
        }}
      />
    </FormDialog>
  )
}
