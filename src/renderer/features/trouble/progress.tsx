import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PushEvent } from '../../../shared/ipc/contract'
import type { RestoreProgress } from '../../../shared/model/backups'
import type { RescueProgress } from '../../../shared/model/trouble'
import { opening } from '../../lib/first-calls'
import classes from './trouble.module.css'

type Step = RescueProgress['step'] | RestoreProgress['step']

const STEPS: Readonly<Record<'restore' | 'rescuing', readonly Step[]>> = {
  restore: ['checking', 'copying', 'keeping', 'files', 'swapping', 'done'],
  rescuing: ['reading', 'rebuilding', 'checking', 'keeping', 'swapping', 'done'],
}

/** How far a restore or a rescue has come. */
export function Progress({ kind }: { kind: 'restore' | 'rescuing' }) {
  const { t } = useTranslation('trouble')
  const [progress, setProgress] = useState<{ step: Step; part: number }>({
    step: STEPS[kind][0] ?? 'done',
    part: 0,
  })
  useEffect(
    () =>
      opening.pushes.attach((event) => {
        const push = PushEvent.safeParse(event)
        if (push.success && (push.data.type === 'restore' || push.data.type === 'rescuing'))
          setProgress(push.data.progress)
      }),
    [],
  )
  const steps = STEPS[kind]
  const share = (Math.max(0, steps.indexOf(progress.step)) + progress.part) / steps.length
  return (
    <div className={classes.working} role="status">
      <p>{t(`working.${progress.step}`)}</p>
      <progress max={1} value={Math.min(1, share)} aria-label={t(`working.${progress.step}`)} />
      <p className={classes.quiet}>{t('working.wait')}</p>
    </div>
  )
}
