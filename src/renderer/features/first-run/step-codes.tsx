import { useTranslation } from 'react-i18next'
import { useAppState } from '../../lib/app-state'
import { Button } from '../../ui/button/button'
import { PrintStickers } from '../../ui/qr/print-stickers'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './first-run.module.css'
import { StepHead } from './step-head'
import type { StepProps } from './steps'
import { useBuildings, useFinish } from './use-first-run'

/** The last step: codes to hang up; then the board. */
export function StepCodes({ onBack }: StepProps) {
  const { t } = useTranslation('guide')
  const { bot } = useAppState()
  const buildings = useBuildings()
  const finish = useFinish()
  return (
    <>
      <StepHead title={t('codes.title')} lead={t('codes.lead')} />
      <RefusalNote error={buildings.error ?? finish.error} />
      <div className={classes.codes}>
        <PrintStickers
          size="lg"
          buildings={buildings.data ?? []}
          bot={bot.kind === 'receiving' ? bot.username : ''}
          after={
            <>
              <Button
                kind="primary"
                data-autofocus
                disabled={finish.isPending}
                onClick={() => {
                  finish.mutate()
                }}
              >
                {t('codes.finish')}
              </Button>
              <Button kind="ghost" onClick={onBack}>
                {t('back')}
              </Button>
            </>
          }
        />
      </div>
    </>
  )
}
