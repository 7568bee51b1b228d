import { useTranslation } from 'react-i18next'
import { Language } from '../../../shared/model/vocabulary'
import { useLanguage } from '../../lib/texts'
import { Button } from '../../ui/button/button'
import { LANGUAGE_NAMES } from '../../ui/languages'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './first-run.module.css'
import { StepHead } from './step-head'
import type { StepProps } from './steps'
import { useChooseLanguage } from './use-first-run'

/** The first step: the language of the desk, changed at once. */
export function StepLanguage({ onNext }: StepProps) {
  const { t } = useTranslation('guide')
  const language = useLanguage()
  const choose = useChooseLanguage()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onNext()
      }}
    >
      <StepHead title={t('language.title')} lead={t('language.lead')} />
      <fieldset className={classes.choices}>
        <legend className={classes.hidden}>{t('language.title')}</legend>
        {Language.options.map((option) => (
          <label key={option} className={classes.choice}>
            <input
              type="radio"
              name="language"
              value={option}
              checked={option === language}
              data-autofocus={option === language ? true : undefined}
              onChange={() => {
                choose.mutate(option)
              }}
            />
            <span lang={option}>{LANGUAGE_NAMES[option]}</span>
          </label>
        ))}
      </fieldset>
      <RefusalNote error={choose.error} />
      <div className={classes.buttons}>
        <Button kind="primary" submit keyCap="↵" aria-keyshortcuts="Enter">
          {t('continue')}
        </Button>
      </div>
    </form>
  )
}
