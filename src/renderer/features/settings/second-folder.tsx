import { useTranslation } from 'react-i18next'
import type { BackupsState } from '../../../shared/model/backups'
import { client } from '../../lib/client'
import { Button } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './backups.module.css'
import settings from './settings.module.css'
import { useBackupAction, useWhen } from './use-backups'

/** A stick or a folder of the network that takes every backup too. */
export function SecondFolder({ second }: Pick<BackupsState, 'second'>) {
  const { t } = useTranslation('backups')
  const choose = useBackupAction(() => client.backups.chooseSecondFolder())
  const forget = useBackupAction(() => client.backups.forgetSecondFolder())
  return (
    <section className={classes.part} aria-label={t('second.title')}>
      <h3>{t('second.title')}</h3>
      <Where second={second} />
      <div className={settings.buttons}>
        <Button
          disabled={choose.isPending}
          onClick={() => {
            choose.mutate()
          }}
        >
          {t(second === null ? 'second.choose' : 'second.other')}
        </Button>
        {second === null ? null : (
          <Button
            kind="ghost"
            disabled={forget.isPending}
            onClick={() => {
              forget.mutate()
            }}
          >
            {t('second.forget')}
          </Button>
        )}
      </div>
      <RefusalNote error={choose.error ?? forget.error} />
    </section>
  )
}

function Where({ second }: Pick<BackupsState, 'second'>) {
  const { t } = useTranslation('backups')
  const when = useWhen()
  if (second === null) return <p>{t('second.none')}</p>
  const { path, copiedAt, failsSince } = second
  if (failsSince !== null)
    return <p className={classes.bad}>{t('second.fails', { path, when: when(failsSince) })}</p>
  if (copiedAt === null) return <p>{t('second.waiting', { path })}</p>
  return <p>{t('second.copied', { path, when: when(copiedAt) })}</p>
}
