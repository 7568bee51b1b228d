import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { RescueReport, TroubleChoice, TroubleView } from '../../../shared/model/trouble'
import { client } from '../../lib/client'
import { Button } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { Facts } from './facts'
import { Progress } from './progress'
import classes from './trouble.module.css'

type Props = {
  readonly view: TroubleView
  readonly onBackups: () => void
  readonly onRescued: (report: RescueReport) => void
}

/** What is wrong, what is safe, and the ways out, the best first. */
export function Choices({ view, onBackups, onRescued }: Props) {
  const { t } = useTranslation('trouble')
  const opening = useOpening()
  const rescue = useMutation({ mutationFn: () => client.trouble.rescue(), onSuccess: onRescued })
  const press: Readonly<Record<TroubleChoice, () => void>> = {
    restore: onBackups,
    rescue: () => {
      rescue.mutate()
    },
    'open-read-only': () => {
      opening.mutate('openReadOnly')
    },
    'take-over': () => {
      opening.mutate('takeOver')
    },
    'try-again': () => {
      opening.mutate('tryAgain')
    },
    'show-folder': () => void client.trouble.showFolder(),
  }
  useTryingAgain(view.code, opening)
  const isBusy = opening.isPending || rescue.isPending
  return (
    <>
      <IconAlertTriangle className={classes.sign} size={32} stroke={1.5} aria-hidden />
      <h1 tabIndex={-1}>{t(`code.${view.code}.title`)}</h1>
      <p className={classes.lead}>{t(`code.${view.code}.text`)}</p>
      <Facts view={view} />
      <p className={classes.safe}>
        <IconShieldCheck size={18} stroke={1.6} aria-hidden />
        <span>{t('safe')}</span>
      </p>
      {rescue.isPending ? (
        <Progress kind="rescuing" />
      ) : (
        <ul className={classes.choices}>
          {view.choices.map((choice, index) => (
            <li key={choice}>
              <Button kind={index === 0 ? 'primary' : 'outlined'} disabled={isBusy} onClick={press[choice]}>
                {t(`choice.${choice}.button`)}
              </Button>
              <p>{t(`choice.${choice}.means`)}</p>
            </li>
          ))}
        </ul>
      )}
      <RefusalNote error={rescue.error ?? opening.error} />
      <p role="status" className={classes.still}>
        {opening.isSuccess ? t('still') : ''}
      </p>
    </>
  )
}

const TRY_EVERY_MS = 3000

/** What another program holds it lets go of by itself, sooner or later: nobody has to stand by and press. */
function useTryingAgain(
  code: TroubleView['code'],
  { mutate, isPending }: ReturnType<typeof useOpening>,
): void {
  const isWaiting = (code === 'locked' || code === 'in-use') && !isPending
  useEffect(() => {
    if (!isWaiting) return undefined
    const timer = setInterval(() => {
      mutate('tryAgain')
    }, TRY_EVERY_MS)
    return () => {
      clearInterval(timer)
    }
  }, [isWaiting, mutate])
}

/** Tries to open the data in some way; when that goes well, the desk comes in place of this screen. */
function useOpening() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (way: 'tryAgain' | 'takeOver' | 'openReadOnly') => client.trouble[way](),
    onSuccess: (view) => {
      queryClient.setQueryData(['trouble'], view)
    },
  })
}
