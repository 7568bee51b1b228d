import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { assertNever } from '../../../shared/model/refusal'
import { useShortcuts } from '../../lib/shortcuts'
import classes from './first-run.module.css'
import { House } from './house'
import { StepBot } from './step-bot'
import { StepBuilding } from './step-building'
import { StepCodes } from './step-codes'
import { StepLanguage } from './step-language'
import { StepList } from './step-list'
import { StepPeople } from './step-people'
import { type Step, type StepProps, stepAfter, stepBefore } from './steps'
import { useStep } from './use-first-run'

/** The guide for the first start: from the language to the codes on the walls. */
export function FirstRunScreen() {
  // All texts of the guide at once: a step whose texts are still on their way would blank the window.
  const { t } = useTranslation(['guide', 'people', 'places'])
  const { step, go } = useStep()
  const content = useFocusOn(step)
  useShortcuts({
    'alt+ArrowLeft': () => {
      go(stepBefore(step))
    },
  })
  return (
    <div className={classes.guide}>
      <aside className={classes.left} aria-label={t('progress')}>
        <Brand />
        <StepList step={step} onGo={go} />
        <House />
      </aside>
      <main ref={content} className={classes.right}>
        <div className={classes.inner}>
          <StepContent
            step={step}
            onNext={() => {
              go(stepAfter(step))
            }}
            onBack={() => {
              go(stepBefore(step))
            }}
          />
        </div>
      </main>
    </div>
  )
}

function StepContent({ step, ...ways }: StepProps & { step: Step }) {
  switch (step) {
    case 'language':
      return <StepLanguage {...ways} />
    case 'bot':
      return <StepBot {...ways} />
    case 'building':
      return <StepBuilding {...ways} />
    case 'people':
      return <StepPeople {...ways} />
    case 'codes':
      return <StepCodes {...ways} />
    default:
      return assertNever(step)
  }
}

/** Puts the keyboard where the new step begins: its first field, or its heading. */
function useFocusOn(step: Step) {
  const content = useRef<HTMLElement>(null)
  useEffect(() => {
    const { current } = content
    if (current?.dataset['step'] === step) return
    if (current) current.dataset['step'] = step
    const target =
      current?.querySelector<HTMLElement>('[data-autofocus]') ?? current?.querySelector<HTMLElement>('h1')
    target?.focus({ preventScroll: true })
  }, [step])
  return content
}

function Brand() {
  return (
    <div className={classes.brand}>
      <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
        <rect width="26" height="26" rx="5" fill="var(--plate)" />
        <rect x="2" y="2" width="22" height="22" rx="3.5" fill="none" stroke="#fff" strokeOpacity=".6" />
        <g fill="#fff">
          <rect x="7" y="6.5" width="5" height="5" rx="1" fillOpacity=".45" />
          <rect x="14" y="6.5" width="5" height="5" rx="1" />
          <rect x="7" y="14" width="5" height="5" rx="1" />
          <rect x="14" y="14" width="5" height="5" rx="1" fillOpacity=".45" />
        </g>
      </svg>
      Facility Dispatcher
    </div>
  )
}
