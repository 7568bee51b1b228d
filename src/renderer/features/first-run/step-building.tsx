import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { BuildingForm } from './building-form'
import { BuildingsSoFar } from './buildings-so-far'
import classes from './first-run.module.css'
import { StepHead } from './step-head'
import type { StepProps } from './steps'
import { useBuildings } from './use-first-run'

/** The third step: a building with its flats or offices; more can be added, and all of it can wait. */
export function StepBuilding({ onNext, onBack }: StepProps) {
  const { t } = useTranslation('guide')
  const buildings = useBuildings()
  const [another, setAnother] = useState(false)
  const list = buildings.data ?? []
  const isAdding = another || list.length === 0
  return (
    <>
      <StepHead title={t('building.title')} lead={t('building.lead')} />
      <BuildingsSoFar buildings={list} />
      <RefusalNote error={buildings.error} />
      {isAdding ? (
        <BuildingForm
          onAdded={() => {
            setAnother(false)
            if (!another) onNext()
          }}
          onSkip={onNext}
          onBack={onBack}
        />
      ) : (
        <div className={classes.buttons}>
          <Button kind="primary" keyCap="↵" aria-keyshortcuts="Enter" data-autofocus onClick={onNext}>
            {t('continue')}
          </Button>
          <Button
            onClick={() => {
              setAnother(true)
            }}
          >
            {t('building.another')}
          </Button>
          <Button kind="ghost" onClick={onBack}>
            {t('back')}
          </Button>
        </div>
      )}
    </>
  )
}
