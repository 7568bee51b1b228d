import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAppState } from '../../lib/app-state'
import { useLanguage } from '../../lib/texts'
import { LANGUAGE_NAMES } from '../../ui/languages'
import classes from './first-run.module.css'
import { reachableStep, STEPS, type Step } from './steps'

/** The steps with their number plates; any that can be reached can be gone to. */
export function StepList({ step, onGo }: { step: Step; onGo: (step: Step) => void }) {
  const { t } = useTranslation('guide')
  const { bot } = useAppState()
  const language = useLanguage()
  const here = STEPS.indexOf(step)
  return (
    <ol className={classes.steps}>
      {STEPS.map((name, index) => {
        const isDone = index < here
        const hint = isDone && name === 'language' ? LANGUAGE_NAMES[language] : t(`steps.${name}.hint`)
        return (
          <li key={name} data-done={isDone} aria-current={name === step ? 'step' : undefined}>
            <span className={classes.plate} aria-hidden="true">
              {isDone ? <IconCheck size={14} stroke={1.6} /> : index + 1}
            </span>
            <button
              type="button"
              disabled={name === step || index > here + 1 || reachableStep(name, bot) !== name}
              onClick={() => {
                onGo(name)
              }}
            >
              <b>{t(`steps.${name}.title`)}</b>
              <span>{hint}</span>
              {isDone ? <span className={classes.hidden}>{t('steps.done')}</span> : null}
            </button>
          </li>
        )
      })}
    </ol>
  )
}
