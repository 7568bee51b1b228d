import { Progress } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupSummary, RestoreProgress } from '../../../shared/model/backups'
import { Refusal } from '../../../shared/model/refusal'
import { restoring } from '../../lib/restore'
import { useStore } from '../../lib/use-store'
import { Button } from '../../ui/button/button'
import { Dialog } from '../../ui/dialog/dialog'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { BackupList } from './backup-list'
import classes from './backups.module.css'
import { RestorePreview } from './restore-preview'
import { useWhen } from './use-backups'

/** The way back: choose a backup, see what it would change, confirm. */
export function RestoreDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('backups')
  const when = useWhen()
  const [chosen, choose] = useState<BackupSummary | null>(null)
  const state = useStore(restoring)
  const leave = () => {
    restoring.set({ kind: 'none' })
    onClose()
  }
  if (state.kind === 'going') return <Going progress={state.progress} />
  if (state.kind === 'failed') {
    return (
      <Dialog opened onClose={leave} size={480} title={t('progress.failedTitle')}>
        <div className={classes.stack}>
          <RefusalNote error={new Refusal(state.code)} />
          <p className={classes.means}>{t('progress.failed')}</p>
          <div className={classes.end}>
            <Button onClick={leave}>{t('progress.close')}</Button>
          </div>
        </div>
      </Dialog>
    )
  }
  const title = chosen === null ? t('list.title') : t('preview.title', { when: when(chosen.madeAt) })
  return (
    <Dialog opened onClose={leave} size={chosen === null ? 760 : 560} title={title}>
      {chosen === null ? (
        <BackupList onChoose={choose} />
      ) : (
        <RestorePreview
          backup={chosen}
          onBack={() => {
            choose(null)
          }}
        />
      )}
    </Dialog>
  )
}

const STEPS: readonly RestoreProgress['step'][] = [
  'checking',
  'copying',
  'keeping',
  'files',
  'swapping',
  'done',
]

/** Nothing can be pressed meanwhile: the data are closed. */
function Going({ progress: { step, part } }: { progress: RestoreProgress }) {
  const { t } = useTranslation('backups')
  const value = ((STEPS.indexOf(step) + part) / STEPS.length) * 100
  return (
    <Dialog
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size={480}
      title={t('progress.title')}
    >
      <div className={classes.stack}>
        <p role="status">{t(`progress.step.${step}`)}</p>
        <Progress value={Math.min(100, value)} aria-label={t('progress.title')} />
        <p className={classes.means}>{t('progress.wait')}</p>
      </div>
    </Dialog>
  )
}
